"""Dates in words: `24 Dec`, `12月24日`, `next Friday`, `下周五`, `24–26 December`.

`marked` rewrites a text so that each date is `@20261224` and each weekday `#0` (Monday) to `#6`;
what is not a date stays. A date without a year is the next one from today on.
"""

import re
import unicodedata
from datetime import date, timedelta

_DAY = timedelta(days=1)
_WEEK = 7
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ZH_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_ZH_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
              "八": 8, "九": 9}  # fmt: skip
_RELATIVE = {
    "day after tomorrow": 2, "tomorrow": 1, "today": 0, "大后天": 3, "后天": 2, "明天": 1, "今天": 0,
}  # fmt: skip

_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"\b(mon|tue|wed|thu|fri|sat|sun)(?:days?|s|sdays?|nesdays?|rs|rsdays?|urdays?)?\b"
_ZH_NUMBER = re.compile(r"([一二三四五六七八九两]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
                        r"(?=[点时月号次分小天日个周]|$)")  # fmt: skip
_ZH_DAYS = re.compile(
    r"(下下|下|这|本)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])((?:[、,和及]?[一二三四五六日天])*)"
    r"(?:\s*-\s*(?:周|星期|礼拜)?([一二三四五六日天]))?"
)


def plain(text: str) -> str:
    """The text in lower case and half width, with one kind of dash and comma."""
    text = unicodedata.normalize("NFKC", text).lower().replace("、", ",")
    text = re.sub(r"\s*[–—−~～到至]\s*", "-", text)
    return re.sub(r"\s+(?:to|until|till|through)\s+(?=\d|noon|" + "|".join(_WEEKDAYS + _MONTHS)
                  + ")", "-", text)  # fmt: skip


def marked(text: str, *, today: date) -> str:
    """The text with its dates and weekdays marked, in the form of `plain`."""
    text = _ZH_DAYS.sub(lambda found: _chinese_days(found, today), plain(text))
    text = _ZH_NUMBER.sub(lambda found: str(_chinese_number(found[1])), text)
    text = re.sub(
        r"(\d{4})-(\d{2})-(\d{2})", lambda m: _mark(int(m[1]), int(m[2]), int(m[3])), text
    )
    text = re.sub(
        r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]?",
        lambda m: _dated(m[1], int(m[2]), int(m[3]), today), text,
    )  # fmt: skip
    text = re.sub(
        r"@(\d{6})(\d{2})-(\d{1,2})[日号]", lambda m: f"{m[0][:9]}-@{m[1]}{m[3]:0>2}", text
    )
    text = _english_dates(text, today)
    for word, ahead in _RELATIVE.items():
        text = text.replace(word, mark(today + ahead * _DAY))
    text = re.sub(r"\bnext week\b|下周(?!末)|下个?星期(?!\d)", _week(today, 1), text)
    text = re.sub(r"\bthis week\b|本周(?!末)|这周(?!末)", _week(today, 0), text)
    text = re.sub(rf"\b(next|this|coming)\s+{_WEEKDAY}", lambda m: _coming(m, today), text)
    text = re.sub(r"\bweekdays?\b|工作日", "#0-#4", text)
    text = re.sub(r"\bweekends?\b|周末", "#5-#6", text)
    text = re.sub(r"\bevery ?day\b|\bdaily\b|每天|每日", "#0-#6", text)
    return re.sub(_WEEKDAY, lambda m: f"#{_WEEKDAYS.index(m[1])}", text)


def mark(day: date) -> str:
    """How a date is marked."""
    return f"@{day:%Y%m%d}"


def unmark(text: str) -> date:
    """The date of a mark. Raises ValueError for one that no calendar has."""
    return date(int(text[1:5]), int(text[5:7]), int(text[7:9]))


def first_date(text: str, *, today: date) -> date | None:
    """The first date that a text names, a weekday being the coming one; None without any."""
    found = re.search(r"@\d{8}|#\d", marked(text, today=today))
    if found is None:
        return None
    if found[0].startswith("#"):
        return today + (int(found[0][1]) - today.weekday()) % _WEEK * _DAY
    try:
        return unmark(found[0])
    except ValueError:
        return None


def _english_dates(text: str, today: date) -> str:
    def between(day: str, last: str, month: str, year: str | None) -> str:
        number = _MONTHS.index(month) + 1
        first = _dated(year, number, int(day), today)
        return f"{first}-{first[:-2]}{int(last):02}"

    year = r"(?:,?\s*(\d{4}))?"
    text = re.sub(rf"{_ORDINAL}\s*-\s*{_ORDINAL}\s+{_MONTH}{year}",
                  lambda m: between(m[1], m[2], m[3], m[4]), text)  # fmt: skip
    text = re.sub(rf"\b{_MONTH}\s*{_ORDINAL}\s*-\s*{_ORDINAL}(?![\d:]){year}",
                  lambda m: between(m[2], m[3], m[1], m[4]), text)  # fmt: skip
    text = re.sub(rf"\b{_ORDINAL}\s*(?:of\s+)?{_MONTH}{year}",
                  lambda m: _dated(m[3], _MONTHS.index(m[2]) + 1, int(m[1]), today), text)  # fmt: skip
    return re.sub(rf"\b{_MONTH}\s*{_ORDINAL}(?![\d:]){year}",
                  lambda m: _dated(m[3], _MONTHS.index(m[1]) + 1, int(m[2]), today), text)  # fmt: skip


def _mark(year: int, month: int, day: int) -> str:
    return f"@{year:04}{month:02}{day:02}"


def _dated(year: str | None, month: int, day: int, today: date) -> str:
    if year:
        return _mark(int(year), month, day)
    for ahead in range(8):  # a leap day comes within eight years
        try:
            found = date(today.year + ahead, month, day)
        except ValueError:
            continue
        if found >= today:
            return mark(found)
    return _mark(today.year, month, day)


def _coming(found: re.Match[str], today: date) -> str:
    weekday = _WEEKDAYS.index(found[2])
    if found[1] == "coming":
        return mark(today + ((weekday - today.weekday() - 1) % _WEEK + 1) * _DAY)
    return mark(_monday(today) + (weekday + _WEEK * (found[1] == "next")) * _DAY)


def _chinese_days(found: re.Match[str], today: date) -> str:
    which, first, more, last = found.groups()
    days = [_ZH_WEEKDAYS[each] for each in first + re.sub("[^一二三四五六日天]", "", more)]
    if which is not None:
        monday = _monday(today) + {"下下": 2, "下": 1}.get(which, 0) * _WEEK * _DAY
        marks = [mark(monday + day * _DAY) for day in days]
        end = f"-{mark(monday + _ZH_WEEKDAYS[last] * _DAY)}" if last else ""
    else:
        marks = [f"#{day}" for day in days]
        end = f"-#{_ZH_WEEKDAYS[last]}" if last else ""
    return f" {','.join(marks)}{end} "


def _week(today: date, ahead: int) -> str:
    monday = _monday(today) + ahead * _WEEK * _DAY
    return f"{mark(monday)}-{mark(monday + 6 * _DAY)}"


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY


def _chinese_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _ZH_DIGITS[text]
    return (_ZH_DIGITS[tens] if tens else 1) * 10 + (_ZH_DIGITS[ones] if ones else 0)
