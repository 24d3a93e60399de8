"""An expert's money: pending, payable, paid, each session's split, the account for payouts."""

from typing import Any

from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row, SwitchTo

from bot.dialogs.states import ExpertMoney
from bot.money_texts import earning_line, earning_text, earnings_text
from bot.turn import Turn, turn_of
from bot.widgets import Label, Shown, choice, menu_button
from workflows.money_queries import ExpertMoney as Found

_SHOWN = 12


async def _found(turn: Turn) -> Found | None:
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    if expert is None:
        return None
    return await turn.use_cases.money.expert_money(expert.id, limit=_SHOWN)


async def _home(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    found = await _found(turn)
    if found is None:
        return {"text": turn.translate("expert-home-not-expert"), "earned": [], "expert": False}
    return {
        "text": earnings_text(turn.translate, found),
        "earned": [(one.id, earning_line(turn.translate, one, found)) for one, _ in found.earned],
        "expert": True,
    }


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, earning: str) -> None:
    manager.dialog_data["earning"] = earning
    await manager.switch_to(ExpertMoney.one)


async def _one(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    found = await _found(turn)
    chosen = dialog_manager.dialog_data.get("earning")
    for earned, meeting in found.earned if found else ():
        if found and earned.id == chosen:
            return {"text": earning_text(turn.translate, earned, meeting, found)}
    return {"text": turn.translate("earnings-empty")}


async def _account(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    if expert is None or not isinstance(callback.message, Message):
        return
    link = await turn.use_cases.open_payout_account(expert.id, language=turn.translate.language)
    await callback.message.answer(turn.translate("earnings-account-link", link=link))


async def _statement(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    if expert is None or not isinstance(callback.message, Message):
        return
    made = await turn.use_cases.papers.statements(expert.id, language=turn.translate.language)
    for file in made:
        await callback.message.answer_document(BufferedInputFile(file.content, file.name))


expert_money = Dialog(
    Window(
        Shown("text"),
        Column(choice("earning", "earned", _choose)),
        Button(Label("earnings-statement"), id="year", on_click=_statement, when="expert"),
        Button(Label("earnings-account"), id="account", on_click=_account, when="expert"),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=ExpertMoney.home,
        getter=_home,
    ),
    Window(
        Shown("text"),
        Row(SwitchTo(Label("button-back"), id="back", state=ExpertMoney.home), menu_button()),
        state=ExpertMoney.one,
        getter=_one,
    ),
)  # fmt: skip
