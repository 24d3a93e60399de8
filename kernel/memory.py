"""Handing memory back to the system. Only glibc can be asked; elsewhere nothing happens."""

import ctypes

# of glibc's malloc.h
_MMAP_THRESHOLD = -3
_ARENA_MAX = -8
_LARGE_BYTES = 1024 * 1024


def give_back() -> None:
    """Hands back what was freed and the C library keeps for later."""
    _ask_glibc("malloc_trim", 0)


def be_thrifty() -> None:
    """Lets less memory lie about. To be called before the first thread starts.

    Blocks of a megabyte and more go back to the system as soon as they are freed: glibc would
    raise that limit with each large block it sees, up to 32 MB, and put later ones among the small,
    where a single small one in use keeps their memory. And all threads share one heap, for what one
    of them has freed in a heap of its own is of no use to the others.
    """
    _ask_glibc("mallopt", _MMAP_THRESHOLD, _LARGE_BYTES)
    _ask_glibc("mallopt", _ARENA_MAX, 1)


def _ask_glibc(function: str, *values: int) -> None:
    found = getattr(ctypes.CDLL(None), function, None)
    if found is not None:
        found(*values)
