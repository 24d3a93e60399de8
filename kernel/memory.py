"""Handing memory back to the system. Only glibc can be asked; elsewhere nothing happens."""

import ctypes

_MMAP_THRESHOLD = -3
"""`M_MMAP_THRESHOLD` of glibc's malloc.h."""
_LARGE_BYTES = 1024 * 1024


def give_back() -> None:
    """Hands back what was freed and the C library keeps for later."""
    _ask_glibc("malloc_trim", 0)


def keep_large_apart() -> None:
    """Lets the system have blocks of a megabyte and more back as soon as they are freed.

    glibc would raise that limit with each large block it sees, up to 32 MB, and put later ones
    among the small, where a single small one in use keeps their memory.
    """
    _ask_glibc("mallopt", _MMAP_THRESHOLD, _LARGE_BYTES)


def _ask_glibc(function: str, *values: int) -> None:
    found = getattr(ctypes.CDLL(None), function, None)
    if found is not None:
        found(*values)
