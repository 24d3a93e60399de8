"""An author's page of one of their items: how it stands, and what can be done with it."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo

from bot.dialogs.item_being_written import author_of, item_id, to_one
from bot.dialogs.states import WriteItem
from bot.shown_items import item_label, price_text, rights_text
from bot.turn import turn_of
from bot.widgets import Label, Shown, Tr, choice, menu_button
from catalogue.model import ItemState, Kind
from kernel.languages import LANGUAGES


async def _one(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn, author = turn_of(dialog_manager), await author_of(dialog_manager)
    found = await turn.use_cases.write_items.one(author, item_id(dialog_manager))
    of, translate = found.item, turn.translate
    draft = of.state is ItemState.DRAFT
    waits = of.kind is Kind.ANSWER and of.agreed_at is None
    missing = [one for one in LANGUAGES if one not in of.words]
    words = of.in_language(translate.language)[1]
    lines = [
        translate(
            "write-item-one", title=words.title or "…", text=of.preview(translate.language),
            state=translate.plain(f"item-state-{of.state}"), price=price_text(translate, of),
            languages=translate.listed(translate.language_name(one) for one in of.words),
            owners=found.owners,
        ),
        rights_text(translate, of),
    ]  # fmt: skip
    if of.note and draft:
        lines.append(translate("write-item-note", note=of.note))
    if waits:
        lines.append(translate("write-item-needs-consent"))
    return {
        "text": "\n\n".join(lines),
        "label": item_label(translate, of),
        "draft": draft,
        "file": draft and of.kind is Kind.FILE,
        "asks_consent": draft and waits,
        "can_submit": draft and not waits and author.expert is not None,
        "can_list": draft and not waits and author.expert is None,
        "can_withdraw": of.state in {ItemState.LISTED, ItemState.REVIEW},
        "languages": [
            (one, translate.plain("write-item-language", language=translate.language_name(one)))
            for one in missing
        ] if draft and of.words else [],
    }  # fmt: skip


async def _add_language(_: CallbackQuery, __: Any, manager: DialogManager, language: str) -> None:
    manager.dialog_data.update({"language": language, "written": None})
    await manager.switch_to(WriteItem.title)


async def _write_text(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    found = await turn.use_cases.write_items.one(await author_of(manager), item_id(manager))
    manager.dialog_data["written"] = None
    course = found.item.kind is Kind.COURSE
    await manager.switch_to(WriteItem.lessons if course else WriteItem.text)


async def _submit(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.write_items.submit(
        await author_of(manager), item_id(manager), command=turn.command("submit")
    )


async def _consent(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.publish_answers.ask_consent(
        await author_of(manager), item_id(manager), command=turn.command("consent")
    )
    await callback.answer(turn.translate.plain("write-item-asked"), show_alert=True)


async def _withdraw(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.write_items.withdraw(
        await author_of(manager), item_id(manager), command=turn.command("withdraw")
    )


async def _remove(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.write_items.remove(await author_of(manager), item_id(manager))
    await manager.switch_to(WriteItem.list)


page = Window(
    Shown("text"),
    Button(Label("write-item-consent"), id="consent", on_click=_consent, when="asks_consent"),
    Button(Label("write-item-submit"), id="submit", on_click=_submit, when="can_submit"),
    Button(Label("write-item-list"), id="list", on_click=_submit, when="can_list"),
    Row(
        SwitchTo(Label("write-item-retitle"), id="title", state=WriteItem.title),
        Button(Label("write-item-rewrite"), id="text", on_click=_write_text),
        when="draft",
    ),
    SwitchTo(Label("write-item-refile"), id="file", state=WriteItem.file, when="file"),
    Row(
        SwitchTo(Label("write-item-reprice"), id="price", state=WriteItem.price),
        SwitchTo(Label("write-item-redeclare"), id="rights", state=WriteItem.rights),
        when="draft",
    ),
    Column(choice("language", "languages", _add_language)),
    Button(Label("write-item-withdraw"), id="off", on_click=_withdraw, when="can_withdraw"),
    SwitchTo(Label("write-item-remove"), id="remove", state=WriteItem.remove, when="draft"),
    Row(SwitchTo(Label("button-back"), id="back", state=WriteItem.list), menu_button()),
    state=WriteItem.one,
    getter=_one,
)

remove = Window(
    Tr("write-item-remove-ask"),
    Button(Label("write-item-remove"), id="yes", on_click=_remove),
    to_one(),
    state=WriteItem.remove,
)
