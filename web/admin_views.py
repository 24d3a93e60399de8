"""What the admins see of each table, and which columns they may change."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, ClassVar

from markupsafe import Markup, escape
from sqladmin import ModelView
from sqladmin.formatters import BASE_FORMATTERS
from sqlalchemy import inspect
from starlette.requests import Request

from booking.model import CancelPolicy, Delivery, Offer
from booking.tables import OfferRow, SessionRow
from kernel.clock import Clock
from kernel.errors import DomainError
from kernel.ids import ExpertId, OfferId, new_id
from kernel.money import Money
from knowledge.tables import FaqEntryRow
from payments.tables import LedgerEntryRow, LedgerTransactionRow, PaymentRow, RefundRow
from people.places import check_zone
from people.tables import ExpertRow, PersonRow, ReviewRow
from storage.admin import AuditRow
from storage.outbox import OutboxRow
from texts.translator import Translator
from web.admin_forms import Lines, Numbers, Texts
from web.columns import COLUMNS
from web.words import Word, language

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


def _money(minor: str, currency: str) -> Callable[[Any, Any], str]:
    def shown(row: Any, _: Any) -> str:
        return Translator(language()).money(Money(getattr(row, minor), getattr(row, currency)))

    return shown


def _link(view: str, column: str) -> Callable[[Any, Any, Request], str]:
    def shown(row: Any, _: Any, request: Request) -> str:
        key = getattr(row, column)
        if key is None:
            return ""
        url = request.url_for("admin:details", identity=view, pk=key)
        return Markup('<a href="{}">{}</a>').format(escape(str(url)), key)

    return shown


class _View(ModelView):
    """What all tables have in common: readable values, small pages, nothing to change."""

    can_create = False
    can_edit = False
    can_delete = False
    page_size = 25
    column_type_formatters = _FORMATTERS
    column_type_formatters_detail: ClassVar = {**_FORMATTERS, str: str}
    after_edit: ClassVar[AfterEdit]
    clock: ClassVar[Clock]

    async def after_model_change(
        self, data: dict[str, Any], model: Any, is_created: bool, request: Request
    ) -> None:
        await self._tell(model)

    async def after_model_delete(self, model: Any, request: Request) -> None:
        await self._tell(model)

    async def _tell(self, model: Any) -> None:
        key = ",".join(str(each) for each in inspect(model).identity)
        await type(self).after_edit(model.__tablename__, key)


def _checked(check: Callable[[], object]) -> None:
    try:
        check()
    except DomainError as refusal:
        raise ValueError(Translator(language()).plain(refusal.key, **refusal.values)) from refusal


class PeopleView(_View, model=PersonRow):
    name, name_plural = Word("web-person"), Word("web-people")
    icon = "fa-solid fa-user"
    can_edit = True
    column_list = ("first_name", "language", "time_zone", "roles", "marketing", "joined_at")
    column_details_exclude_list: ClassVar = ["username"]
    column_searchable_list = ("id", "telegram_id")
    column_sortable_list = ("joined_at", "language")
    column_default_sort = ("joined_at", True)
    form_columns = ("language", "time_zone", "country", "marketing", "profiling")

    async def on_model_change(
        self, data: dict[str, Any], model: Any, is_created: bool, request: Request
    ) -> None:
        if data.get("time_zone"):
            _checked(lambda: check_zone(data["time_zone"]))


class ExpertsView(_View, model=ExpertRow):
    name, name_plural = Word("web-expert"), Word("web-experts")
    icon = "fa-solid fa-user-tie"
    can_create = can_edit = True
    column_list = ("name", "topics", "languages", "time_zone", "verified", "taking_clients")
    column_searchable_list = ("name", "id")
    column_sortable_list = ("name", "time_zone", "verified", "taking_clients")
    column_default_sort = "name"
    form_columns = (
        "name",
        "telegram_id",
        "bio",
        "languages",
        "topics",
        "time_zone",
        "verified",
        "taking_clients",
        "delivery",
        "credentials",
        "response_minutes",
    )
    form_overrides: ClassVar = {
        "bio": Texts,
        "languages": Lines,
        "topics": Lines,
        "credentials": Lines,
    }
    form_widget_args: ClassVar = {"bio": {"rows": 8}}

    async def on_model_change(
        self, data: dict[str, Any], model: Any, is_created: bool, request: Request
    ) -> None:
        _checked(lambda: check_zone(data["time_zone"]))
        data["delivery"] = Delivery(data["delivery"]).value
        data["changed_at"] = self.clock()
        if is_created:
            data["id"] = new_id()


class OffersView(_View, model=OfferRow):
    name, name_plural = Word("web-offer"), Word("web-offers")
    icon = "fa-solid fa-tag"
    can_create = can_edit = True
    column_list = ("title", "expert_id", "minutes", "price_minor", "rail", "active")
    column_searchable_list = ("expert_id", "id")
    column_sortable_list = ("expert_id", "minutes", "active")
    column_formatters: ClassVar = {
        "price_minor": _money("price_minor", "price_currency"),
        "expert_id": _link("expert-row", "expert_id"),
    }
    form_columns = (
        "expert_id",
        "title",
        "minutes",
        "price_minor",
        "price_currency",
        "rail",
        "needs_confirmation",
        "buffer_before",
        "buffer_after",
        "notice_minutes",
        "step_minutes",
        "window_days",
        "reminders",
        "active",
        "delivery",
    )
    form_overrides: ClassVar = {"title": Texts, "reminders": Numbers}

    async def on_model_change(
        self, data: dict[str, Any], model: Any, is_created: bool, request: Request
    ) -> None:
        rules = {key: data[key] for key in data if key not in {"price_minor", "price_currency"}}
        rules["delivery"] = Delivery(data["delivery"])
        rules["expert_id"] = ExpertId(data["expert_id"])
        price = Money(data["price_minor"], data["price_currency"])
        _checked(lambda: Offer(id=OfferId(""), price=price, **rules))
        if is_created:
            data["id"] = new_id()
            data["policy"] = CancelPolicy().to_json()


class SessionsView(_View, model=SessionRow):
    name, name_plural = Word("web-session"), Word("web-sessions")
    icon = "fa-solid fa-calendar-check"
    column_list = ("starts_at", "state", "expert_id", "client_id", "price_minor", "id")
    column_searchable_list = ("id", "expert_id", "client_id", "state")
    column_sortable_list = ("starts_at", "state", "expert_id")
    column_default_sort = ("starts_at", True)
    column_formatters: ClassVar = {
        "price_minor": _money("price_minor", "price_currency"),
        "expert_id": _link("expert-row", "expert_id"),
        "client_id": _link("person-row", "client_id"),
    }


class PaymentsView(_View, model=PaymentRow):
    name, name_plural = Word("web-payment"), Word("web-payments")
    icon = "fa-solid fa-credit-card"
    column_list = ("created_at", "state", "minor", "rail", "payer", "session_id")
    column_searchable_list = ("id", "session_id", "payer", "reference", "charge")
    column_sortable_list = ("created_at", "state", "rail")
    column_default_sort = ("created_at", True)
    column_formatters: ClassVar = {
        "minor": _money("minor", "currency"),
        "payer": _link("person-row", "payer"),
        "session_id": _link("session-row", "session_id"),
    }


class RefundsView(_View, model=RefundRow):
    name, name_plural = Word("web-refund"), Word("web-refunds")
    icon = "fa-solid fa-rotate-left"
    column_list = ("requested_at", "sent_at", "minor", "reason", "payment_id")
    column_sortable_list = ("requested_at", "sent_at")
    column_default_sort = ("requested_at", True)
    column_formatters: ClassVar = {
        "minor": _money("minor", "currency"),
        "payment_id": _link("payment-row", "payment_id"),
    }


class LedgerTransactionsView(_View, model=LedgerTransactionRow):
    name, name_plural = Word("web-ledger-transaction"), Word("web-ledger-transactions")
    icon = "fa-solid fa-book"
    column_list = ("at", "reason", "key", "id")
    column_searchable_list = ("key", "reason", "id")
    column_sortable_list = ("at", "reason")
    column_default_sort = ("at", True)


class LedgerEntriesView(_View, model=LedgerEntryRow):
    name, name_plural = Word("web-ledger-entry"), Word("web-ledger-entries")
    icon = "fa-solid fa-scale-balanced"
    column_list = ("id", "account", "minor", "transaction_id")
    column_searchable_list = ("account", "transaction_id")
    column_sortable_list = ("account", "id")
    column_default_sort = ("id", True)
    column_formatters: ClassVar = {
        "minor": _money("minor", "currency"),
        "transaction_id": _link("ledger-transaction-row", "transaction_id"),
    }


class ReviewsView(_View, model=ReviewRow):
    name, name_plural = Word("web-review"), Word("web-reviews")
    icon = "fa-solid fa-star"
    can_edit = True
    column_list = ("at", "expert_id", "expected", "received", "comment", "published")
    column_sortable_list = ("at", "received", "published")
    column_default_sort = ("at", True)
    column_formatters: ClassVar = {"expert_id": _link("expert-row", "expert_id")}
    form_columns = ("published",)


class FaqView(_View, model=FaqEntryRow):
    name, name_plural = Word("web-faq-entry"), Word("web-faq-entries")
    icon = "fa-solid fa-circle-question"
    can_create = can_edit = can_delete = True
    column_list = ("question", "language", "topic", "updated_at")
    column_searchable_list = ("question", "answer", "id")
    column_sortable_list = ("question", "language", "topic", "updated_at")
    column_default_sort = ("updated_at", True)
    form_columns = ("question", "answer", "language", "topic", "variants")
    form_overrides: ClassVar = {"variants": Lines}
    form_widget_args: ClassVar = {"answer": {"rows": 8}, "variants": {"rows": 4}}

    async def on_model_change(
        self, data: dict[str, Any], model: Any, is_created: bool, request: Request
    ) -> None:
        data["updated_at"] = self.clock()
        if is_created:
            data["id"] = new_id()


class OutboxView(_View, model=OutboxRow):
    name, name_plural = Word("web-notice"), Word("web-outbox")
    icon = "fa-solid fa-paper-plane"
    column_list = ("due_at", "state", "recipient", "unique_key", "attempts", "error")
    column_details_exclude_list: ClassVar = ["content"]
    column_export_exclude_list: ClassVar = ["content"]
    column_searchable_list = ("unique_key", "recipient", "about", "state")
    column_sortable_list = ("due_at", "state", "attempts")
    column_default_sort = ("due_at", True)
    column_formatters: ClassVar = {"recipient": _link("person-row", "recipient")}


class AuditView(_View, model=AuditRow):
    name, name_plural = Word("web-audit-entry"), Word("web-audit-log")
    icon = "fa-solid fa-clock-rotate-left"
    column_list = ("at", "telegram_id", "action", "about", "changes")
    column_searchable_list = ("about", "telegram_id", "action")
    column_sortable_list = ("at", "telegram_id", "action")
    column_default_sort = ("at", True)
    column_formatters: ClassVar = {"changes": lambda row, _: _changes(row.changes)}


def _changes(changes: dict[str, list[Any]]) -> str:
    lines = (f"{column}: {before} → {after}" for column, (before, after) in changes.items())
    return Markup("<br>").join(_short(line) for line in lines)


_VIEWS: tuple[type[_View], ...] = (
    PeopleView,
    ExpertsView,
    OffersView,
    SessionsView,
    PaymentsView,
    RefundsView,
    LedgerTransactionsView,
    LedgerEntriesView,
    ReviewsView,
    FaqView,
    OutboxView,
    AuditView,
)


def admin_views(after_edit: AfterEdit, clock: Clock) -> list[type[_View]]:
    """All views. `after_edit` is told the table and id of each change, `clock` dates them."""
    _View.after_edit = staticmethod(after_edit)
    _View.clock = staticmethod(clock)
    for view in _VIEWS:
        columns: list[str] = inspect(view.model).columns.keys()
        view.column_labels = {each: COLUMNS[each] for each in columns if each in COLUMNS}
        view.column_formatters_detail = view.column_formatters
    return list(_VIEWS)
