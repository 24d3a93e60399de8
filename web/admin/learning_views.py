"""What was learnt: the nights' models and what they scored."""

from typing import Any, ClassVar

from markupsafe import Markup

from matching.recommend.versions import RecommenderRow
from web.admin.base import View
from web.admin.words import Word


def _scores(row: Any, _: Any) -> str:
    """The hybrid beside what it has to beat, a line for people with and without a history."""
    lines = []
    for part in ("with_history", "without_history"):
        ways = row.card.get(part, {})
        shown = [f"{way} {ways[way]['ndcg@10']:.3f}" for way in ("hybrid", "content", "popularity")
                 if way in ways]  # fmt: skip
        lines.append(", ".join(shown))
    return Markup("<br>").join(line for line in lines if line)


class RecommendersView(View, model=RecommenderRow):
    name, name_plural = Word("web-recommender"), Word("web-recommenders")
    icon = "fa-solid fa-wand-magic-sparkles"
    column_list = ("number", "trained_at", "active", "verdict", "card")
    column_details_exclude_list: ClassVar = ["data"]
    column_export_exclude_list: ClassVar = ["data"]
    column_default_sort = ("number", True)
    column_formatters: ClassVar = {"card": _scores}


LEARNING_VIEWS: tuple[type[View], ...] = (RecommendersView,)
