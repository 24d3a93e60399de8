"""The operator's rules, which answer or route before any search."""

from typing import Any, ClassVar

from starlette.requests import Request

from kernel.ids import new_id
from knowledge.model import Rule
from knowledge.rules import compiled
from knowledge.tables import RuleRow
from web.admin.base import View
from web.admin.checks import checked
from web.admin.forms import Lines
from web.admin.words import Word


class RulesView(View, model=RuleRow):
    name, name_plural = Word("web-rule"), Word("web-rules")
    icon = "fa-solid fa-signs-post"
    can_create = can_edit = can_delete = True
    column_list = ("position", "enabled", "keywords", "pattern", "intent", "answer", "language")
    column_searchable_list = ("answer", "pattern", "intent")
    column_sortable_list = ("position", "enabled", "intent")
    column_default_sort = "position"
    form_columns = (
        "position",
        "enabled",
        "keywords",
        "pattern",
        "answer",
        "intent",
        "topic",
        "language",
        "opens",
        "closes",
    )
    form_overrides: ClassVar = {"keywords": Lines}
    form_widget_args: ClassVar = {"answer": {"rows": 6}, "keywords": {"rows": 4}}

    async def on_model_change(
        self, data: dict[str, Any], model: Any, is_created: bool, request: Request
    ) -> None:
        for optional in ("pattern", "answer", "intent", "topic", "language"):
            data[optional] = (data[optional] or "").strip() or None
        rule_id = new_id() if is_created else model.id
        words = {**data, "keywords": tuple(data["keywords"])}
        checked(lambda: compiled(Rule(id=rule_id, **words)))
        if is_created:
            data["id"] = rule_id
