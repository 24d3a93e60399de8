"""aiogram, whose models of Telegram's objects become ready one by one, when they are first used.

By itself it makes some 400 of them ready when it is imported; this product uses a few.
"""

import importlib
import sys
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

_rebuild = BaseModel.model_rebuild.__func__  # type: ignore[attr-defined] # mypy: no bound method


def import_aiogram() -> None:
    """Imports aiogram. To be called before anything else imports it; later it changes nothing.

    A model that is used before it is ready makes itself ready, and looks the names in its fields'
    types up among those that aiogram gives for it.
    """
    if "aiogram" in sys.modules:
        return
    names: dict[str, Any] = {}

    def note_names(model: type[BaseModel], **named: Any) -> bool | None:
        given: Mapping[str, Any] | None = named.get("_types_namespace")
        if given is None or not model.__module__.startswith("aiogram."):
            ready: bool | None = _rebuild(model, **{"_parent_namespace_depth": 3, **named})
            return ready
        names.update(given)
        return None

    def rebuild(
        model: type[BaseModel], *, force: bool = False, raise_errors: bool = True, **_: Any
    ) -> bool | None:
        ready: bool | None = _rebuild(
            model, force=force, raise_errors=raise_errors, _types_namespace=names
        )
        return ready

    _use(note_names, BaseModel)
    try:
        importlib.import_module("aiogram")
    finally:
        _use(_rebuild, BaseModel)
    from aiogram.client.context_controller import BotContextController
    from aiogram.methods import Response

    for base in (BotContextController, Response):
        _use(rebuild, base)


def _use(rebuild: Any, model: type[BaseModel]) -> None:
    model.model_rebuild = classmethod(rebuild)  # type: ignore[method-assign, assignment]
