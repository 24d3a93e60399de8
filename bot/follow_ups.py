"""A few words about what is on the screen: "a cheaper one", "Friday instead", "the second one"."""

from dataclasses import replace
from typing import Any

from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode

from bot.dialogs.book_times import part_of, times_data
from bot.dialogs.pay import is_held, look_further, open_code
from bot.dialogs.states import Book, Experts, Questionnaire
from bot.turn import dialog_value, turn_of
from bot.wish_data import from_data, range_data, search_of_answers, to_data
from kernel.ids import ExpertId
from knowledge.model import Wish
from knowledge.wishes.following import FollowUp, changed

_TIMES = frozenset({Book.offer, Book.day, Book.time, Book.insist})


async def shown_wish(manager: DialogManager) -> Wish | None:
    """The wish whose experts or times are looked at, a held time among these; None in every other
    window."""
    if not manager.has_context():
        return None
    state = manager.current_context().state
    if state in {Experts.cards, Experts.page}:
        return from_data(dict(dialog_value(manager, "search") or {}))
    if state == Questionnaire.done:
        return from_data(search_of_answers(manager.dialog_data))
    return Wish() if state in _TIMES or await is_held(manager) else None


def shown_names(manager: DialogManager) -> list[str]:
    """The names on the cards that are looked at, in their order; none in another window."""
    return list(manager.dialog_data.get("names") or []) if manager.has_context() else []


async def go_on(found: FollowUp, message: Message, manager: DialogManager) -> bool:
    """Do what was said to the window that is open, which shows it when nothing is new; True when
    another one was opened."""
    state, turn = manager.current_context().state, turn_of(manager)
    says_time = bool(found.wish.after or found.wish.hours or found.other_time)
    shown: list[Any] = manager.dialog_data.get("shown") or []
    if found == FollowUp():
        return False
    if found.code:
        return await _use_code(message, manager)
    if state == Book.pay and says_time:
        await look_further(manager)
        await _other_times(found, manager)
    elif state in _TIMES and says_time:
        await _other_times(found, manager)
    elif state == Experts.page and (found.books or says_time) and not _seeks(found):
        await _book(found, manager)
        return True
    elif state in {*_TIMES, Book.pay} or found == FollowUp(books=True):
        await message.answer(turn.translate("tap-a-button"))
    elif found.place is not None and found.place <= len(shown):
        manager.dialog_data["expert"] = shown[found.place - 1][0]
        await manager.switch_to(Experts.page)
        if says_time:
            await _book(found, manager)
            return True
    elif state == Questionnaire.done:
        await _search_by_answers(found, manager)
        return True
    else:
        await _search_again(found, manager)
    return False


async def _use_code(message: Message, manager: DialogManager) -> bool:
    """Where a code is written; that there will be such a place, where nothing is paid yet."""
    if manager.current_context().state == Book.pay:
        await open_code(manager)
        return True
    await message.answer(turn_of(manager).translate("code-when-paying"))
    return False


def _seeks(found: FollowUp) -> bool:
    """Whether others than the one whose page is open are looked for."""
    return found.others or found.anybody or found.wish.cheapest


async def _search_again(found: FollowUp, manager: DialogManager) -> None:
    turn = turn_of(manager)
    search = dict(dialog_value(manager, "search") or {})
    wish = changed(from_data(search), found, zone=turn.member.time_zone or "UTC", now=turn.now)
    if wish.topic is None and manager.current_context().state == Experts.page:
        expert = await turn.use_cases.queries.expert(ExpertId(dialog_value(manager, "expert")))
        wish = replace(wish, topic=next(iter(expert.topics), None))
    search.update(to_data(wish))
    seen = manager.dialog_data.get("seen") or []
    shown = [one for one, _ in manager.dialog_data.get("shown") or []]
    if manager.current_context().state == Experts.page:
        shown.append(dialog_value(manager, "expert"))
    manager.dialog_data.update(search=search, seen=[*seen, *shown] if found.others else [])
    await manager.switch_to(Experts.cards)


async def _search_by_answers(found: FollowUp, manager: DialogManager) -> None:
    turn, search = turn_of(manager), search_of_answers(manager.dialog_data)
    wish = changed(from_data(search), found, zone=turn.member.time_zone or "UTC", now=turn.now)
    await manager.start(
        Experts.cards, data={"search": {**search, **to_data(wish)}}, show_mode=ShowMode.SEND
    )


async def _book(found: FollowUp, manager: DialogManager) -> None:
    """The times of the expert whose page is open, from the time that was said on."""
    wish = found.wish
    if found.also or (wish.after is None and not found.other_time):
        asked = from_data(dict(dialog_value(manager, "search") or {}))
        # parts of a day that suit besides one another are any of them
        wish = replace(asked, hours=None if found.also else wish.hours or asked.hours)
    data = times_data(dialog_value(manager, "expert"), wish)
    await manager.start(Book.offer, data=data, show_mode=ShowMode.SEND)


async def _other_times(found: FollowUp, manager: DialogManager) -> None:
    wish = Wish() if found.also else found.wish
    manager.dialog_data.update(page=0, part=part_of(wish), tapped=False)
    if wish.after is not None or found.other_time:
        manager.dialog_data.update(range_data(wish))
    if dialog_value(manager, "offer"):
        await manager.switch_to(Book.day)
