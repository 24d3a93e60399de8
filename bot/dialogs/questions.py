"""Written questions: a client writes and pays, an expert answers."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row, SwitchTo, Url

from booking.errors import NoAnswersNow
from bot.dialogs.pay import offer_invoice
from bot.dialogs.states import Answer, Ask
from bot.turn import anew, dialog_value, once, turn_of
from bot.widgets import Label, Shown, Tr, choice, menu_button
from bot.written import words_of
from kernel.errors import DomainError
from kernel.ids import ExpertId
from people.errors import UnknownExpert

LONGEST = 3000
"""A question and its answer come in one message of at most 4096 characters with their heads."""

_SHORTEST = 10
_LABEL = 40


class TooShort(DomainError):
    """A question of a word or two cannot be answered well."""

    key = "error-question-too-short"


async def _offer(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    expert_id = ExpertId(dialog_value(dialog_manager, "expert"))
    offer = await turn.use_cases.written_questions.offered(expert_id)
    if offer is None:
        raise NoAnswersNow
    expert = await turn.use_cases.queries.expert(expert_id)
    told = dialog_manager.dialog_data
    url = told.get("url")
    left = await turn.use_cases.subscriptions.left_of(turn.member.id, expert_id)
    return {
        "texts": {
            "expert": expert.name, "price": offer.price, "hours": offer.hours,
            "text": told.get("text", ""), "left": left,
        },
        "subscribed": left > 0,
        "url": url or "",
        "has_url": bool(url),
        "no_url": not url,
    }  # fmt: skip


async def _write(message: Message, _: MessageInput, manager: DialogManager) -> None:
    new: dict[str, Any] = {"text": _checked(message), "url": None}
    manager.dialog_data.update(new)
    anew(manager)
    await manager.switch_to(Ask.check)


async def _pay(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    told = manager.dialog_data
    questions = turn.use_cases.written_questions
    # one text is one question, however often it is tapped
    draft = await questions.draft(
        turn.member, ExpertId(dialog_value(manager, "expert")), told["text"],
        command=once(manager, "question"),
    )  # fmt: skip
    checkout = await questions.pay(turn.member, draft.id)
    told["url"] = checkout.payment.url
    await offer_invoice(callback, checkout)


async def _use_subscription(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    draft = await turn.use_cases.written_questions.draft(
        turn.member, ExpertId(dialog_value(manager, "expert")), manager.dialog_data["text"],
        command=turn.command("question"),
    )  # fmt: skip
    await turn.use_cases.subscriptions.ask(turn.member, draft.id, command=turn.command("ask"))
    await manager.switch_to(Ask.sent)


def _checked(message: Message) -> str:
    text = words_of(message, longest=LONGEST)
    if len(text) < _SHORTEST:
        raise TooShort(least=_SHORTEST)
    return text


async def _waiting(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    if expert is None:
        raise UnknownExpert
    found = await turn.use_cases.written_questions.waiting(expert.id)
    return {
        "questions": [
            (one.question.id, f"{one.client.first_name}: {one.question.text}"[:_LABEL])
            for one in found
        ],
        "texts": {"count": len(found)},
    }


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, question: str) -> None:
    manager.dialog_data["question"] = question
    await manager.switch_to(Answer.text)


async def _one(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    found = await turn.use_cases.written_questions.one(
        dialog_value(dialog_manager, "question"), turn.member.id
    )
    return {
        "texts": {
            "client": found.client.first_name, "text": found.question.text,
            "due": found.question.due_at or turn.now,
            "answer": dialog_manager.dialog_data.get("answer", ""),
        }
    }  # fmt: skip


async def _answer(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.dialog_data["answer"] = words_of(message, longest=LONGEST)
    await manager.switch_to(Answer.check)


async def _send(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.written_questions.answer(
        turn.member.id, dialog_value(manager, "question"), manager.dialog_data["answer"],
        command=turn.command("answer"),
    )  # fmt: skip
    await manager.switch_to(Answer.sent)


ask = Dialog(
    Window(
        Tr("question-ask"),
        MessageInput(_write, content_types=[ContentType.TEXT]),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=Ask.text,
        getter=_offer,
    ),
    Window(
        Tr("question-check"),
        Button(
            Label("question-by-subscription"), id="subscription", on_click=_use_subscription,
            when="subscribed",
        ),
        Button(Label("question-pay"), id="pay", on_click=_pay, when="no_url"),
        Url(Label("pay-by-card"), Shown("url"), id="card", when="has_url"),
        SwitchTo(Label("question-rewrite"), id="rewrite", state=Ask.text),
        menu_button(),
        state=Ask.check,
        getter=_offer,
    ),
    Window(Tr("question-sent"), menu_button(), state=Ask.sent),
)  # fmt: skip

answer = Dialog(
    Window(
        Tr("answer-list"),
        Column(choice("question", "questions", _choose)),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=Answer.list,
        getter=_waiting,
    ),
    Window(
        Tr("answer-text"),
        MessageInput(_answer, content_types=[ContentType.TEXT]),
        Row(SwitchTo(Label("button-back"), id="back", state=Answer.list), menu_button()),
        state=Answer.text,
        getter=_one,
    ),
    Window(
        Tr("answer-check"),
        Button(Label("answer-send"), id="send", on_click=_send),
        SwitchTo(Label("question-rewrite"), id="rewrite", state=Answer.text),
        menu_button(),
        state=Answer.check,
        getter=_one,
    ),
    Window(Tr("answer-sent"), menu_button(), state=Answer.sent),
)  # fmt: skip
