"""Surveys, for admins: write the questions, ask, read the answers, stop."""

from datetime import timedelta
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row, SwitchTo

from bot.dialogs.audiences import audience_choice, audiences
from bot.dialogs.broadcast_repeats import interval_name, intervals, often
from bot.dialogs.states import Polls
from bot.dialogs.stopping import stop_window
from bot.turn import turn_of
from bot.widgets import Label, Shown, Tr, choice
from kernel.errors import DomainError
from people.polls import QuestionKind, Tally, read_questions
from texts.translator import Translator
from texts.values import Localized

_LISTED = 8
_TITLE = 40


async def _list(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    found = await turn.use_cases.polls.latest(limit=_LISTED)
    lines = [
        (one.id, Localized(one.questions[0].text).in_language(turn.translate.language)[:_TITLE])
        for one in found
    ]
    return {"found": lines, "texts": {"count": len(lines)}}


async def _open(_: CallbackQuery, __: Any, manager: DialogManager, poll: str) -> None:
    manager.dialog_data["poll"] = poll
    await manager.switch_to(Polls.one)


async def _write(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    try:
        read_questions(message.text or "")
    except DomainError as refusal:
        await message.answer(turn.translate(refusal.key, **refusal.values))
        return
    manager.dialog_data["questions"] = message.text or ""
    await manager.switch_to(Polls.audience)


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, audience: str) -> None:
    manager.dialog_data["audience"] = audience
    await manager.switch_to(Polls.often)


async def _check(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn, told = turn_of(dialog_manager), dialog_manager.dialog_data
    questions = read_questions(str(told["questions"]))
    lines = [
        f"{number}. {Localized(one.text).in_language(turn.translate.language)}"
        for number, one in enumerate(questions, 1)
    ]
    return {
        "texts": {
            "questions": "\n".join(lines),
            "count": await turn.use_cases.send_broadcast.count(str(told["audience"])),
        },
        **await intervals(dialog_manager),
    }


async def _once(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _ask(manager, None)


async def _often(_: CallbackQuery, __: Any, manager: DialogManager, days: str) -> None:
    await _ask(manager, timedelta(days=int(days)))


async def _ask(manager: DialogManager, every: timedelta | None) -> None:
    turn, told = turn_of(manager), manager.dialog_data
    told["poll"] = await turn.use_cases.polls.ask(
        read_questions(str(told["questions"])), audience=str(told["audience"]), every=every,
        author=str(turn.user.id), command=turn.command("poll"),
    )  # fmt: skip
    await manager.switch_to(Polls.one)


async def _one(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    translate = turn.translate
    found = await turn.use_cases.polls.results(str(dialog_manager.dialog_data["poll"]))
    every, next_at, over = found.every_days, found.next_at, found.poll.stopped_at is not None
    head = translate(
        "poll-head",
        often=interval_name(translate, every) if every else translate.plain("poll-once"),
        rounds=found.rounds,
        next="—" if next_at is None else translate.instant(next_at),
        over="yes" if over else "no",
    )
    return {
        "text": "\n\n".join([head, *(_row(translate, one) for one in found.tallies)]),
        "open": not over,
    }


def _row(translate: Translator, tally: Tally) -> str:
    question = tally.question
    head = translate("poll-question", question=Localized(question.text), answers=tally.answers)
    lines = [head]
    match question.kind:
        case QuestionKind.SCALE if tally.mean is not None:
            means = " → ".join(f"{mean:.1f}" for mean in tally.means.values())
            lines.append(translate("poll-mean", mean=f"{tally.mean:.1f}", means=means))
        case QuestionKind.CHOICE:
            lines += [
                translate("poll-choice", choice=Localized(one), count=tally.counts.get(place, 0))
                for place, one in enumerate(question.choices)
            ]
        case QuestionKind.TEXT:
            lines += [translate("poll-words", words=one) for one in tally.words]
        case _:
            pass  # a scale that nobody has answered yet
    return "\n".join(lines)


async def _stop(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await turn_of(manager).use_cases.polls.stop(str(manager.dialog_data["poll"]))
    await manager.switch_to(Polls.one)


polls = Dialog(
    Window(
        Tr("polls-list"),
        Column(choice("one", "found", _open)),
        SwitchTo(Label("polls-new"), id="new", state=Polls.questions),
        Cancel(Label("button-back"), id="back"),
        state=Polls.list,
        getter=_list,
    ),
    Window(
        Tr("polls-write"),
        MessageInput(_write, content_types=[ContentType.TEXT]),
        SwitchTo(Label("button-back"), id="back", state=Polls.list),
        state=Polls.questions,
    ),
    Window(
        Tr("polls-audience"),
        audience_choice(_choose),
        SwitchTo(Label("button-back"), id="back", state=Polls.questions),
        state=Polls.audience,
        getter=audiences,
    ),
    Window(
        Tr("polls-often"),
        Button(Label("poll-once"), id="once", on_click=_once),
        often(_often),
        SwitchTo(Label("button-back"), id="back", state=Polls.audience),
        state=Polls.often,
        getter=_check,
    ),
    Window(
        Shown("text"),
        Row(
            SwitchTo(Label("button-refresh"), id="refresh", state=Polls.one),
            SwitchTo(Label("polls-stop"), id="stop", state=Polls.stop, when="open"),
        ),
        SwitchTo(Label("button-back"), id="back", state=Polls.list),
        state=Polls.one,
        getter=_one,
    ),
    stop_window("polls-stop-ask", state=Polls.stop, back=Polls.one, on_stop=_stop, getter=_one),
)
