"""The admin pages' words in the reader's language, looked up when they are shown."""

from contextvars import ContextVar

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from kernel.languages import DEFAULT_LANGUAGE, nearest_language
from texts.translator import Translator

_reader: ContextVar[str] = ContextVar("reader", default=DEFAULT_LANGUAGE)


class ReaderLanguage:
    """Takes the language of a request's pages from what the browser asks for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            _reader.set(nearest_language(Request(scope).headers.get("accept-language")))
        await self._app(scope, receive, send)


class Word(str):
    """A text that is shown in the language of whoever reads the page; itself the key's name."""

    __slots__ = ("_key",)
    _key: str

    def __new__(cls, key: str) -> "Word":
        word = super().__new__(cls, Translator().plain(key))
        word._key = key
        return word

    def __str__(self) -> str:
        return Translator(_reader.get()).plain(self._key)

    def __html__(self) -> str:
        return Translator(_reader.get()).text(self._key, {})


def gettext(message: str) -> str:
    """What sqladmin says, in the reader's language where we have a text for it.

    Placeholders such as `%(name)s` stay for Jinja to fill.
    """
    key = _SQLADMIN_TEXTS.get(message)
    return Translator(_reader.get()).plain(key) if key else message


def ngettext(singular: str, plural: str, count: int) -> str:
    """The same for texts that count."""
    return gettext(singular if count == 1 else plural)


def language() -> str:
    """The language of the request that is served."""
    return _reader.get()


_SQLADMIN_TEXTS = {
    "Actions": "web-sqladmin-actions",
    "Apply Filter": "web-sqladmin-apply-filter",
    "Cancel": "web-sqladmin-cancel",
    "Clear filter": "web-sqladmin-clear-filter",
    "Close": "web-sqladmin-close",
    "Column": "web-sqladmin-column",
    "Delete": "web-sqladmin-delete",
    "Delete selected items": "web-sqladmin-delete-selected",
    "Edit": "web-sqladmin-edit",
    "Edit %(name)s": "web-sqladmin-edit-name",
    "Export": "web-sqladmin-export",
    "Filters": "web-sqladmin-filters",
    "Go Back": "web-sqladmin-go-back",
    "Logout": "web-sqladmin-logout",
    "New %(name)s": "web-sqladmin-new-name",
    "Please confirm": "web-sqladmin-please-confirm",
    "%(size)s / Page": "web-sqladmin-page-size",
    "Refresh list": "web-sqladmin-refresh",
    "Save": "web-sqladmin-save",
    "Save and add another": "web-sqladmin-save-and-add",
    "Save and continue editing": "web-sqladmin-save-and-stay",
    "Search": "web-sqladmin-search",
    "Select all": "web-sqladmin-select-all",
    "Select item": "web-sqladmin-select-item",
    "Show": "web-sqladmin-show",
    "Showing %(start)s to %(end)s of %(count)s items": "web-sqladmin-showing",
    "Value": "web-sqladmin-value",
    "View": "web-sqladmin-view",
    "Yes": "web-sqladmin-yes",
    "next": "web-sqladmin-next",
    "prev": "web-sqladmin-prev",
}
