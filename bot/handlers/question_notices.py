"""Buttons under notices about written questions and subscriptions."""

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from bot.dialogs.menu import open_above
from bot.dialogs.states import Answer, Ask, Experts, Subscribe
from bot.filters import Data, PlainData
from bot.turn import turn_of

router = Router(name="question_notices")
router.callback_query.filter(PlainData())


@router.callback_query(Data("question:answer:"))
async def answer(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """An expert answers a question."""
    turn = turn_of(dialog_manager)
    question = (callback.data or "").rpartition(":")[2]
    await turn.use_cases.written_questions.one(question, turn.member.id)
    await callback.answer()
    await open_above(dialog_manager, Answer.text, {"question": question})


@router.callback_query(Data("question:ask:"))
async def ask(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """Ask an expert in writing."""
    await callback.answer()
    expert_id = (callback.data or "").removeprefix("question:ask:")
    await open_above(dialog_manager, Ask.text, {"expert": expert_id})


@router.callback_query(Data("subscription:open:"))
async def subscription(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """One of the person's subscriptions."""
    turn = turn_of(dialog_manager)
    subscription_id = (callback.data or "").rpartition(":")[2]
    await turn.use_cases.subscriptions.one(subscription_id, turn.member.id)
    await callback.answer()
    await open_above(dialog_manager, Subscribe.one, {"subscription": subscription_id})


@router.callback_query(Data("expert:"))
async def expert(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """The page of an expert who answered."""
    await callback.answer()
    expert_id = (callback.data or "").partition(":")[2]
    await open_above(dialog_manager, Experts.page, {"expert": expert_id})
