"""What all tables have in common on the admin pages, and how their values are shown."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, ClassVar

from markupsafe import Markup, escape
from sqladmin import ModelView
from sqladmin.formatters import BASE_FORMATTERS
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request

from kernel.clock import Clock
from kernel.money import Money
from storage.engine import SessionMaker
from texts.translator import TextMissing, Translator
from web.admin.checks import refusal
from web.admin.forms import InReadersWords
from web.admin.words import language

AfterEdit = Callable[[str, str], Awaitable[None]]

_LONGEST_SHOWN = 80


def _instant(value: datetime) -> str:
    return f"{value:%Y-%m-%d %H:%M} UTC"


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"


def _texts(value: dict[str, Any]) -> str:
    return _short(str(value.get(language()) or next(iter(value.values()), "")))


def _list(value: list[Any]) -> str:
    return ", ".join(str(each) for each in value)


_FORMATTERS: dict[type[Any], Callable[[Any], Any]] = {
    **BASE_FORMATTERS,
    datetime: _instant,
    str: _short,
    dict: _texts,
    list: _list,
}


def money(minor: str, currency: str) -> Callable[[Any, Any], str]:
    """Shows two columns as an amount, the way its reader writes it."""

    def shown(row: Any, _: Any) -> str:
        return Translator(language()).money(Money(getattr(row, minor), getattr(row, currency)))

    return shown


def worded(column: str, key: Callable[[str], str]) -> Callable[[Any, Any], str]:
    """Shows a value by its text, beside the value itself where they differ, as a search looks for
    the value."""

    def shown(row: Any, _: Any) -> str:
        value = getattr(row, column)
        if not value:
            return ""
        try:
            words = Translator(language()).plain(key(value))
        except TextMissing:
            return str(value)
        return words if words == value else f"{words} · {value}"

    return shown


def link(view: str, column: str) -> Callable[[Any, Any, Request], str]:
    """Shows an id as a link to the page of the row that it names."""

    def shown(row: Any, _: Any, request: Request) -> str:
        key = getattr(row, column)
        if key is None:
            return ""
        url = request.url_for("admin:details", identity=view, pk=key)
        return Markup('<a href="{}">{}</a>').format(escape(str(url)), key)

    return shown


class View(ModelView):
    """What all tables have in common: readable values, small pages, nothing to change."""

    can_create = False
    can_edit = False
    can_delete = False
    page_size = 25
    column_type_formatters = _FORMATTERS
    column_type_formatters_detail: ClassVar = {**_FORMATTERS, str: str}
    form_base_class = InReadersWords
    after_edit: ClassVar[AfterEdit]
    clock: ClassVar[Clock]
    read: ClassVar[SessionMaker]

    def search_placeholder(self) -> str:
        """What a search looks in, in the reader's words."""
        names = (self._column_labels.get(one, one) for one in self._search_fields)
        # joined as they are, the words would be those of the language they were made in
        return ", ".join(map(str, names))

    async def insert_model(self, request: Request, data: dict[str, Any]) -> Any:
        """Add a row, or say why not."""
        try:
            return await super().insert_model(request, data)
        except IntegrityError as error:
            raise refusal("web-there-already") from error

    async def update_model(self, request: Request, pk: str, data: dict[str, Any]) -> Any:
        """Change a row, or say why not."""
        try:
            return await super().update_model(request, pk, data)
        except IntegrityError as error:
            raise refusal("web-there-already") from error

    async def after_model_change(
        self, data: dict[str, Any], model: Any, is_created: bool, request: Request
    ) -> None:
        await self._tell(model)

    async def after_model_delete(self, model: Any, request: Request) -> None:
        await self._tell(model)

    async def _tell(self, model: Any) -> None:
        key = ",".join(str(each) for each in inspect(model).identity)
        await type(self).after_edit(model.__tablename__, key)


def changed(changes: dict[str, Any]) -> str:
    """Shows the changes of an audit entry, or what was decided, one a line."""
    lines = (f"{column}: {_change(value)}" for column, value in changes.items())
    return Markup("<br>").join(_short(line) for line in lines)


def _change(value: Any) -> str:
    match value:
        case [before, after]:
            return f"{before} → {after}"
        case _:
            return str(value)
