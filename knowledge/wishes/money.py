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
# a number after "under", where nothing follows that it could be a number of
_CEILING = regex.compile(
    r"(?<!\b(?:aged?|kids?|children|child|people|anyone|is|are|was|were) )"
    rf"\b(?:under|below|less than|not more than)\s+{_RANGE}"
    r"(?=\s*(?:$|[,.;!?)](?!\d)|(?:please|pls|per|each|if|for|an hour|a session|total|max|or so)\b))",
    regex.IGNORECASE,
)
_CHINESE_CEILING = regex.compile(
    rf"(?<![\d.]|(?:血压|血糖|体重|年龄|分数|成绩)[^\d，。]{{0,3}}){_RANGE}(?:以内|之内|以下)(?!的?(?:加|减|乘|除|数|运算))"
)
_CHINESE_AMOUNT = regex.compile(
    r"(?<![\d.])([一二两三四五六七八九十][一二两三四五六七八九零百千万十]*)(?=元|块|以内|以下)"
    r"|(?<=(?:预算|不超过|最多|控制在)[^\d一二两三四五六七八九十]{0,3})([一二两三四五六七八九十][一二两三四五六七八九零百千万十]*)"
)
_SHORT_AMOUNT = regex.compile(r"(\d+(?:\.\d+)?)\s*([百千万]|k(?!\p{Latin}))")
# what somebody has, earns or puts somewhere is no price
_OWN_MONEY = regex.compile(
    r"\b(?:invest\w*|saved|savings|salary|earn\w*|income|debts?|loans?|owe|capital|inherit\w*)\b"
    r"|投资|存款|积蓄|攒|月薪|年薪|工资|收入|贷款|欠|手[里头上]有|闲钱|本金"
)
_ABOUT_PRICE = regex.compile(
    r"\b(?:budget|under|below|up to|at most|max(?:imum)?|less than|no more than|price|pay|cost)\b"
    r"|预算|以内|以下|不超过|最多|价格|费用"
)
_CLAUSES = regex.compile(r"[^,，.。!！?？;；]+(?:[.,]\d[^,，.。!！?？;；]*)*")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000, "k": 1000, "万": 10_000}
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
    found = budget_words(_with_digits(text.casefold()))
    if found is None:
        return None
    home = "CNY" if language == "zh" else "USD"
    units = found.groupdict()
    named = next((code for code in _UNITS if units.get(code)), None)
    return _money(found, named or ("CNY" if units.get("sign") else home))


def budget_words(text: str) -> regex.Match[str] | None:
    """Where a text names an amount that is no money of somebody's own."""
    text = _without_own_money(text)
    for pattern in (_SIGN_FIRST, _UNIT_LAST, _BARE, _CEILING, _CHINESE_CEILING):
        found = pattern.search(text)
        if found:
            return found
    return None


def _without_own_money(text: str) -> str:
    # as many blanks, so that what is left stands where it stood
    return _CLAUSES.sub(
        lambda clause: (
            " " * len(clause[0])
            if _OWN_MONEY.search(clause[0]) and not _ABOUT_PRICE.search(clause[0])
            else clause[0]
        ),
        text,
    )


def _money(found: regex.Match[str], currency: str) -> Money:
    numbers = [value for value in found.groups() if value and regex.fullmatch(r"[\d,]+", value)]
    fractions = [value for value in found.groups() if value and value.startswith(".")]
    whole = max(int(number.replace(",", "")) for number in numbers)
    minor = whole * 10 ** decimals(currency)
    if fractions and len(numbers) == 1 and decimals(currency) == 2:
        minor += int(fractions[0][1:].ljust(2, "0"))
    return Money(minor, currency)


def _with_digits(text: str) -> str:
    """Amounts in words as digits: "eighty dollars", "两百元", "1.5万"."""
    text = _WORD_AMOUNT.sub(lambda found: str(_WORDS[found[1]]), text)
    text = _SHORT_AMOUNT.sub(lambda found: f"{float(found[1]) * _PLACES[found[2]]:.0f}", text)
    return _CHINESE_AMOUNT.sub(lambda found: _chinese(found[1] or found[2]), text)


def _chinese(words: str) -> str:
    """ "三百二十" is 320, and "三百二" as well."""
    total, digit, place = 0, 0, 1
    for sign in words:
        if sign in _PLACES:
            place = _PLACES[sign]
            total += (digit or 1) * place
            digit = 0
        else:
            digit = _DIGITS[sign]
            place = 1 if sign == "零" else place
    return str(total + digit * (max(place // 10, 1) if digit else 1))
