"""What a citizen has entered leaves the process's memory too: what is given back is overwritten at once.

Python keeps freed strings as they were until something else needs their place. With the C library's own allocator,
told to overwrite what it takes back, nothing is left there but what is still in use.
"""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from urllib.parse import urlsplit

OVERWRITING = {
    # Python's own pools overwrite nothing.
    "PYTHONMALLOC": "malloc",
    # What is freed is filled with this byte.
    "MALLOC_PERTURB_": "165",
    # Nor is anything filled that a thread's cache takes back; one arena for all, so that it can be given back whole.
    "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0",
    "MALLOC_ARENA_MAX": "1",
}


def overwriting() -> None:
    """Run this process's program anew, with the same arguments, in an environment where freed memory is overwritten;
    in such a one already, hide that from its children. Returns only then, or where it cannot be."""
    if all(os.environ.get(name) == value for name, value in OVERWRITING.items()):
        for name in OVERWRITING:
            del os.environ[name]
        return
    if not sys.platform.startswith("linux") or not sys.executable or not sys.orig_argv:
        return
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, **OVERWRITING})  # noqa: S606


def sweep() -> None:
    """Let go of the addresses that Python remembers having taken apart, a receipt's among them, and of what only points
    at itself, and give free memory back to the system."""
    clear = getattr(urlsplit, "cache_clear", None)
    if clear is not None:
        clear()
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError):
        return  # another C library
