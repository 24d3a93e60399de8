"""Which part of an understood message leads: the order in which the product acts."""

import regex

from knowledge.model import Answer, AnswerKind, Danger, Intent, Route, Rule, Wish

_FIND = "find_expert"
_HUMAN = "human"
_QUESTION = "ask_question"
_OUTSIDE = "out_of_scope"
# friendly words around a wish do not hide it
_SMALL_TALK = frozenset({"chitchat", "greet", "thanks", "affirm"})
_SURE_INTENT = 0.9
_LIKELY_INTENT = 0.5
_SURE_ANSWER = 0.9
_NEARLY_THE_SAME_WORDS = 0.98
_WORTH_SUGGESTING = 0.3
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

    Danger before all, then the operator's rules. A wish for a person finds one; a question that
    the knowledge base answers is answered; a command is carried out; else the nearest questions
    are offered.
    """
    if danger:
        return Route.DANGER
    if rule:
        return Route.RULE
    if intent.name in (None, _QUESTION):
        return _without_command(intent, answer, wish)
    if _is_wish(intent, wish):
        return Route.WISH
    if _is_answered(text, intent, answer):
        return Route.ANSWER
    return Route.WISH if intent.name == _FIND else Route.INTENT


def _is_wish(intent: Intent, wish: Wish) -> bool:
    if not _narrows(wish):
        return False
    if intent.name == _FIND:
        return wish.topic is None or intent.confidence >= _SURE_INTENT
    return intent.name in _SMALL_TALK or (
        intent.name == _HUMAN and wish.topic is not None and intent.confidence < _SURE_INTENT
    )


def _is_answered(text: str, intent: Intent, answer: Answer) -> bool:
    """Whether a question in the form of a command is better answered than carried out."""
    if answer.kind is not AnswerKind.ANSWER or not _ASKS.search(text.strip()):
        return False
    if answer.score >= _NEARLY_THE_SAME_WORDS:
        return True
    return intent.confidence < (_SURE_INTENT if answer.score >= _SURE_ANSWER else _LIKELY_INTENT)


def _without_command(intent: Intent, answer: Answer, wish: Wish) -> Route:
    likely = intent.ranking[0] if intent.ranking else ("", 0.0)
    seeks = likely[0] == _FIND and likely[1] >= _LIKELY_INTENT and _narrows(wish)
    if answer.kind is AnswerKind.ANSWER and not (seeks and answer.score < _SURE_ANSWER):
        return Route.ANSWER
    if intent.name is None and _narrows(wish):
        return Route.WISH
    if answer.kind is AnswerKind.SUGGEST and not _is_outside(intent, answer):
        return Route.SUGGEST
    return Route.WISH if _narrows(wish) else Route.NONE


def _is_outside(intent: Intent, answer: Answer) -> bool:
    likeliest = intent.ranking[:1]
    surely = [(name, p) for name, p in likeliest if name == _OUTSIDE and p >= _SURE_INTENT]
    return bool(surely) and answer.score < _WORTH_SUGGESTING


def _narrows(wish: Wish) -> bool:
    """Whether the wish says enough to search by: a topic, or a time with a budget."""
    has_time = wish.after is not None or wish.hours is not None
    return wish.topic is not None or (has_time and wish.budget is not None)
