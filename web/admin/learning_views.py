"""What was learnt: the nights' models and what they scored."""

from collections.abc import Mapping
from typing import Any, ClassVar

from markupsafe import Markup

from insights.tables import ProfileNightRow, ProfileRow
from matching.recommend.versions import WEIGHTS, RecommenderRow
from web.admin.base import View, link
from web.admin.words import Word


def _scores(row: Any, _: Any) -> str:
    """The hybrid beside what it has to beat, a line for people with and without a history; learnt
    weights beside the fixed ones, and what they are."""
    if row.kind == WEIGHTS:
        return _weights(row.card)
    lines = []
    for part in ("with_history", "without_history"):
        ways = row.card.get(part, {})
        shown = [f"{way} {ways[way]['ndcg@10']:.3f}" for way in ("hybrid", "content", "popularity")
                 if way in ways]  # fmt: skip
        lines.append(", ".join(shown))
    return Markup("<br>").join(line for line in lines if line)


def _weights(card: Mapping[str, Any]) -> str:
    """Only the number of bookings where they were too few."""
    shown = [f"{card['bookings']}"]
    if "weights" in card:
        shown += [f"{way} {card[way]['ndcg@5']:.3f}" for way in ("learnt", "fixed")]
    of = ", ".join(f"{name} {value:.2f}" for name, value in card.get("weights", {}).items())
    return Markup("<br>").join(line for line in (", ".join(shown), of) if line)


class RecommendersView(View, model=RecommenderRow):
    name, name_plural = Word("web-recommender"), Word("web-recommenders")
    icon = "fa-solid fa-wand-magic-sparkles"
    column_list = ("number", "kind", "trained_at", "active", "verdict", "card")
    column_details_exclude_list: ClassVar = ["data"]
    column_export_exclude_list: ClassVar = ["data"]
    column_default_sort = ("number", True)
    column_formatters: ClassVar = {"card": _scores}


_FEATURES = {
    "recency_days": Word("web-feature-recency-days"),
    "tenure_days": Word("web-feature-tenure-days"),
    "deeds_30": Word("web-feature-deeds-30"),
    "deeds_90": Word("web-feature-deeds-90"),
    "views_90": Word("web-feature-views-90"),
    "questions_90": Word("web-feature-questions-90"),
    "bookings_90": Word("web-feature-bookings-90"),
    "bookings_365": Word("web-feature-bookings-365"),
    "unpaid_holds_90": Word("web-feature-unpaid-holds-90"),
    "spent_365": Word("web-feature-spent-365"),
    "topics_365": Word("web-feature-topics-365"),
    "evening_share": Word("web-feature-evening-share"),
    "weekend_share": Word("web-feature-weekend-share"),
    "by_friend": Word("web-feature-by-friend"),
    "by_campaign": Word("web-feature-by-campaign"),
    "received": Word("web-feature-received"),
    "received_less_expected": Word("web-feature-received-less-expected"),
    "would_return": Word("web-feature-would-return"),
}


def _because(row: Any, name: str) -> str:
    """What moved a person's probability most, a feature a line."""
    lines = [
        f"{'↑' if one['by'] > 0 else '↓'} {_FEATURES[one['feature']]}: {one['value']}"
        for one in getattr(row, name)
    ]
    return Markup("<br>").join(lines)


def _percent(row: Any, name: str) -> str:
    chance = getattr(row, name)
    return "" if chance is None else f"{chance:.0%}"


def _night(row: Any, _: Any) -> str:
    """Sizes, how well apart, how many changed, and how good the probabilities were."""
    return Markup("<br>").join(f"{name}: {value}" for name, value in row.card.items())


class ProfilesView(View, model=ProfileRow):
    name, name_plural = Word("web-profile"), Word("web-profiles")
    icon = "fa-solid fa-id-card"
    column_list = (
        "person_id", "segment", "will_book", "reasons", "at_risk", "at_risk_reasons", "made_at",
    )  # fmt: skip
    column_details_exclude_list: ClassVar = ["features"]
    column_searchable_list = ("person_id", "segment")
    column_sortable_list = ("segment", "will_book", "at_risk")
    column_default_sort = ("will_book", True)
    column_formatters: ClassVar = {
        "person_id": link("person-row", "person_id"), "will_book": _percent, "reasons": _because,
        "at_risk": _percent, "at_risk_reasons": _because,
    }  # fmt: skip


class ProfileNightsView(View, model=ProfileNightRow):
    name, name_plural = Word("web-profile-night"), Word("web-profile-nights")
    icon = "fa-solid fa-people-group"
    column_list = ("number", "made_at", "card")
    column_details_exclude_list: ClassVar = ["groups"]
    column_default_sort = ("number", True)
    column_formatters: ClassVar = {"card": _night}


LEARNING_VIEWS: tuple[type[View], ...] = (RecommendersView, ProfilesView, ProfileNightsView)
