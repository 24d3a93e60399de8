"""Handing memory back to the system."""

import ctypes

_MMAP_THRESHOLD = -3
"""`M_MMAP_THRESHOLD` of glibc's malloc.h."""
_LARGE_BYTES = 1024 * 1024


def give_back() -> None:
    """Hands back what was freed and the C library keeps for later.

    Only glibc can be asked; with another library nothing happens.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def keep_large_apart() -> None:
    """Lets the system have blocks of a megabyte and more back as soon as they are freed.

    glibc would raise that limit with each large block it sees, up to 32 MB, and put later ones
    among the small, where a single small one in use keeps their memory.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_MMAP_THRESHOLD, _LARGE_BYTES)
