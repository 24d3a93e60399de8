"""What the admins see of codes, partners, earnings, payouts and disputes."""

from typing import Any, ClassVar

from starlette.requests import Request
from wtforms import SelectField

from booking.question_model import WrittenOffer
from booking.question_tables import QuestionRow, WrittenOfferRow
from kernel.ids import ExpertId, new_id
from kernel.money import Money
from payments.offers_of_money import plain_code
from payments.package_tables import BoughtPackageRow, PackageRow
from payments.tables import DisputeRow, EarningRow, PartnerRow, PayoutRow, PromoCodeRow
from web.admin.base import View, link, money
from web.admin.checks import check_currency, check_expert, checked, refusal
from web.admin.forms import RAILS
from web.admin.subscription_views import PlansView, SubscriptionsView
from web.admin.words import Word
from workflows.offer_price import check_price


class PromoCodesView(View, model=PromoCodeRow):
    name, name_plural = Word("web-promo-code"), Word("web-promo-codes")
    icon = "fa-solid fa-tags"
    can_create = can_edit = True
    form_include_pk = True
    column_list = ("code", "per_mille", "minor", "currency", "units", "used", "ends_at")
    column_searchable_list = ("code",)
    column_default_sort = "code"
    form_columns = (
        "code", "per_mille", "minor", "currency", "units", "per_person", "only_person",
        "starts_at", "ends_at",
    )  # fmt: skip

    async def on_model_change(
        self, data: dict[str, Any], model: Any, is_created: bool, request: Request
    ) -> None:
        data["currency"] = data.get("currency") or None
        data["only_person"] = data.get("only_person") or None
        _discount(data)
        data["code"] = plain_code(data["code"])
        if is_created:
            data["used"] = 0


_WHOLE = 1000


def _discount(data: dict[str, Any]) -> None:
    """Raises ValueError for what is no discount."""
    if not 0 <= data["per_mille"] <= _WHOLE or data["minor"] < 0 or data["per_person"] < 1:
        raise refusal("web-promo-code-wrong")
    if data["currency"] is not None:
        check_currency(data["currency"])
    _check_code(data["code"])


def _check_code(code: str) -> None:
    if not plain_code(code):
        raise refusal("web-code-wrong")


class PartnersView(View, model=PartnerRow):
    name, name_plural = Word("web-partner"), Word("web-partners")
    icon = "fa-solid fa-handshake"
    can_create = can_edit = True
    form_include_pk = True
    column_list = ("code", "name", "share", "active")
    column_default_sort = "code"
    form_columns = ("code", "name", "share", "active")

    async def on_model_change(
        self, data: dict[str, Any], model: Any, is_created: bool, request: Request
    ) -> None:
        if not 0 <= data["share"] <= _WHOLE:
            raise refusal("web-partner-wrong")
        _check_code(data["code"])
        data["code"] = plain_code(data["code"])


class PackagesView(View, model=PackageRow):
    name, name_plural = Word("web-package"), Word("web-packages")
    icon = "fa-solid fa-box"
    can_create = can_edit = True
    form_include_pk = False
    column_list = ("offer_id", "sessions", "each_minor", "valid_days", "active")
    column_searchable_list = ("offer_id",)
    column_default_sort = "offer_id"
    column_formatters: ClassVar = {
        "offer_id": link("offer-row", "offer_id"),
        "each_minor": money("each_minor", "currency"),
    }
    form_columns = ("offer_id", "sessions", "each_minor", "currency", "valid_days", "active")

    async def on_model_change(
        self, data: dict[str, Any], model: Any, is_created: bool, request: Request
    ) -> None:
        check_currency(data["currency"])
        if data["sessions"] < 2 or data["valid_days"] < 1 or data["each_minor"] < 1:
            raise refusal("web-package-wrong")
        if is_created:
            data["id"] = new_id()


class BoughtPackagesView(View, model=BoughtPackageRow):
    name, name_plural = Word("web-bought-package"), Word("web-bought-packages")
    icon = "fa-solid fa-boxes-stacked"
    column_list = ("bought_at", "client", "offer_id", "sessions", "each_minor", "expires_at")
    column_searchable_list = ("client", "offer_id")
    column_default_sort = ("bought_at", True)
    column_formatters: ClassVar = {
        "client": link("person-row", "client"),
        "offer_id": link("offer-row", "offer_id"),
        "each_minor": money("each_minor", "currency"),
    }


class WrittenOffersView(View, model=WrittenOfferRow):
    name, name_plural = Word("web-written-offer"), Word("web-written-offers")
    icon = "fa-solid fa-pen"
    can_create = can_edit = True
    form_include_pk = True
    column_list = ("expert_id", "price_minor", "rail", "hours", "active")
    column_searchable_list = ("expert_id",)
    column_default_sort = "expert_id"
    column_formatters: ClassVar = {
        "expert_id": link("expert-row", "expert_id"),
        "price_minor": money("price_minor", "price_currency"),
    }
    form_columns = ("expert_id", "price_minor", "price_currency", "rail", "hours", "active")
    form_overrides: ClassVar = {"rail": SelectField}
    form_args: ClassVar = {"rail": RAILS}

    async def on_model_change(
        self, data: dict[str, Any], model: Any, is_created: bool, request: Request
    ) -> None:
        await check_expert(self.read, data["expert_id"])
        check_currency(data["price_currency"])
        checked(lambda: _written(data))


def _written(data: dict[str, Any]) -> None:
    price = Money(data["price_minor"], data["price_currency"])
    WrittenOffer(ExpertId(data["expert_id"]), price, data["rail"], data["hours"])
    check_price(data["rail"], price)


class QuestionsView(View, model=QuestionRow):
    """Without what was asked and answered, which is between the two."""

    name, name_plural = Word("web-question"), Word("web-questions")
    icon = "fa-solid fa-envelope-open-text"
    column_list = ("created_at", "state", "expert_id", "client_id", "price_minor", "due_at")
    column_details_list = (
        "id", "created_at", "state", "expert_id", "client_id", "price_minor", "hours", "due_at",
        "answered_at",
    )  # fmt: skip
    column_searchable_list = ("expert_id", "client_id")
    column_default_sort = ("created_at", True)
    column_formatters: ClassVar = {
        "expert_id": link("expert-row", "expert_id"),
        "client_id": link("person-row", "client_id"),
        "price_minor": money("price_minor", "price_currency"),
    }


class EarningsView(View, model=EarningRow):
    name, name_plural = Word("web-earning"), Word("web-earnings")
    icon = "fa-solid fa-coins"
    column_list = (
        "released_at", "expert_id", "expert_minor", "commission_minor", "tax_minor",
        "payable_at", "frozen", "payment_id",
    )  # fmt: skip
    column_searchable_list = ("expert_id", "payment_id")
    column_default_sort = ("released_at", True)
    column_formatters: ClassVar = {
        "expert_minor": money("expert_minor", "currency"),
        "commission_minor": money("commission_minor", "currency"),
        "tax_minor": money("tax_minor", "currency"),
        "payment_id": link("payment-row", "payment_id"),
    }


class PayoutsView(View, model=PayoutRow):
    name, name_plural = Word("web-payout"), Word("web-payouts")
    icon = "fa-solid fa-building-columns"
    column_list = ("requested_at", "expert_id", "minor", "method", "reference", "sent_at")
    column_searchable_list = ("expert_id", "reference")
    column_default_sort = ("requested_at", True)
    column_formatters: ClassVar = {"minor": money("minor", "currency")}


class DisputesView(View, model=DisputeRow):
    name, name_plural = Word("web-dispute"), Word("web-disputes")
    icon = "fa-solid fa-gavel"
    column_list = ("opened_at", "state", "minor", "payment_id", "closed_at")
    column_default_sort = ("opened_at", True)
    column_formatters: ClassVar = {
        "minor": money("minor", "currency"),
        "payment_id": link("payment-row", "payment_id"),
    }


MONEY_VIEWS: tuple[type[View], ...] = (
    WrittenOffersView, QuestionsView, PlansView, SubscriptionsView, PackagesView, BoughtPackagesView, PromoCodesView, PartnersView, EarningsView, PayoutsView, DisputesView,
)  # fmt: skip
