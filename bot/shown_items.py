"""How items of the library are shown."""

from bot.turn import Turn
from catalogue.model import Item, ItemState, Kind
from texts.translator import Translator
from texts.values import Value
from workflows.library import ItemPage
from workflows.topics import Taxonomy

_SIGNS = {Kind.ARTICLE: "📄", Kind.COURSE: "🎓", Kind.ANSWER: "💬", Kind.FILE: "📎"}
_LONGEST_LABEL = 60


def title_of(of: Item, language: str) -> str:
    """The title in the reader's language, else in one that exists."""
    return of.in_language(language)[1].title


def item_label(translate: Translator, of: Item, *, owned: bool = False) -> str:
    """An item on a button, with its price, or that they have it."""
    price = "✓" if owned else price_text(translate, of)
    title = title_of(of, translate.language)
    if len(title) > _LONGEST_LABEL:
        title = f"{title[: _LONGEST_LABEL - 1]}…"
    return f"{_SIGNS[of.kind]} {title} · {price}"


def price_text(translate: Translator, of: Item) -> str:
    """What it costs, or that it is free."""
    if of.price is None:
        return "—"
    return translate.money(of.price) if of.price else translate.plain("item-free")


async def item_text(turn: Turn, page: ItemPage) -> str:
    """An item's page: what it is, by whom, with which rights, how it begins, what it costs, and
    what must be said of its topic."""
    topics = await turn.use_cases.read_topics()
    return "\n\n".join(_parts(turn.translate, page, topics))


def _parts(translate: Translator, page: ItemPage, topics: Taxonomy) -> list[str]:
    of = page.item
    language, words = of.in_language(translate.language)
    found = [
        translate(
            "item-head", title=words.title, kind=translate.plain(f"item-kind-{of.kind}"),
            topic=topics.name(of.topic, translate.language),
            author=page.author or translate.plain("item-by-operator"),
        ),
        rights_text(translate, of),
        translate("item-preview", text=of.preview(translate.language)),
    ]  # fmt: skip
    if language != translate.language:
        found.append(translate("item-language", language=translate.language_name(language)))
    if of.state is ItemState.WITHDRAWN:
        found.append(translate("item-withdrawn-but-yours"))
    if page.owned is None:
        key = "item-costs-nothing" if of.is_free else "item-price"
        found.append(translate(key, price=price_text(translate, of)))
    disclaimer = topics.disclaimer(of.topic, translate.language)
    return [*found, translate("item-disclaimer", text=disclaimer)] if disclaimer else found


def rights_text(translate: Translator, of: Item) -> str:
    """The declared rights in words."""
    values: dict[str, Value] = {"source": of.source}
    return translate.text(f"item-rights-{of.rights or 'none'}", values)
