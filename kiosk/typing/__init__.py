"""How keys become Vietnamese text: Telex, VNI, and no composing at all. Pure."""

from .marks import Mark as Mark
from .marks import mark_key as mark_key
from .method import Method as Method
from .method import erase as erase
from .method import press as press
