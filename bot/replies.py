"""What the bot says to free text, in or outside a dialog."""

from collections.abc import Mapping, Sequence

from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from aiogram_dialog import DialogManager, ShowMode

from bot.dialogs.menu import open_above, open_menu
from bot.dialogs.states import Experts, HalfWish
from bot.follow_ups import go_on, shown_names, shown_wish
from bot.shown_items import item_label
from bot.spoken import carry_out
from bot.turn import Turn, turn_of
from bot.wish_data import to_data
from kernel.errors import DomainError
from knowledge.wishes.completing import Missing, missing
from workflows.answer_question import (
    Answered,
    CommandUnderstood,
    ExpertNamed,
    Followed,
    ItemsFound,
    NothingToBook,
    NotUnderstood,
    Reply,
    Suggested,
    WishUnderstood,
)

LONGEST_TEXT = 2000
_CALLBACK_BYTES = 64
FIRST_QUESTION = {Missing.TOPIC: HalfWish.topic, Missing.DAY: HalfWish.day}
_LONGEST_LABEL = 60


async def reply_to(message: Message, manager: DialogManager) -> bool:
    """Understand a text and say what it asks for; True when something was said or opened.

    Where nothing is understood False is returned, and nothing is said.
    """
    turn = turn_of(manager)
    reply = await turn.use_cases.answer_question(
        turn.member, (message.text or "")[:LONGEST_TEXT], command=turn.command("ask"),
        shown=await shown_wish(manager), names=shown_names(manager),
    )  # fmt: skip
    if isinstance(reply, NotUnderstood):
        return False
    await _say(reply, message, manager)
    return True


async def _say(reply: Reply, message: Message, manager: DialogManager) -> None:
    if await _opened(reply, message, manager):
        return
    turn = turn_of(manager)
    match reply:
        case Answered():
            await say_answer(reply, message, turn, question=message)
        case Suggested():
            await message.answer(
                turn.translate("faq-suggest"),
                reply_markup=_suggestions(turn, reply),
                reply_parameters=_replying(message),
            )
        case ItemsFound():
            labels = [
                (item_label(turn.translate, one), f"item:open:{one.id}") for one in reply.items
            ]
            await message.answer(turn.translate("library-found"), reply_markup=keyboard(labels))
        case NothingToBook():
            way = [(turn.translate.plain("choice-find"), "menu:experts")]
            await message.answer(turn.translate("nothing-to-book"), reply_markup=keyboard(way))
    await show_window_again(manager)


async def _opened(reply: Reply, message: Message, manager: DialogManager) -> bool:
    """True when another window was opened, below which the one so far does not come again."""
    match reply:
        case WishUnderstood():
            state = Experts.cards if reply.complete else FIRST_QUESTION[missing(reply.wish)[0]]
            await open_above(manager, state, {"search": search_of(reply)})
            return True
        case ExpertNamed():
            data = {"expert": reply.expert, "search": search_of(reply)}
            await open_above(manager, Experts.page, data)
            return True
        case Followed():
            return await go_on(reply.found, message, manager)
        case CommandUnderstood():
            return await carry_out(reply.name, message, manager)
        case _:
            return False


async def say_answer(
    reply: Answered, message: Message, turn: Turn, *, question: Message | None
) -> None:
    """An answer with its disclaimer, and whether it was right; it replies to the `question`, so
    that a judgement comes back with the words that were asked."""
    await message.answer(
        await _answer_text(turn, reply),
        reply_markup=_right_or_wrong(turn, reply),
        reply_parameters=_replying(question),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )


def _replying(question: Message | None) -> ReplyParameters | None:
    if question is None:
        return None
    return ReplyParameters(message_id=question.message_id, allow_sending_without_reply=True)


async def show_window_again(manager: DialogManager) -> None:
    """The open window comes below what was just said, so that the journey goes on; the menu where
    what the window is about is gone."""
    if not manager.has_context():
        return
    try:
        await manager.show(ShowMode.DELETE_AND_SEND)
    except DomainError:
        await open_menu(manager)


async def not_understood(message: Message, turn: Turn) -> None:
    """Say so honestly, and offer the choices."""
    await message.answer(turn.translate("not-understood"), reply_markup=choices(turn))


def choices(turn: Turn) -> InlineKeyboardMarkup:
    """What a person can do when words failed."""
    labels = {
        "choice-find": "menu:experts", "choice-sessions": "menu:sessions",
        "choice-human": "menu:human", "choice-menu": "menu:open",
    }  # fmt: skip
    return keyboard([(turn.translate.plain(key), data) for key, data in labels.items()])


def search_of(reply: WishUnderstood | ExpertNamed) -> dict[str, object]:
    """A wish as the experts dialog is started with it."""
    return {"text": reply.text, **to_data(reply.wish)}


async def _answer_text(turn: Turn, reply: Answered) -> str:
    parts = [turn.translate("faq-answer", answer=reply.answer.answer or "")]
    if reply.other_language:
        parts.append(turn.translate("faq-other-language"))
    topics = await turn.use_cases.read_topics()
    disclaimer = topics.disclaimer(reply.topic, turn.translate.language)
    if disclaimer:
        parts.append(turn.translate("faq-disclaimer", disclaimer=disclaimer))
    return "\n\n".join(parts)


def _right_or_wrong(turn: Turn, reply: Answered) -> InlineKeyboardMarkup | None:
    article = reply.answer.article
    if article is None:
        return None
    return keyboard(
        [
            (turn.translate.plain("faq-right"), f"faq:right:{article}"),
            (turn.translate.plain("faq-wrong"), f"faq:wrong:{article}"),
        ],
        width=2,
    )


def _suggestions(turn: Turn, reply: Suggested) -> InlineKeyboardMarkup:
    near = [(_short(one.question), f"faq:show:{one.article}") for one in reply.candidates[:3]]
    return keyboard([*near, (turn.translate.plain("faq-none-of-these"), "faq:none")])


def keyboard(buttons: Sequence[tuple[str, str]], *, width: int = 1) -> InlineKeyboardMarkup:
    """Plain buttons (label, data), `width` a row; data too long for Telegram is left out."""
    fitting = [
        InlineKeyboardButton(text=label, callback_data=data)
        for label, data in buttons
        if len(data.encode()) <= _CALLBACK_BYTES
    ]
    rows = [fitting[start : start + width] for start in range(0, len(fitting), width)]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"


async def settled(callback: CallbackQuery, turn: Turn, key: str) -> None:
    """Say what was done, and take the buttons away."""
    await callback.answer()
    if isinstance(callback.message, Message):
        await callback.message.edit_reply_markup(reply_markup=None)
        await callback.message.answer(turn.translate(key))


async def ask_once_more(
    callback: CallbackQuery, turn: Turn, key: str, choices: Mapping[str, str]
) -> None:
    """Ask before something that cannot be undone; `choices` is the data of each label's key."""
    await callback.answer()
    if isinstance(callback.message, Message):
        buttons = [(turn.translate.plain(label), data) for label, data in choices.items()]
        await callback.message.answer(turn.translate(key), reply_markup=keyboard(buttons))
