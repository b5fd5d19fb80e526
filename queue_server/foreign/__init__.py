"""Files that strangers send: looked into in a process of their own, which may neither grow nor last."""

from .apart import page_picture as page_picture
from .apart import verdict as verdict
from .trailing import carries_archive as carries_archive
from .trailing import ends_where_the_picture_ends as ends_where_the_picture_ends
from .verdict import Verdict as Verdict
