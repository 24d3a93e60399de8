"""Handing memory back to the system."""

import ctypes


def give_back() -> None:
    """Hands back what was freed and the C library keeps for later.

    Only glibc can be asked; with another library nothing happens.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
