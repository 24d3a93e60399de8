"""Texts by key, in the reader's language and time zone, from the Fluent catalogues."""

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_currency
from fluent.runtime import FluentBundle, FluentResource

from kernel.languages import DEFAULT_LANGUAGE, nearest_language
from kernel.money import Money, decimals
from texts.values import Key, Localized, Markup, Value

_FOLDER = Path(__file__).parent
_LOCALES = {"en": "en_US", "zh": "zh_Hans_CN"}
_BEFORE_TIME = {"en": ", ", "zh": " "}


class TextMissing(KeyError):
    """No catalogue has this key: a bug, found by the catalogue test."""


@cache
def bundle(language: str) -> FluentBundle:
    """All texts of one language."""
    texts = FluentBundle([language], use_isolating=False)
    for file in sorted((_FOLDER / language).glob("*.ftl")):
        texts.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return texts


@dataclass(frozen=True)
class Translator:
    """Renders texts for one reader. `zone` is their IANA time zone."""

    language: str = DEFAULT_LANGUAGE
    zone: str = "UTC"

    def __call__(self, key: str, /, **values: Value) -> str:
        """The text as Telegram HTML; strings among `values` are escaped.

        Raises TextMissing for an unknown key and ValueError for a missing variable.
        """
        return self.text(key, values)

    def text(self, key: str, values: Mapping[str, Value]) -> str:
        """Like calling it, with the values as one mapping."""
        texts = bundle(self._spoken)
        if not texts.has_message(key):
            raise TextMissing(key)
        pattern = texts.get_message(key).value
        if pattern is None:
            raise TextMissing(key)
        shown = {name: self._shown(value) for name, value in values.items()}
        rendered, errors = texts.format_pattern(pattern, shown)
        if errors:
            raise ValueError(f"{key}: {errors[0]}")
        return str(rendered)

    def plain(self, key: str, /, **values: Value) -> str:
        """The text without HTML escapes, for button labels and file names."""
        return html.unescape(self.text(key, values))

    def money(self, amount: Money) -> str:
        """The amount as its reader writes it: $60.00, ¥200.00, 100 ⭐."""
        if amount.currency == "XTR":
            return f"{amount.minor} ⭐"
        number = Decimal(amount.minor).scaleb(-decimals(amount.currency))
        return str(format_currency(number, amount.currency, locale=self._locale))

    def instant(self, when: datetime, skeleton: str | None = None) -> str:
        """The instant in the reader's zone: day and time, or what a CLDR skeleton asks for."""
        if skeleton is None:
            return f"{self.instant(when, 'MMMEd')}{_BEFORE_TIME[self._spoken]}{self.time(when)}"
        local = when.astimezone(ZoneInfo(self.zone))
        return str(format_skeleton(skeleton, local, locale=self._locale))

    def span(self, start: datetime | None, end: datetime | None) -> str:
        """From one instant to another (None is open): whole days as days, a day once."""
        if start is None or end is None:
            ends = ("" if one is None else self.instant(one) for one in (start, end))
            return " – ".join(ends)
        zone = ZoneInfo(self.zone)
        first, beyond = start.astimezone(zone), end.astimezone(zone)
        last = beyond - timedelta(minutes=1)
        until_midnight = beyond.time() == time()
        if until_midnight and first.time() == time():
            days = [self.instant(one, "MMMEd") for one in (first, last)]
            return " – ".join(dict.fromkeys(days))
        if first.date() == last.date():
            return f"{self.instant(start)}–{'24:00' if until_midnight else self.time(end)}"
        return f"{self.instant(start)} – {self.instant(end)}"

    def time(self, when: datetime) -> str:
        """What the reader's clock shows, such as 19:30."""
        return when.astimezone(ZoneInfo(self.zone)).strftime("%H:%M")

    def listed(self, items: Iterable[str]) -> str:
        """Items one after another, with the language's mark between them."""
        return self.plain("list-mark").join(items)

    def amounts(self, amounts: Iterable[Money]) -> str:
        """Amounts one after another; empty when there are none."""
        return self.listed(map(self.money, amounts))

    def language_name(self, code: str, *, of: str | None = None) -> str:
        """A language's name, in the reader's own language or in the language `of`."""
        name = Locale.parse(_LOCALES[of] if of else self._locale).languages.get(code)
        return str(name or code)

    @property
    def _spoken(self) -> str:
        return nearest_language(self.language)

    @property
    def _locale(self) -> str:
        return _LOCALES[self._spoken]

    def _shown(self, value: Value) -> str | int | float:
        match value:
            case datetime():
                return self.instant(value)
            case Money():
                return self.money(value)
            case Localized():
                return html.escape(value.in_language(self.language), quote=False)
            case Key():
                return self.text(value.key, {})
            case Markup():
                return value.html
            case str():
                return html.escape(value, quote=False)
            case _:
                return value
