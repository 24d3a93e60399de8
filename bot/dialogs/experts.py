"""Expert cards and an expert's page."""

from collections.abc import Sequence
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, StartMode, Window
from aiogram_dialog.widgets.kbd import Back, Button, Cancel, Column, Row, Start, SwitchTo

from bot.dialogs.book_times import times_data
from bot.dialogs.states import Ask, Book, Experts, Questionnaire, Subscribe
from bot.shown import card_text, expert_text
from bot.turn import dialog_value, turn_of
from bot.widgets import Label, Shown, Tr, choice, menu_button
from bot.wish_data import from_data
from kernel.ids import ExpertId, OfferId
from knowledge.wishes.hours import END_OF_DAY
from matching.model import Listed
from people.model import BlockedBy
from texts.translator import Translator
from texts.values import Value
from workflows.find_expert import ExpertCard, Search
from workflows.topics import Taxonomy

_WIDER = ("budget", "after", "before", "hours", "minutes", "language", "cheapest")
_LAST_MINUTE = f"{END_OF_DAY:%H:%M}"


async def _cards(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    asked = dict(dialog_value(dialog_manager, "search") or {})
    search = _search(asked, turn.translate.language)
    seen = [ExpertId(one) for one in dialog_manager.dialog_data.get("seen") or []]
    cards = await turn.use_cases.find_experts(search, person=turn.member, others=seen)
    no_others = bool(seen) and not cards
    if no_others:
        dialog_manager.dialog_data["seen"] = []
        cards = await turn.use_cases.find_experts(search, person=turn.member)
    # who waits waits for those who are shown
    dialog_manager.dialog_data["offers"] = [card.offer.id for card in cards]
    dialog_manager.dialog_data["shown"] = [[card.expert.id, dict(card.features)] for card in cards]
    dialog_manager.dialog_data["names"] = [card.expert.name for card in cards]
    full = bool(cards) and all(card.next_slot is None for card in cards)
    waiting = full and await turn.use_cases.waitlist.waits_among(
        turn.member.id, _shown_offers(dialog_manager)
    )
    then = "yes" if search.after or search.before or search.hours else "no"
    topics = await turn.use_cases.read_topics()
    near = bool(cards) and all(
        _others(one, asked.get("topic"), topics, turn.translate) for one in cards
    )
    topic = topics.name(asked.get("topic"), turn.translate.language)
    disclaimer = topics.disclaimer(asked.get("topic"), turn.translate.language)
    return {
        "texts": {
            "filters": _filters(dialog_manager, asked, topic), "count": len(cards),
            "then": then,
        },
        "notes": _notes(turn.translate, search, asked, cards),
        "cards": "\n\n".join(
            card_text(turn.translate, card, place, then=then,
                      other_topics=_others(card, asked.get("topic"), topics, turn.translate))
            for place, card in enumerate(cards, start=1)
        ),
        "experts": [(card.expert.id, _label(card, place))
                    for place, card in enumerate(cards, start=1)],
        "disclaimer": f"\n<i>{disclaimer}</i>" if disclaimer else "",
        "found": bool(cards) and not full and not near, "near": near and not full,
        "no_others": no_others,
        "full": full, "waiting": waiting, "can_wait": full and not waiting,
        "none": not cards,
        "narrowed": any(asked.get(name) for name in _WIDER),
    }  # fmt: skip


def _notes(
    translate: Translator, search: Search, asked: dict[str, Any], cards: Sequence[ExpertCard]
) -> str:
    """What of the wish could not be heeded, and why."""
    notes = []
    budget = search.budget
    prices = [card.offer.price for card in cards if card.offer.price]
    if budget is not None and any(one.currency != budget.currency for one in prices):
        comparable = any(one.currency == budget.currency for one in prices)
        notes.append(
            translate("experts-other-currency", budget=budget, some="yes" if comparable else "no")
        )
    if asked.get("by_gender"):
        notes.append(translate("experts-by-gender"))
    return "\n".join(notes)


def _shown_offers(manager: DialogManager) -> list[OfferId]:
    return [OfferId(each) for each in manager.dialog_data["offers"]]


def _others(card: ExpertCard, asked: str | None, topics: Taxonomy, translate: Translator) -> str:
    """What an expert of a neighbouring topic works on; empty for one of the topic itself."""
    if asked is None or topics.covers(asked, card.expert.topics):
        return ""
    return translate.listed(topics.name(one, translate.language) for one in card.expert.topics)


def _label(card: ExpertCard, place: int) -> str:
    return f"{place}. {card.expert.name}"


def _search(asked: dict[str, Any], language: str) -> Search:
    wish = from_data(asked)
    return Search(
        text=asked.get("text") or "",
        topic=wish.topic,
        budget=wish.budget,
        after=wish.after,
        before=wish.before,
        hours=wish.hours,
        minutes=wish.minutes,
        language=wish.language or language,
        cheapest=wish.cheapest,
    )


def _filters(manager: DialogManager, asked: dict[str, Any], topic: str) -> str:
    """What was understood of the wish, so that the person sees and can correct it."""
    translate = turn_of(manager).translate
    search = _search(asked, translate.language)
    parts = [topic] if topic else []
    if search.after is not None or search.before is not None:
        parts.append(translate.span(search.after, search.before))
    if search.hours is not None:
        start, end = (f"{one:%H:%M}" for one in search.hours)
        parts.append(f"{start}–{'24:00' if end == _LAST_MINUTE else end}")
    if search.budget is not None:
        parts.append(translate.plain("filter-budget", budget=search.budget))
    if search.minutes is not None:
        parts.append(translate.plain("filter-minutes", minutes=search.minutes))
    if asked.get("language"):
        parts.append(translate.language_name(asked["language"]))
    if search.cheapest:
        parts.append(translate.plain("filter-cheapest"))
    return " · ".join(parts) or translate.plain("filter-none")


async def _open(_: CallbackQuery, __: Any, manager: DialogManager, expert_id: str) -> None:
    turn = turn_of(manager)
    manager.dialog_data["expert"] = expert_id
    among = [Listed(ExpertId(one), of) for one, of in manager.dialog_data.get("shown", [])]
    await turn.use_cases.note_view(
        turn.member, ExpertId(expert_id), command=turn.command("view"), among=among
    )
    await manager.switch_to(Experts.page)


async def _widen(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    asked = dict(dialog_value(manager, "search") or {})
    manager.dialog_data.update(search={**asked, **dict.fromkeys(_WIDER)}, seen=[])


async def _wait(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    search = _search(dict(dialog_value(manager, "search") or {}), turn.translate.language)
    await turn.use_cases.waitlist.join_any(
        turn.member.id, _shown_offers(manager), frm=search.after, until=search.before,
        command=turn.command("wait-any"),
    )  # fmt: skip
    await callback.answer(turn.translate.plain("waitlist-joined"), show_alert=True)


async def _wait_no_more(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.waitlist.leave_any(
        turn.member.id, _shown_offers(manager), command=turn.command("leave-any")
    )


async def _page(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    expert_id = ExpertId(dialog_value(dialog_manager, "expert"))
    page = await turn.use_cases.read_expert(expert_id)
    topics = await turn.use_cases.read_topics()
    names = [topics.name(one, turn.translate.language) for one in page.expert.topics]
    disclaimers = [topics.disclaimer(one, turn.translate.language) for one in page.expert.topics]
    written = await turn.use_cases.written_questions.offered(expert_id)
    plan = await turn.use_cases.subscriptions.offered(expert_id)
    apart = await turn.use_cases.hide_expert.between(turn.member.id, expert_id)
    texts: dict[str, Value] = {"expert": page.expert.name}
    if written is not None:
        texts |= {"price": written.price, "hours": written.hours}
    if plan is not None:
        texts |= {"questions": plan.questions, "monthly": plan.price}
    return {
        "answers": written is not None and apart is None,
        "subscribable": plan is not None and apart is None,
        "hidden": apart is BlockedBy.CLIENT,
        "not_available": apart is BlockedBy.EXPERT,
        "shown": apart is not BlockedBy.CLIENT,
        "texts": texts,
        "page": expert_text(turn.translate, page, topics=names),
        "disclaimer": "".join(f"\n<i>{one}</i>" for one in dict.fromkeys(disclaimers) if one),
        "bookable": bool(page.offers) and apart is None,
    }


async def _ask(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.start(Ask.text, data={"expert": dialog_value(manager, "expert")})


async def _subscribe(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.start(Subscribe.page, data={"expert": dialog_value(manager, "expert")})


async def _hide(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.hide_expert(
        turn.member, ExpertId(dialog_value(manager, "expert")), command=turn.command("hide")
    )
    await callback.answer(turn.translate.plain("expert-hidden-now"), show_alert=True)
    await manager.switch_to(Experts.page)


async def _show_again(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.hide_expert.take_back(
        turn.member, ExpertId(dialog_value(manager, "expert")), command=turn.command("show-again")
    )


async def _book(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    asked = dict(dialog_value(manager, "search") or {})
    await manager.start(
        Book.offer, data=times_data(dialog_value(manager, "expert"), from_data(asked))
    )


experts = Dialog(
    Window(
        Tr("experts-no-others", when="no_others"),
        Tr("experts-found", when="found"),
        Tr("experts-near", when="near"),
        Tr("experts-full", when="full"),
        Tr("experts-none", when="none"),
        Shown("notes", when="notes"),
        Shown("cards"),
        Shown("disclaimer", when="disclaimer"),
        Column(choice("expert", "experts", _open)),
        Button(Label("experts-wait"), id="wait", on_click=_wait, when="can_wait"),
        Button(Label("experts-wait-no-more"), id="leave", on_click=_wait_no_more, when="waiting"),
        Button(Label("experts-widen"), id="widen", on_click=_widen, when="narrowed"),
        Start(
            Label("experts-refine"), id="refine", state=Questionnaire.field,
            mode=StartMode.RESET_STACK,
        ),
        Row(
            Cancel(Label("button-back"), id="back"),
            menu_button(),
        ),
        state=Experts.cards,
        getter=_cards,
    ),
    Window(
        Shown("page"),
        Shown("disclaimer", when="disclaimer"),
        Tr("expert-is-hidden", when="hidden"),
        Tr("error-expert-not-available", when="not_available"),
        Button(Label("button-see-times"), id="book", on_click=_book, when="bookable"),
        Button(Label("question-offer"), id="ask", on_click=_ask, when="answers"),
        Button(
            Label("subscription-offer"), id="subscribe", on_click=_subscribe, when="subscribable"
        ),
        SwitchTo(Label("expert-hide"), id="hide", state=Experts.hide, when="shown"),
        Button(Label("expert-show-again"), id="show", on_click=_show_again, when="hidden"),
        Row(
            Back(Label("button-back"), id="back"),
            menu_button(),
        ),
        state=Experts.page,
        getter=_page,
    ),
    Window(
        Tr("expert-hide-ask"),
        Button(Label("expert-hide-yes"), id="yes", on_click=_hide),
        SwitchTo(Label("button-back"), id="back", state=Experts.page),
        state=Experts.hide,
        getter=_page,
    ),
)  # fmt: skip
