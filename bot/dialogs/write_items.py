"""An author's items: written and priced in the chat, with the rights declared, then listed.

An expert writes their own; an admin who is no expert here writes the operator's.
"""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Cancel, Column, Row, SwitchTo

from bot.dialogs.item_being_written import author_of, enter
from bot.dialogs.item_content import file, lessons, text, title
from bot.dialogs.item_page import page, remove
from bot.dialogs.item_terms import price, rights, source
from bot.dialogs.states import WriteItem
from bot.shown_items import title_of
from bot.turn import Turn, anew, once, turn_of
from bot.widgets import Label, Tr, choice, menu_button
from catalogue.model import Kind
from workflows.write_items import Written

_LABEL = 40
_KINDS = (Kind.ARTICLE, Kind.COURSE, Kind.FILE)


async def _list(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn, author = turn_of(dialog_manager), await author_of(dialog_manager)
    found = await turn.use_cases.write_items.mine(author)
    answers = []
    if author.expert is not None:
        answers = list(await turn.use_cases.publish_answers.answered(author.expert))
    return {
        "texts": {"count": len(found)},
        "items": [(one.item.id, _line(turn, one)) for one in found],
        "kinds": [(kind, turn.translate.plain(f"write-item-new-{kind}")) for kind in _KINDS],
        "answers": bool(answers),
        "questions": [(one.id, one.text[:_LABEL]) for one in answers],
    }


def _line(turn: Turn, one: Written) -> str:
    state = turn.translate.plain(f"item-state-{one.item.state}")
    title = title_of(one.item, turn.translate.language) or "…"
    return f"{title} · {state} · {one.owners}"


async def _new(_: CallbackQuery, __: Any, manager: DialogManager, kind: str) -> None:
    manager.dialog_data.update({"kind": kind, "question": None})
    anew(manager)
    await manager.switch_to(WriteItem.topic)


async def _of_answer(_: CallbackQuery, __: Any, manager: DialogManager, question: str) -> None:
    manager.dialog_data.update({"kind": Kind.ANSWER, "question": question})
    anew(manager)
    await manager.switch_to(WriteItem.topic)


async def _open(_: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    enter(manager, item_id)
    await manager.switch_to(WriteItem.one)


async def _topics(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn, author = turn_of(dialog_manager), await author_of(dialog_manager)
    topics = await turn.use_cases.read_topics()
    known = [one.id for one in topics.topics if one.parent is not None]
    if author.expert is not None:
        known = list((await turn.use_cases.queries.expert(author.expert)).topics)
    language = turn.translate.language
    return {"topics": [(one, topics.name(one, language)) for one in known]}


async def _topic(_: CallbackQuery, __: Any, manager: DialogManager, topic: str) -> None:
    turn, author, told = turn_of(manager), await author_of(manager), manager.dialog_data
    if told.get("question"):
        language = turn.translate.language
        item = await turn.use_cases.publish_answers.begin(
            author, str(told["question"]), topic, language, turn.translate.plain("item-kind-answer"),
            command=once(manager, "begin"),
        )  # fmt: skip
    else:
        item = await turn.use_cases.write_items.begin(
            author, Kind(told["kind"]), topic, command=once(manager, "begin")
        )
    enter(manager, item.id)
    await manager.switch_to(WriteItem.title)


write_items = Dialog(
    Window(
        Tr("write-items"),
        Column(choice("item", "items", _open)),
        Column(choice("kind", "kinds", _new)),
        SwitchTo(
            Label("write-item-of-answer"), id="answers", state=WriteItem.answers, when="answers"
        ),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=WriteItem.list,
        getter=_list,
    ),
    Window(
        Tr("write-item-answers"),
        Column(choice("question", "questions", _of_answer)),
        Row(SwitchTo(Label("button-back"), id="back", state=WriteItem.list), menu_button()),
        state=WriteItem.answers,
        getter=_list,
    ),
    Window(
        Tr("write-item-topic"),
        Column(choice("topic", "topics", _topic)),
        Row(SwitchTo(Label("button-back"), id="back", state=WriteItem.list), menu_button()),
        state=WriteItem.topic,
        getter=_topics,
    ),
    title,
    text,
    lessons,
    file,
    price,
    rights,
    source,
    page,
    remove,
)
