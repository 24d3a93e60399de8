"""Longer texts put together from the catalogues: cards, pages, lines of a list."""

from collections.abc import Mapping, Sequence

from booking.model import Offer, SessionState
from bot.markup import without_markup
from matching.model import Stars
from people.model import Rating, Review
from texts.translator import Translator
from texts.values import Localized, Value, shortened
from workflows.find_expert import ExpertCard
from workflows.notices import Meeting
from workflows.view_expert import ExpertPage

# the card says the next free time by itself
_SAID_BY_NEXT_TIME = "reason-free"
# a page is one message of at most 4096 characters, whatever was written about an expert
_LONGEST_BIO = 1500
_LONGEST_COMMENT = 300


def card_text(
    translate: Translator, card: ExpertCard, place: int, *, other_topics: str, then: str
) -> str:
    """One suggestion: name, rating, price, languages, next free time, and why.

    `other_topics`: what the expert works on, where that is not what was asked for; `then`: "yes"
    where a time was asked for.
    """
    lines = [
        translate(
            "card-head",
            place=place,
            name=card.expert.name,
            rating=rating_text(translate, card.rating),
        ),
        translate(
            "card-offer",
            title=Localized(card.offer.title),
            minutes=card.offer.minutes,
            price=offer_price(translate, card.offer),
            languages=languages_text(translate, card.expert.languages),
        ),
    ]
    if other_topics:
        lines.append(translate("card-other-topics", topics=other_topics))
    if card.next_slot is None:
        lines.append(translate("card-no-time", then=then))
    else:
        lines.append(translate("card-next", when=card.next_slot.start))
    lines += [
        translate("card-reason", reason=translate.plain(one.key, **one.values))
        for one in card.reasons
        if one.key != _SAID_BY_NEXT_TIME
    ]
    return "\n".join(lines)


def offer_price(translate: Translator, offer: Offer) -> str:
    """The price, or "free", or what a minute costs."""
    if offer.by_minute:
        return translate.plain("price-a-minute", price=offer.price_a_minute)
    return translate.money(offer.price) if offer.price else translate.plain("price-free")


def expert_text(translate: Translator, page: ExpertPage, *, topics: Sequence[str]) -> str:
    """An expert's page: who they are, what they offer, what clients said."""
    expert = page.expert
    parts = [
        translate(
            "expert-head",
            name=expert.name,
            rating=rating_text(translate, page.rating),
            verified="✓" if expert.verified else "",
        ),
        translate("expert-bio", bio=shortened(expert.bio_in(translate.language), _LONGEST_BIO)),
        translate(
            "expert-facts",
            topics=translate.listed(topics),
            languages=languages_text(translate, expert.languages),
            credentials=translate.listed(expert.credentials) or "—",
            delivery=translate.plain(f"delivery-{expert.delivery}"),
        ),
        "\n".join(
            translate(
                "expert-offer",
                title=Localized(offer.title),
                minutes=offer.minutes,
                price=offer_price(translate, offer),
            )
            for offer in page.offers
        ),
    ]
    if page.reviews:
        parts.append(translate("expert-reviews"))
        parts += [_review(translate, one) for one in page.reviews]
    return "\n\n".join(part for part in parts if part)


def _review(translate: Translator, review: Review) -> str:
    return translate(
        "expert-review",
        stars=_stars(review.received / 2),
        comment=(
            shortened(review.comment, _LONGEST_COMMENT)
            if review.comment
            else translate.plain("review-without-words")
        ),
        date=translate.instant(review.at, "yMMMd"),
    )


def headline(translate: Translator, text: Mapping[str, str], longest: int) -> str:
    """The beginning of a broadcast's text, in the reader's language where it has it, for a
    button."""
    html = Localized(text).in_language(translate.language)
    return shortened(without_markup(html).replace("\n", " "), longest)


def rating_text(translate: Translator, rating: Rating | Stars | None) -> str:
    """The mean of the ratings, or that there are none yet."""
    if rating is None or not rating.count:
        return translate.plain("rating-none")
    return translate.plain("rating-mean", mean=f"{rating.mean:.1f}", count=rating.count)


def languages_text(translate: Translator, languages: Sequence[str]) -> str:
    """Language names in the reader's language."""
    return translate.listed(translate.language_name(one) for one in languages)


def session_line(translate: Translator, meeting: Meeting) -> str:
    """A session in one line of a button."""
    return (
        f"{translate.instant(meeting.session.starts_at)} · {meeting.expert.name}"
        f" {state_mark(meeting.session.state)}"
    ).rstrip()


def meeting_values(translate: Translator, meeting: Meeting) -> dict[str, Value]:
    """What the texts about a session mention."""
    return {
        **meeting.values,
        "state": translate.plain(f"session-state-{meeting.session.state}"),
        "price": (meeting.session.price or translate.plain("price-free")),
        "policy": policy_text(translate, meeting),
    }


def policy_text(translate: Translator, meeting: Meeting) -> str:
    """The cancellation policy in words, a line a tier, and how it may be moved."""
    policy = meeting.session.policy
    lines = [
        translate("policy-tier", hours=hours, percent=percent)
        for hours, percent in policy.tiers
        if percent
    ]
    if policy.moves:
        lines.append(translate("policy-moves", hours=policy.move_hours, moves=policy.moves))
    return "\n".join(lines)


def state_mark(state: SessionState) -> str:
    """A small sign for a session's state."""
    marks = {
        SessionState.HELD: "⏳", SessionState.REQUESTED: "❔", SessionState.CONFIRMED: "✅",
        SessionState.UNDER_WAY: "🔵",
    }  # fmt: skip
    return marks.get(state, "")


def _stars(mean: float) -> str:
    full = round(mean)
    return "★" * full + "☆" * (5 - full)
