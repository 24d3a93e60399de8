"""What somebody wrote where they were asked for one thing: a part of a wish, a budget, how soon."""

import re
from dataclasses import dataclass
from datetime import timedelta

from kernel.clock import Clock
from kernel.money import Money
from knowledge.model import Priority, Wish
from knowledge.understanding import Understanding
from people.model import Person

# in minor units; beyond this nobody means it, and a database cannot hold it
_LARGEST_BUDGET = 10**12
_HAN = re.compile(r"[\u4e00-\u9fff]")
# a longer answer says what its numbers are
_LONGEST_AMOUNT = 20


@dataclass(frozen=True)
class ReadWish:
    """What a text says that somebody wrote when they were asked for a part of their wish."""

    clock: Clock
    understanding: Understanding

    async def __call__(self, text: str, person: Person) -> Wish:
        return await self.understanding.read_wish(
            text, now=self.clock(), zone=person.time_zone or "UTC", language=person.language
        )


@dataclass(frozen=True)
class ReadUrgency:
    """How urgent somebody says it is, as the questionnaire names it, or None."""

    clock: Clock
    understanding: Understanding
    read_wish: ReadWish

    async def __call__(self, text: str, person: Person) -> str | None:
        now = self.clock()
        wish = await self.read_wish(text, person)
        priority = self.understanding.classify(text).priority
        if priority is Priority.LOW:
            return "no-hurry"
        if priority is Priority.URGENT or wish.urgent:
            return "today"
        if wish.before is None:
            return "this-week" if priority is Priority.HIGH else None
        spans = (("today", timedelta(days=1)), ("this-week", timedelta(days=8)))
        return next((name for name, of in spans if wish.before - now <= of), "this-month")


@dataclass(frozen=True)
class ReadBudget:
    """The amount in a text such as "up to 80 dollars", or None."""

    read_wish: ReadWish

    async def __call__(self, text: str, person: Person) -> Money | None:
        budget = (await self.read_wish(text, person)).budget
        if budget is None and len(text) <= _LONGEST_AMOUNT:
            # a bare number is an amount where a budget was asked for
            asked = "预算" if person.language == "zh" or _HAN.search(text) else "budget "
            budget = (await self.read_wish(asked + text.strip(), person)).budget
        return None if budget is None or budget.minor > _LARGEST_BUDGET else budget
