"""What the admins see and change of experts and of what they offer."""

from typing import Any, ClassVar

from starlette.requests import Request
from wtforms import SelectField

from booking.model import CancelPolicy, Delivery, Offer
from booking.tables import OfferRow
from kernel.ids import ExpertId, OfferId, new_id
from kernel.money import Money
from people.places import check_zone
from people.tables import ExpertRow
from web.admin.base import View, link, money
from web.admin.checks import (
    check_currency,
    check_expert,
    check_languages,
    check_name,
    check_topics,
    checked,
)
from web.admin.forms import (
    A_LINE_A_LANGUAGE,
    DELIVERIES,
    ONE_A_LINE,
    RAILS,
    Lines,
    Numbers,
    Texts,
)
from web.admin.words import Word
from workflows.offer_price import check_price


class ExpertsView(View, model=ExpertRow):
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
        "delivery": SelectField,
    }
    form_args: ClassVar = {
        "delivery": DELIVERIES, "taking_clients": {"default": True}, "bio": A_LINE_A_LANGUAGE,
        "languages": ONE_A_LINE, "topics": ONE_A_LINE, "credentials": ONE_A_LINE,
    }  # fmt: skip
    form_widget_args: ClassVar = {"bio": {"rows": 8}}

    async def on_model_change(
        self, data: dict[str, Any], model: Any, is_created: bool, request: Request
    ) -> None:
        check_name(data["name"])
        check_languages(data["languages"])
        checked(lambda: check_zone(data["time_zone"]))
        await check_topics(self.read, data["topics"])
        data["changed_at"] = self.clock()
        if is_created:
            data["id"] = new_id()


_USUAL = (
    "buffer_before", "buffer_after", "notice_minutes", "step_minutes", "window_days", "active",
)  # fmt: skip


class OffersView(View, model=OfferRow):
    name, name_plural = Word("web-offer"), Word("web-offers")
    icon = "fa-solid fa-tag"
    can_create = can_edit = True
    column_list = ("title", "expert_id", "minutes", "price_minor", "rail", "active")
    column_searchable_list = ("expert_id", "id")
    column_sortable_list = ("expert_id", "minutes", "active")
    column_formatters: ClassVar = {
        "price_minor": money("price_minor", "price_currency"),
        "expert_id": link("expert-row", "expert_id"),
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
        "by_minute",
    )
    form_overrides: ClassVar = {
        "title": Texts, "reminders": Numbers, "rail": SelectField, "delivery": SelectField,
    }  # fmt: skip
    form_args: ClassVar = {
        "rail": RAILS, "delivery": DELIVERIES, "title": A_LINE_A_LANGUAGE,
        "reminders": {**ONE_A_LINE, "default": Offer.reminders},
        **{each: {"default": getattr(Offer, each)} for each in _USUAL},
    }  # fmt: skip

    async def on_model_change(
        self, data: dict[str, Any], model: Any, is_created: bool, request: Request
    ) -> None:
        rules = {key: data[key] for key in data if key not in {"price_minor", "price_currency"}}
        rules["delivery"] = Delivery(data["delivery"])
        rules["expert_id"] = ExpertId(data["expert_id"])
        await check_expert(self.read, data["expert_id"])
        check_currency(data["price_currency"])
        price = Money(data["price_minor"], data["price_currency"])
        checked(lambda: Offer(id=OfferId(""), price=price, **rules))
        checked(lambda: check_price(data["rail"], price))
        if is_created:
            data["id"] = new_id()
            data |= {"policy": CancelPolicy().to_json(), "once": Offer.once, "seats": Offer.seats}
