"""What the admins see of subscriptions: what is sold, and who has one."""

from typing import Any, ClassVar

from starlette.requests import Request

from kernel.ids import ExpertId
from kernel.money import Money
from payments.errors import AmountNotPossible
from payments.offers_of_money import Plan
from payments.subscription_tables import PlanRow, SubscriptionRow
from web.admin.base import View, link
from web.admin.checks import check_expert, refusal
from web.admin.words import Word


class PlansView(View, model=PlanRow):
    name, name_plural = Word("web-plan"), Word("web-plans")
    icon = "fa-solid fa-star"
    can_create = can_edit = True
    form_include_pk = True
    column_list = ("expert_id", "questions", "each_minor", "active")
    column_searchable_list = ("expert_id",)
    column_default_sort = "expert_id"
    column_formatters: ClassVar = {"expert_id": link("expert-row", "expert_id")}
    form_columns = ("expert_id", "questions", "each_minor", "active")

    async def on_model_change(
        self, data: dict[str, Any], model: Any, is_created: bool, request: Request
    ) -> None:
        await check_expert(self.read, data["expert_id"])
        try:
            Plan(ExpertId(data["expert_id"]), data["questions"], Money(data["each_minor"], "XTR"))
        except AmountNotPossible as error:
            raise refusal("web-plan-wrong") from error


class SubscriptionsView(View, model=SubscriptionRow):
    name, name_plural = Word("web-subscription"), Word("web-subscriptions")
    icon = "fa-solid fa-star-half-stroke"
    column_list = ("client", "expert_id", "questions", "period", "until", "stopped_at")
    column_searchable_list = ("client", "expert_id")
    column_default_sort = ("until", True)
    column_formatters: ClassVar = {
        "client": link("person-row", "client"),
        "expert_id": link("expert-row", "expert_id"),
    }
