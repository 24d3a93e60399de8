"""Which part of an understood message leads: the order in which the product acts."""

import regex

from knowledge.model import Answer, AnswerKind, Danger, Intent, Route, Rule, Wish

_FIND = "find_expert"
_QUESTION = "ask_question"
_SMALL_TALK = frozenset({"chitchat", "greet", "thanks", "goodbye", "affirm", "deny"})
_SURE_INTENT = 0.5
_SURE_ANSWER = 0.9
_ASKS = regex.compile(
    r"[?？]|^(?:how|what|when|where|which|who|why|can|could|do|does|is|are|will|would|may|should)\b"
    r"|怎么|什么|吗|如何|为什么|哪|几|多久|多少|能不能|可不可以|是否|会不会",
    regex.IGNORECASE,
)


def route(
    text: str,
    *,
    danger: Danger | None,
    rule: Rule | None,
    intent: Intent,
    answer: Answer,
    wish: Wish,
) -> Route:
    """What to act on first.

    Danger before all, then the operator's rules. A clear command is carried out; a question
    that the knowledge base answers is answered; a wish for a person finds one; else the nearest
    questions are offered.
    """
    if danger:
        return Route.DANGER
    if rule:
        return Route.RULE
    answered = answer.kind is AnswerKind.ANSWER
    if intent.name in (None, _QUESTION):
        return _without_command(intent, answer, wish)
    if answered and _asks(text) and not (intent.confidence >= _SURE_INTENT > answer.score):
        if intent.name == _FIND and _narrows(wish) and answer.score < _SURE_ANSWER:
            return Route.WISH
        if intent.confidence < _SURE_INTENT or answer.score >= _SURE_ANSWER:
            return Route.ANSWER
    if intent.name == _FIND:
        return Route.WISH
    if intent.name in _SMALL_TALK and _narrows(wish):
        return Route.WISH
    return Route.INTENT


def _without_command(intent: Intent, answer: Answer, wish: Wish) -> Route:
    if answer.kind is AnswerKind.ANSWER:
        return Route.ANSWER
    if intent.name is None and _narrows(wish):
        return Route.WISH
    if answer.kind is AnswerKind.SUGGEST:
        return Route.SUGGEST
    return Route.WISH if _narrows(wish) else Route.NONE


def _asks(text: str) -> bool:
    return bool(_ASKS.search(text.strip()))


def _narrows(wish: Wish) -> bool:
    """Whether the wish says enough to search by: a topic, or a time with a budget."""
    return wish.topic is not None or (wish.after is not None and wish.budget is not None)
