"""A budget in a text: an amount with a currency, or a bare number after "budget"."""

import regex

from kernel.money import Money, decimals

_UNITS = {
    "USD": r"\$|us\$|usd|dollars?|bucks|美元|美金|美刀|刀",
    "CNY": r"rmb|cny|yuan|元|块钱|块|人民币",
    "EUR": r"€|eur|euros?|欧元",
    "GBP": r"£|gbp|pounds?(?! sterling)|英镑",
    "HKD": r"hk\$|hkd|港币|港元",
    "JPY": r"jpy|yen|日元|円",
}
_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?"
_UNIT = "|".join(rf"(?P<{code}>{words})" for code, words in _UNITS.items()) + r"|(?P<sign>¥)"
_RANGE = rf"{_NUMBER}(?:\s*(?:-|–|~|to|到|至)\s*(?:\$|€|£|¥)?\s*{_NUMBER})?"
_SIGN_FIRST = regex.compile(rf"(?:{_UNIT})\s*{_RANGE}", regex.IGNORECASE)
_UNIT_LAST = regex.compile(rf"{_RANGE}\s*(?:{_UNIT})(?!\p{{Latin}})", regex.IGNORECASE)
_BARE = regex.compile(
    rf"(?:budget|at most|up to|max(?:imum)?|no more than|预算|不超过|最多)[^\d\n]{{0,12}}{_RANGE}"
    r"(?![\d.,]|\s*(?:min|hour|h\b|day|week|people|点|号|分|小时|天|周|月|人|:))",
    regex.IGNORECASE,
)
_CHINESE_AMOUNT = regex.compile(
    r"([一二两三四五六七八九]?[百千万]?[一二两三四五六七八九]?[百十]?)(?=元|块)"
)
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_WORDS = {
    "ten": 10, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "a hundred": 100, "one hundred": 100, "two hundred": 200,
    "three hundred": 300, "five hundred": 500,
}  # fmt: skip
_WORD_AMOUNT = regex.compile(
    rf"\b({'|'.join(sorted(_WORDS, key=len, reverse=True))})(?=\s+(?:dollars?|bucks|euros?|yuan))"
)


def read_budget(text: str, *, language: str) -> Money | None:
    """The most a person wants to pay, or None.

    Of a range the upper end counts. `text` is normalized. A bare number, and the sign that yen
    and yuan share, take the currency that the `language` suggests.
    """
    text = _with_digits(text.casefold())
    home = "CNY" if language == "zh" else "USD"
    for pattern in (_SIGN_FIRST, _UNIT_LAST):
        found = pattern.search(text)
        if found:
            named = next((code for code in _UNITS if found[code]), None)
            return _money(found, named or ("CNY" if found["sign"] else home))
    found = _BARE.search(text)
    return _money(found, home) if found else None


def _money(found: regex.Match[str], currency: str) -> Money:
    numbers = [value for value in found.groups() if value and regex.fullmatch(r"[\d,]+", value)]
    fractions = [value for value in found.groups() if value and value.startswith(".")]
    whole = max(int(number.replace(",", "")) for number in numbers)
    minor = whole * 10 ** decimals(currency)
    if fractions and len(numbers) == 1 and decimals(currency) == 2:
        minor += int(fractions[0][1:].ljust(2, "0"))
    return Money(minor, currency)


def _with_digits(text: str) -> str:
    """Amounts in words as digits: "eighty dollars", "两百元"."""
    text = _WORD_AMOUNT.sub(lambda found: str(_WORDS[found[1]]), text)
    return _CHINESE_AMOUNT.sub(lambda found: _chinese(found[1]), text)


def _chinese(words: str) -> str:
    if not words:
        return words
    total, digit = 0, 0
    for sign in words:
        if sign in _PLACES:
            total += (digit or 1) * _PLACES[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return str(total + digit)


def budget_words(text: str) -> regex.Match[str] | None:
    """Where a text names an amount."""
    for pattern in (_SIGN_FIRST, _UNIT_LAST, _BARE):
        found = pattern.search(text)
        if found:
            return found
    return None
