"""Answering a survey of the operator, question after question."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Group, Row

from bot.dialogs.states import AnswerPoll
from bot.turn import dialog_value, turn_of
from bot.widgets import Label, Tr, choice, menu_button
from bot.written import words_of
from people.model import BEST, WORST
from people.polls import PollAnswer, Question, QuestionKind
from texts.values import Localized

_LONGEST = 1000


async def open_poll(manager: DialogManager, poll_id: str, number: int) -> None:
    """The first question of a survey's round. Raises UnknownPoll, PollOver."""
    poll = await turn_of(manager).use_cases.polls.get(poll_id)
    await manager.start(
        _window(poll.questions[0]), data={"poll": poll_id, "round": number},
        mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND,
    )  # fmt: skip


async def _question(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    poll = await turn.use_cases.polls.get(str(dialog_value(dialog_manager, "poll")))
    place = int(dialog_manager.dialog_data.get("at", 0))
    question = poll.questions[place]
    choices = [str(one) for one in range(WORST, BEST + 1)]
    if question.kind is QuestionKind.CHOICE:
        choices = [Localized(one).in_language(turn.translate.language) for one in question.choices]
    first = WORST if question.kind is QuestionKind.SCALE else 0
    return {
        "choices": [(str(number), label) for number, label in enumerate(choices, first)],
        "texts": {
            "question": Localized(question.text),
            "number": place + 1,
            "count": len(poll.questions),
        },
    }


async def _chosen(_: CallbackQuery, __: Any, manager: DialogManager, number: str) -> None:
    await _answer(manager, number=int(number))


async def _written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await _answer(manager, words=words_of(message, longest=_LONGEST))


async def _answer(
    manager: DialogManager, *, number: int | None = None, words: str | None = None
) -> None:
    turn, place = turn_of(manager), int(manager.dialog_data.get("at", 0))
    answer = PollAnswer(int(dialog_value(manager, "round")), place, number, words)
    await turn.use_cases.polls.answer(
        str(dialog_value(manager, "poll")), turn.member.id, answer,
        command=turn.command("answer-poll"),
    )  # fmt: skip
    await _on(manager)


async def _skip(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _on(manager)


async def _on(manager: DialogManager) -> None:
    """To the next question, if there is one."""
    poll = await turn_of(manager).use_cases.polls.get(str(dialog_value(manager, "poll")))
    place = int(manager.dialog_data.get("at", 0)) + 1
    if place == len(poll.questions):
        await manager.switch_to(AnswerPoll.thanks)
        return
    manager.dialog_data["at"] = place
    await manager.switch_to(_window(poll.questions[place]))


def _window(question: Question) -> Any:
    return AnswerPoll.words if question.kind is QuestionKind.TEXT else AnswerPoll.choose


def _leave() -> Row:
    return Row(Button(Label("button-skip"), id="skip", on_click=_skip), menu_button())


answer_poll = Dialog(
    Window(
        Tr("answer-poll-choose"),
        Group(
            choice("choice", "choices", _chosen),
            width=5,
        ),
        _leave(),
        state=AnswerPoll.choose,
        getter=_question,
    ),
    Window(
        Tr("answer-poll-words"),
        MessageInput(_written, content_types=[ContentType.TEXT]),
        _leave(),
        state=AnswerPoll.words,
        getter=_question,
    ),
    Window(Tr("answer-poll-thanks"), menu_button(), state=AnswerPoll.thanks),
)  # fmt: skip
