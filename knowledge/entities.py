"""The pieces of a text that made up a wish, with their places, as Rasa reports entities."""

from datetime import datetime

from knowledge.model import Entity, Wish
from knowledge.wishes import recognizer
from knowledge.wishes.money import budget_words


def entities(text: str, wish: Wish, *, language: str, local_now: datetime) -> list[Entity]:
    """Times, lengths and budget where they stand in `text`; `local_now` is the wall clock.

    The topic has no place of its own: its words are spread over the text.
    """
    found = []
    budget = budget_words(text)
    if wish.budget is not None and budget is not None:
        amount = f"{wish.budget.minor} {wish.budget.currency}"
        found.append(Entity("budget", amount, budget.start(), budget.end(), budget.group()))
    if wish.after is not None or wish.before is not None or wish.minutes is not None:
        found += [
            Entity(one.kind, one.text, one.start, one.end, text[one.start : one.end])
            for one in recognizer.find(text, language=language, reference=local_now)
        ]
    if wish.topic is not None:
        found.append(Entity("topic", wish.topic, 0, len(text), text))
    return sorted(found, key=lambda one: (one.start, one.end))
