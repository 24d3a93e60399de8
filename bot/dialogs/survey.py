"""After the session: the client's survey, the expert's note."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Back, Button, Group, Row

from bot.dialogs.states import Clients, Experts, Note, Survey
from bot.turn import dialog_value, turn_of
from bot.widgets import Label, Tr, choice, menu_button
from bot.written import words_of
from kernel.ids import SessionId
from workflows.follow_up import SurveyAnswers

_SCALE = [(str(one), str(one)) for one in range(1, 11)]
_LONGEST_COMMENT = 1000


async def _values(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    session = SessionId(dialog_value(dialog_manager, "session"))
    meeting = await turn.use_cases.queries.meeting(session)
    return {"texts": meeting.values, "scale": _SCALE}


async def _expected(_: CallbackQuery, __: Any, manager: DialogManager, mark: str) -> None:
    manager.dialog_data["expected"] = int(mark)
    await manager.switch_to(Survey.received)


async def _received(_: CallbackQuery, __: Any, manager: DialogManager, mark: str) -> None:
    manager.dialog_data["received"] = int(mark)
    await manager.switch_to(Survey.would_return)


async def _would_return(_: CallbackQuery, button: Button, manager: DialogManager) -> None:
    manager.dialog_data["would_return"] = button.widget_id == "yes"
    await manager.switch_to(Survey.comment)


async def _comment(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await _finish(manager, words_of(message, longest=_LONGEST_COMMENT))


async def _no_comment(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _finish(manager, None)


async def _finish(manager: DialogManager, comment: str | None) -> None:
    turn, told = turn_of(manager), manager.dialog_data
    answers = SurveyAnswers(
        expected=int(told["expected"]), received=int(told["received"]),
        would_return=bool(told["would_return"]), comment=comment,
    )  # fmt: skip
    await turn.use_cases.answer_survey(
        turn.member, SessionId(dialog_value(manager, "session")), answers,
        command=turn.command("survey"),
    )  # fmt: skip
    await manager.switch_to(Survey.thanks)


async def _words(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.write_review(
        turn.member, SessionId(dialog_value(manager, "session")),
        words_of(message, longest=_LONGEST_COMMENT),
        command=turn.command("words"),
    )  # fmt: skip
    await manager.switch_to(Survey.thanks)


async def _again(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    session = SessionId(dialog_value(manager, "session"))
    meeting = await turn.use_cases.queries.meeting(session)
    await manager.start(
        Experts.page, data={"expert": meeting.expert.id}, mode=StartMode.RESET_STACK
    )


async def _note_text(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.dialog_data["note"] = words_of(message, longest=_LONGEST_COMMENT)
    await manager.switch_to(Note.rating)


async def _no_note(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.switch_to(Note.rating)


async def _rate_client(_: CallbackQuery, __: Any, manager: DialogManager, mark: str) -> None:
    turn = turn_of(manager)
    note = manager.dialog_data.get("note")
    await turn.use_cases.write_note(
        turn.member.id, SessionId(dialog_value(manager, "session")),
        note=None if note is None else str(note), rating=int(mark), command=turn.command("note"),
    )  # fmt: skip
    await manager.switch_to(Note.thanks)


async def _client(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    meeting = await turn.use_cases.queries.meeting(SessionId(dialog_value(manager, "session")))
    await manager.start(Clients.one, data={"client": meeting.client.id})


def _scale(on_click: Any) -> Group:
    return Group(
        choice("mark", "scale", on_click),
        width=5,
    )


survey = Dialog(
    Window(Tr("survey-expected"), _scale(_expected), menu_button(),
           state=Survey.expected, getter=_values),
    Window(Tr("survey-received"), _scale(_received), Back(Label("button-back"), id="back"),
           state=Survey.received, getter=_values),
    Window(
        Tr("survey-return"),
        Row(
            Button(Label("yes"), id="yes", on_click=_would_return),
            Button(Label("no"), id="no", on_click=_would_return),
        ),
        Back(Label("button-back"), id="back"),
        state=Survey.would_return,
        getter=_values,
    ),
    Window(
        Tr("survey-comment"),
        MessageInput(_comment, content_types=[ContentType.TEXT]),
        Row(
            Back(Label("button-back"), id="back"),
            Button(Label("button-skip"), id="skip", on_click=_no_comment),
        ),
        state=Survey.comment,
        getter=_values,
    ),
    Window(
        Tr("review-words"),
        MessageInput(_words, content_types=[ContentType.TEXT]),
        menu_button(),
        state=Survey.words,
        getter=_values,
    ),
    Window(
        Tr("survey-thanks"),
        Button(Label("survey-book-again"), id="again", on_click=_again),
        menu_button(),
        state=Survey.thanks,
        getter=_values,
    ),
)  # fmt: skip

note = Dialog(
    Window(
        Tr("note-text"),
        MessageInput(_note_text, content_types=[ContentType.TEXT]),
        Row(Button(Label("button-skip"), id="skip", on_click=_no_note), menu_button()),
        state=Note.text,
        getter=_values,
    ),
    Window(
        Tr("note-rating"),
        _scale(_rate_client),
        Back(Label("button-back"), id="back"),
        state=Note.rating,
        getter=_values,
    ),
    Window(
        Tr("note-thanks"),
        Button(Label("clients-about"), id="client", on_click=_client),
        menu_button(),
        state=Note.thanks,
        getter=_values,
    ),
)
