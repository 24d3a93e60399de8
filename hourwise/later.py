"""Modules that are imported when something of theirs is first used.

`hourwise --help` answers at once: what a command needs is imported by that command alone.
"""

import gc
from importlib import import_module
from types import ModuleType
from typing import Any

from hourwise.telegram_types import import_aiogram


class Later:
    """Stands for a module until one of its names is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._module: ModuleType | None = None

    def __getattr__(self, attribute: str) -> Any:
        if self._module is None:
            self._module = _imported(self._name)
        return getattr(self._module, attribute)


def _imported(name: str) -> ModuleType:
    # what is imported stays: looking through it for garbage, again and again, took a second
    gc.disable()
    try:
        import_aiogram()
        return import_module(name)
    finally:
        gc.freeze()
        gc.enable()
