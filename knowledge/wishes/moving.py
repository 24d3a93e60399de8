"""Which time is to be moved, and where to: "my Friday session to Monday 3pm", "周五的改到下周一"."""

from collections.abc import Sequence
from datetime import timedelta

import regex

# what stands behind is the new time
_TO = regex.compile(
    r"\b(?:to|until|till|onto)\b|(?:改|换|挪|移|调|推迟|延|提前|推)[到成至]|(?:can|could) (?:we|i|you)\b|\blet'?s\b"
)
_INSTEAD_OF = regex.compile(r"\b(?:instead of|rather than)\b.*$|而不是.*$")
_NUMBER = r"\d{1,3}|an?|one|two|three|half an?|a couple of|半个?|[一两二三]个?半?"
_SHIFT = regex.compile(
    rf"\b(?P<n>{_NUMBER}) (?P<unit>minute|min|hour|day|week)s?(?: or so)? (?P<way>later|earlier|sooner)\b"
    rf"|\b(?P<way>back|forward) (?:by )?(?P<n>{_NUMBER}) (?P<unit>minute|min|hour|day|week)s?\b"
    rf"|\b(?P<way>push|delay|postpone|shift|move)\b(?: \w+){{0,3}} by (?P<n>{_NUMBER}) (?P<unit>minute|min|hour|day|week)s?\b"
    rf"|(?P<way>推迟|延后|往后[推挪]?|晚|提前|往前[推挪]?|早)到?(?P<n>\d{{1,3}}|半个?|[一两二三]个?半?)个?(?P<unit>分钟|小时|钟头|天|周|星期)"
)
_UNITS = {
    "minute": 1, "min": 1, "分钟": 1, "hour": 60, "小时": 60, "钟头": 60, "day": 1440, "天": 1440,
    "week": 10080, "周": 10080, "星期": 10080,
}  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "a couple of": 2, "half a": 0.5, "half an": 0.5,
    "半": 0.5, "一": 1, "两": 2, "二": 2, "三": 3, "一半": 1.5, "两半": 2.5, "二半": 2.5, "三半": 3.5,
}  # fmt: skip
_EARLIER = ("earlier", "sooner", "forward", "提前", "往前", "早")
_CLAUSES = regex.compile(r"[,，。;；.!！?？]+(?!\d)")


def parts_of_move(text: str) -> Sequence[str]:
    """The pieces of a text of which one may say the new time, and another the old one: the last
    that names a time is the new one, the first of several the old one."""
    plain = text.casefold().replace("’", "'")
    pieces = []
    for clause in _CLAUSES.split(plain):
        instead = _INSTEAD_OF.search(clause)
        if instead:
            pieces.append(instead.group())
        pieces += _TO.split(_INSTEAD_OF.sub("", clause))
    return [piece.strip() for piece in pieces if piece.strip()]


def shift(text: str) -> timedelta | None:
    """By how much a session is to begin later, or earlier: "an hour later", "提前半小时"."""
    found = _SHIFT.search(text.casefold())
    if found is None:
        return None
    number = found["n"].replace("个", "")
    count = int(number) if number.isdigit() else _NUMBERS[number]
    by = timedelta(minutes=count * _UNITS[found["unit"]])
    return -by if found["way"].startswith(_EARLIER) else by
