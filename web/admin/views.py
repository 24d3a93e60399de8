"""What the admins see of each table, and which columns they may change."""

from typing import Any, ClassVar

from sqlalchemy import inspect
from starlette.requests import Request
from wtforms import SelectField

from booking.tables import SessionRow
from kernel.clock import Clock
from kernel.ids import new_id
from kernel.languages import LANGUAGES
from knowledge.model import Entry, checked_entry
from knowledge.tables import FaqEntryRow
from payments.tables import LedgerEntryRow, LedgerTransactionRow, PaymentRow, RefundRow
from people.model import check_tags
from people.places import check_zone
from people.tables import PersonRow, ReviewRow
from storage.admin import AuditRow
from storage.engine import SessionMaker
from storage.outbox import OutboxRow
from web.admin.base import AfterEdit, View, changed, link, money, worded
from web.admin.checks import checked
from web.admin.columns import COLUMNS
from web.admin.expert_views import ExpertsView, OffersView
from web.admin.forms import Lines
from web.admin.learning_views import LEARNING_VIEWS
from web.admin.library_views import LIBRARY_VIEWS
from web.admin.money_views import MONEY_VIEWS
from web.admin.rules_view import RulesView
from web.admin.words import Word


class PeopleView(View, model=PersonRow):
    name, name_plural = Word("web-person"), Word("web-people")
    icon = "fa-solid fa-user"
    can_edit = True
    column_list = (
        "first_name", "language", "time_zone", "segment", "tags", "marketing", "joined_at",
    )  # fmt: skip
    column_details_exclude_list: ClassVar = ["username"]
    column_searchable_list = ("id", "telegram_id")
    column_sortable_list = ("joined_at", "language", "segment")
    column_default_sort = ("joined_at", True)
    form_columns = ("language", "time_zone", "country", "tags", "marketing", "profiling")
    form_overrides: ClassVar = {"language": SelectField, "tags": Lines}
    form_args: ClassVar = {"language": {"choices": list(LANGUAGES)}}

    async def on_model_change(
        self, data: dict[str, Any], model: Any, is_created: bool, request: Request
    ) -> None:
        tags = list(data["tags"] or ())
        checked(lambda: check_tags(tags))
        data["tags"] = check_tags(tags)
        if data.get("time_zone"):
            checked(lambda: check_zone(data["time_zone"]))


class SessionsView(View, model=SessionRow):
    name, name_plural = Word("web-session"), Word("web-sessions")
    icon = "fa-solid fa-calendar-check"
    column_list = ("starts_at", "state", "expert_id", "client_id", "price_minor", "id")
    column_searchable_list = ("id", "expert_id", "client_id", "state")
    column_sortable_list = ("starts_at", "state", "expert_id")
    column_default_sort = ("starts_at", True)
    column_formatters: ClassVar = {
        "price_minor": money("price_minor", "price_currency"),
        "expert_id": link("expert-row", "expert_id"),
        "client_id": link("person-row", "client_id"),
        "state": worded("state", lambda one: f"session-state-{one}"),
    }


class PaymentsView(View, model=PaymentRow):
    name, name_plural = Word("web-payment"), Word("web-payments")
    icon = "fa-solid fa-credit-card"
    column_list = ("created_at", "state", "minor", "rail", "payer", "purpose", "subject")
    column_searchable_list = ("id", "subject", "payer", "reference", "charge")
    column_sortable_list = ("created_at", "state", "rail")
    column_default_sort = ("created_at", True)
    column_formatters: ClassVar = {
        "minor": money("minor", "currency"),
        "payer": link("person-row", "payer"),
        "state": worded("state", lambda one: f"web-payment-state-{one}"),
        "rail": worded("rail", lambda one: f"rail-{one}"),
        "purpose": worded("purpose", lambda one: f"paid-for-{one}"),
    }


class RefundsView(View, model=RefundRow):
    name, name_plural = Word("web-refund"), Word("web-refunds")
    icon = "fa-solid fa-rotate-left"
    column_list = ("requested_at", "sent_at", "minor", "to", "reason", "payment_id")
    column_sortable_list = ("requested_at", "sent_at")
    column_default_sort = ("requested_at", True)
    column_formatters: ClassVar = {
        "minor": money("minor", "currency"),
        "payment_id": link("payment-row", "payment_id"),
        "to": worded("to", lambda one: f"refund-way-{one}"),
    }


class LedgerTransactionsView(View, model=LedgerTransactionRow):
    name, name_plural = Word("web-ledger-transaction"), Word("web-ledger-transactions")
    icon = "fa-solid fa-book"
    column_list = ("at", "reason", "key", "id")
    column_searchable_list = ("key", "reason", "id")
    column_sortable_list = ("at", "reason")
    column_default_sort = ("at", True)


class LedgerEntriesView(View, model=LedgerEntryRow):
    name, name_plural = Word("web-ledger-entry"), Word("web-ledger-entries")
    icon = "fa-solid fa-scale-balanced"
    column_list = ("id", "account", "minor", "transaction_id")
    column_searchable_list = ("account", "transaction_id")
    column_sortable_list = ("account", "id")
    column_default_sort = ("id", True)
    column_formatters: ClassVar = {
        "minor": money("minor", "currency"),
        "transaction_id": link("ledger-transaction-row", "transaction_id"),
    }


class ReviewsView(View, model=ReviewRow):
    name, name_plural = Word("web-review"), Word("web-reviews")
    icon = "fa-solid fa-star"
    can_edit = True
    column_list = ("at", "expert_id", "expected", "received", "comment", "published")
    column_sortable_list = ("at", "received", "published")
    column_default_sort = ("at", True)
    column_formatters: ClassVar = {"expert_id": link("expert-row", "expert_id")}
    form_columns = ("published",)


class FaqView(View, model=FaqEntryRow):
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
        words = {**data, "variants": tuple(data["variants"] or ())}
        checked(lambda: checked_entry(Entry(id="", **words)))
        data["updated_at"] = self.clock()
        if is_created:
            data["id"] = new_id()


class OutboxView(View, model=OutboxRow):
    name, name_plural = Word("web-notice"), Word("web-outbox")
    icon = "fa-solid fa-paper-plane"
    column_list = ("due_at", "state", "recipient", "unique_key", "attempts", "error")
    column_details_exclude_list: ClassVar = ["content"]
    column_export_exclude_list: ClassVar = ["content"]
    column_searchable_list = ("unique_key", "recipient", "about", "state")
    column_sortable_list = ("due_at", "state", "attempts")
    column_default_sort = ("due_at", True)
    column_formatters: ClassVar = {"recipient": link("person-row", "recipient")}


class AuditView(View, model=AuditRow):
    name, name_plural = Word("web-audit-entry"), Word("web-audit-log")
    icon = "fa-solid fa-clock-rotate-left"
    column_list = ("at", "telegram_id", "action", "about", "changes")
    column_searchable_list = ("about", "telegram_id", "action")
    column_sortable_list = ("at", "telegram_id", "action")
    column_default_sort = ("at", True)
    column_formatters: ClassVar = {"changes": lambda row, _: changed(row.changes)}


_VIEWS: tuple[type[View], ...] = (
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
    RulesView,
    OutboxView,
    AuditView,
)


def admin_views(after_edit: AfterEdit, clock: Clock, read: SessionMaker) -> list[type[View]]:
    """All views. `after_edit` is told the table and id of each change, `clock` dates them, `read`
    is for checks, as the one writing connection is taken while a form is saved."""
    View.after_edit = staticmethod(after_edit)
    View.clock = staticmethod(clock)
    View.read = read
    views = (*_VIEWS, *MONEY_VIEWS, *LIBRARY_VIEWS, *LEARNING_VIEWS)
    for view in views:
        columns: list[str] = inspect(view.model).columns.keys()
        view.column_labels = {each: COLUMNS[each] for each in columns if each in COLUMNS}
        view.column_formatters_detail = view.column_formatters
    return list(views)
