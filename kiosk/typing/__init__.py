"""How keys become Vietnamese text: Telex, VNI, and no composing at all. Pure."""

from .method import Method as Method
from .method import erase as erase
from .method import press as press
