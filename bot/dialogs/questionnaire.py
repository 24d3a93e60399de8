"""The questionnaire: what about, how urgent, what was tried, budget."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.api.entities import Data
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Back, Button, Cancel, Column, Group, Row, SwitchTo

from bot.dialogs.states import Experts, Questionnaire, Zone
from bot.replies import reply_to
from bot.step_back import step_back
from bot.turn import dialog_value, turn_of
from bot.widgets import Label, Tr, choice
from bot.wish_data import search_of_answers
from bot.written import words_of
from kernel.money import Money
from knowledge.model import Wish
from knowledge.wishes.completing import leaves_open
from knowledge.wishes.following import means_back
from workflows.needs import PRIORITIES
from workflows.onboard import Answers

_STEPS = [
    Questionnaire.field, Questionnaire.topic, Questionnaire.about, Questionnaire.urgency,
    Questionnaire.tried, Questionnaire.budget,
]  # fmt: skip
_LONGEST_ANSWER = 2000
_LONGEST_NAME = 40
_URGENCIES = ("today", "this-week", "this-month", "no-hurry")


async def _step(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    step = _STEPS.index(dialog_manager.current_context().state) + 1
    filled = "●" * step + "○" * (len(_STEPS) - step)
    return {
        "texts": {"step": step, "steps": len(_STEPS), "bar": filled},
        "urgencies": [(one, turn.translate.plain(f"urgency-{one}")) for one in _URGENCIES],
    }


async def _fields(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    topics = (await turn.use_cases.read_topics()).within(None)
    return {"topics": [(one.id, one.names[turn.translate.language]) for one in topics]}


async def _topics(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    field = str(dialog_value(dialog_manager, "field"))
    topics = (await turn.use_cases.read_topics()).within(field)
    return {"topics": [(one.id, one.names[turn.translate.language]) for one in topics]}


async def _about(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    has_topics = dialog_value(dialog_manager, "field") is not None
    return {"has_topics": has_topics, "has_none": not has_topics}


async def _choose_field(_: CallbackQuery, __: Any, manager: DialogManager, field: str) -> None:
    manager.dialog_data["field"] = field
    manager.dialog_data["topic"] = field
    await manager.switch_to(Questionnaire.topic)


async def _choose_topic(_: CallbackQuery, __: Any, manager: DialogManager, topic: str) -> None:
    manager.dialog_data["topic"] = topic
    await manager.switch_to(Questionnaire.about)


async def _tell_topic(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """A topic by its name is as good as a tap; whatever says more is understood as anywhere."""
    turn, text = turn_of(manager), (message.text or "")[:_LONGEST_ANSWER]
    wish = await turn.use_cases.read_wish(text, turn.member)
    topics = await turn.use_cases.read_topics()
    field = topics.field_of(wish.topic)
    if field is None or wish != Wish(topic=wish.topic) or len(text) > _LONGEST_NAME:
        await _something_else(message, manager)
    elif field == wish.topic:
        manager.dialog_data.update(field=field, topic=field)
        await manager.switch_to(Questionnaire.topic)
    else:
        manager.dialog_data.update(field=field, topic=wish.topic)
        await manager.switch_to(Questionnaire.about)


async def _tell_urgency(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn, text = turn_of(manager), (message.text or "")[:_LONGEST_ANSWER]
    urgency = None
    if len(text) <= _LONGEST_NAME:
        urgency = await turn.use_cases.read_urgency(text, turn.member)
    if urgency is None:
        await _something_else(message, manager)
        return
    manager.dialog_data["urgency"] = urgency
    await manager.switch_to(Questionnaire.tried)


async def _something_else(message: Message, manager: DialogManager) -> None:
    manager.show_mode = ShowMode.DELETE_AND_SEND
    if not await reply_to(message, manager):
        await message.answer(turn_of(manager).translate("tap-a-button"))


async def _choose_urgency(_: CallbackQuery, __: Any, manager: DialogManager, urgency: str) -> None:
    manager.dialog_data["urgency"] = urgency
    await manager.switch_to(Questionnaire.tried)


async def _tell_about(message: Message, _: MessageInput, manager: DialogManager) -> None:
    if await _goes_back(message, manager):
        return
    manager.dialog_data["about"] = words_of(message, longest=_LONGEST_ANSWER)
    await manager.switch_to(Questionnaire.urgency)


async def _tell_tried(message: Message, _: MessageInput, manager: DialogManager) -> None:
    if await _goes_back(message, manager):
        return
    manager.dialog_data["tried"] = words_of(message, longest=_LONGEST_ANSWER)
    await manager.switch_to(Questionnaire.budget)


async def _goes_back(message: Message, manager: DialogManager) -> bool:
    """Where any text is an answer, "back" is none."""
    return means_back(message.text or "") and await step_back(message, manager)


async def _tell_budget(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    budget = await turn.use_cases.read_budget(message.text or "", turn.member)
    if budget is None and leaves_open(message.text or ""):
        await _finish(manager)
        return
    if budget is None:
        manager.show_mode = ShowMode.DELETE_AND_SEND
        if not await reply_to(message, manager):
            await message.answer(turn.translate("questionnaire-budget-unclear"))
        return
    manager.dialog_data["budget"] = [budget.minor, budget.currency]
    await _finish(manager)


async def _skip_budget(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _finish(manager)


async def _skip_topics(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.switch_to(Questionnaire.about)


async def _finish(manager: DialogManager) -> None:
    turn = turn_of(manager)
    answers = _answers(manager.dialog_data)
    intake = await turn.use_cases.answer_questionnaire(
        turn.member, answers, command=turn.command("questionnaire")
    )
    manager.dialog_data["classified"] = [
        intake.topic, str(intake.kind), str(PRIORITIES[intake.priority - 1]),
    ]  # fmt: skip
    if turn.member.time_zone is None:
        await manager.start(Zone.ask)
    else:
        await manager.switch_to(Questionnaire.done)


async def _zone_known(_: Data, __: Any, manager: DialogManager) -> None:
    # whoever opened something else in the middle comes back to where they were
    if "classified" in manager.dialog_data:
        await manager.switch_to(Questionnaire.done)


def _answers(told: dict[str, Any]) -> Answers:
    budget = told.get("budget")
    return Answers(
        topic=told.get("topic"), about=told.get("about"), urgency=told.get("urgency"),
        tried=told.get("tried"), budget=Money(*budget) if budget else None,
    )  # fmt: skip


async def _done(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    topic, kind, priority = dialog_manager.dialog_data["classified"]
    topics = await turn.use_cases.read_topics()
    named = topics.name(topic, turn.translate.language)
    disclaimer = topics.disclaimer(topic, turn.translate.language)
    return {
        "texts": {
            "topic": named or turn.translate.plain("topic-open"),
            "kind": turn.translate(f"need-{kind}"),
            "priority": turn.translate(f"priority-{priority}"),
            "disclaimer": disclaimer,
        },
    }


async def _show_experts(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    search = search_of_answers(manager.dialog_data)
    await manager.start(Experts.cards, data={"search": search})


def _navigation(*, skip_to: Any) -> Row:
    return Row(
        Back(Label("button-back"), id="back"),
        SwitchTo(Label("button-skip"), id="skip", state=skip_to),
    )


questionnaire = Dialog(
    Window(
        Tr("questionnaire-field"),
        Group(
            choice("field", "topics", _choose_field),
            width=2,
        ),
        MessageInput(_tell_topic, content_types=[ContentType.TEXT]),
        Row(
            Cancel(Label("button-back"), id="cancel"),
            Button(Label("button-skip"), id="skip", on_click=_skip_topics),
        ),
        state=Questionnaire.field,
        getter=[_step, _fields],
    ),
    Window(
        Tr("questionnaire-topic"),
        Column(choice("topic", "topics", _choose_topic)),
        MessageInput(_tell_topic, content_types=[ContentType.TEXT]),
        _navigation(skip_to=Questionnaire.about),
        state=Questionnaire.topic,
        getter=[_step, _topics],
    ),
    Window(
        Tr("questionnaire-about"),
        MessageInput(_tell_about, content_types=[ContentType.TEXT]),
        Row(
            SwitchTo(
                Label("button-back"), id="back", state=Questionnaire.topic, when="has_topics"
            ),
            SwitchTo(
                Label("button-back"), id="back_to_field", state=Questionnaire.field,
                when="has_none",
            ),
            SwitchTo(Label("button-skip"), id="skip", state=Questionnaire.urgency),
        ),
        state=Questionnaire.about,
        getter=[_step, _about],
    ),
    Window(
        Tr("questionnaire-urgency"),
        Group(
            choice("urgency", "urgencies", _choose_urgency),
            width=2,
        ),
        MessageInput(_tell_urgency, content_types=[ContentType.TEXT]),
        _navigation(skip_to=Questionnaire.tried),
        state=Questionnaire.urgency,
        getter=_step,
    ),
    Window(
        Tr("questionnaire-tried"),
        MessageInput(_tell_tried, content_types=[ContentType.TEXT]),
        _navigation(skip_to=Questionnaire.budget),
        state=Questionnaire.tried,
        getter=_step,
    ),
    Window(
        Tr("questionnaire-budget"),
        MessageInput(_tell_budget, content_types=[ContentType.TEXT]),
        Row(
            Back(Label("button-back"), id="back"),
            Button(Label("button-skip"), id="skip", on_click=_skip_budget),
        ),
        state=Questionnaire.budget,
        getter=_step,
    ),
    Window(
        Tr("questionnaire-done"),
        Button(Label("button-show-experts"), id="experts", on_click=_show_experts),
        Row(
            SwitchTo(Label("button-change-answers"), id="again", state=Questionnaire.field),
            Cancel(Label("button-menu"), id="menu"),
        ),
        state=Questionnaire.done,
        getter=_done,
    ),
    on_process_result=_zone_known,
)  # fmt: skip
