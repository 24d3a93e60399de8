"""Reads a whole wish: topic, when, how long, how much, in which language, how urgent."""

from calendar import monthrange
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import regex

from knowledge.model import Wish
from knowledge.topics import TopicFinder
from knowledge.wishes import recognizer
from knowledge.wishes.gender import wants_gender, without_gender
from knowledge.wishes.money import read_budget
from knowledge.wishes.when import Span, When, read_when
from vectors.normal import normalize

_MENTIONS_TIME = {
    "en": regex.compile(
        r"\d|\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?s?\b|\b(?:to(?:day|night|morrow)"
        r"|tmrw?|morning|noon|afternoon|evening|night|week(?:end|day)?|month|hour|minutes?"
        r"|january|february|march|april|june|july|august|september|october|november|december)s?\b"
    ),
    "zh": regex.compile(
        r"\d|天|日|[今明]晚|早|晚|上午|中午|下午|周|星期|礼拜|点|小时|分钟|月|号|刻"
    ),
}
_DIGITS = regex.compile(r"\d")
_URGENT = regex.compile(
    r"\b(?:urgent(?:ly)?|asap|as soon as possible|right (?:now|away)|immediately|emergency|at once)\b"
    r"|紧急|加急|尽快|马上|立刻|急需|急着|越快越好|立马"
)
_CHEAPEST = regex.compile(
    r"\b(?:cheap(?:er|est|ish)?|(?:less|not (?:so|too|that)) (?:expensive|pricey)|too (?:expensive|pricey|dear)"
    r"|(?:most |more )?affordable|inexpensive|lower[- ]priced?|lowest (?:price|cost)|low[- ]cost|on a budget)\b"
    r"|便宜|太贵|贵了|不[要太]?贵|实惠|低价|价格低|性价比"
)
_LANGUAGES = {
    "en": regex.compile(
        r"\b(?:in|speaks?|speaking) english\b|\benglish[- ]speaking\b|(?:说|讲|用|会)英[语文]|英[语文](?:专家|咨询|沟通)"
    ),
    "zh": regex.compile(
        r"\b(?:in|speaks?|speaking) (?:chinese|mandarin)\b|\b(?:chinese|mandarin)[- ]speaking\b"
        r"|(?:说|讲|用|会)(?:中文|普通话|汉语|国语)|中文(?:专家|咨询|沟通)"
    ),
}
_DAY_NAMES = {
    "mon": "monday", "tue": "tuesday", "tues": "tuesday", "wed": "wednesday", "thu": "thursday",
    "thur": "thursday", "thurs": "thursday", "fri": "friday", "sat": "saturday", "sun": "sunday",
}  # fmt: skip
_IN_OTHER_WORDS = {
    regex.compile(r"\b(?:tonite|2nite|2night)\b"): "tonight",
    regex.compile(r"\b(?:tmrw?|tmw|tmmrw|2moro|2morrow|tomm?orr?ow)\b"): "tomorrow",
    # who says when they are free, not what their days are like
    regex.compile(r"(?:(?<=day |tomorrow )|^)after work(?=$|[,.?! ]*(?:please|pls|would|works|is|if|on)\b|[.?!,])"): "after 6pm",
    regex.compile(r"(?:(?<=(?:周|星期|礼拜)[一二三四五六日天]|[今明后]天)|^)下班[之以]?后(?=$|的?时间|[吧呢都行可有,。?!，？！])"): "晚上6点以后",
}  # fmt: skip
_SHORT_DAY = regex.compile(rf"\b({'|'.join(_DAY_NAMES)})\b\.?")
# "Saturday mornings are best": the recogniser takes a plural for each week's
_PLURAL_DAY = regex.compile(
    r"\b((?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:s\b|(?= (?:morning|afternoon|evening|night)s\b))"
    r"(?: (morning|afternoon|evening|night)s\b)?"
)
_END_OF_MONTH = regex.compile(
    r"(?<=\b(?:by|before|until|till) )(?:the )?end of (?:the|this) month\b|(?<![\d个])(?:这个|本)?月底(?P<before>[之以]?前)?"
)
# "便宜一点" is no hour
_A_LITTLE = regex.compile(
    r"(?<=\p{Han})(?:(?<![午上晨天日末号一二三四五六在到约至于是])|(?=一点[都也儿]))一点(?!半|钟)"
)
# a greeting names no time
_GREETING = regex.compile(
    r"\bgood (?:morning|afternoon|evening|night|day)\b|[早晚]上好|[上中下]午好|早安|晚安"
)
_BARE_WEEKEND = regex.compile(r"(?<!\b(?:this|next|last|a|every) )\b(?:the )?weekends?\b")
_CLAUSE = regex.compile(
    r"(?<=\w) (?=(?:after|before) (?:\d|noon|six|seven|eight|nine|ten|five|four))"
)
_BARE_HOUR = regex.compile(
    r"\b(after|before) (\d{1,2})(?!\d|\s*(?::|am|pm|o'clock|days?|hours?|weeks?))\b"
)
_LATER_TODAY = regex.compile(r"\blater today\b")
# what led to the wish: nobody books a time that is over
_BACKGROUND = regex.compile(
    r"\b(?:yesterday|recently|lately|these days"
    r"|(?:the )?(?:last|past) (?:(?:\d+|(?:a )?few|couple of|several|two|three|four|five|six|ten) )?"
    r"(?:days?|nights?|weeks?|weekend|months?|years?|summer|winter|spring|autumn|fall)(?! of)"
    r"|last (?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?"
    r"|(?:\d+|an?|one|two|three|four|five|six|seven|ten|some|(?:a )?few|(?:a )?couple of) "
    r"(?:hours?|days?|weeks?|months?|years?) ago"
    r"|since (?:the )?(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december|summer|winter|spring|autumn|childhood|\d{4}))\b"
    r"|(?:最近|过去|近)(?:[\d一两二三四五六七八九十几半]+(?:个多?月|年|周|星期|天)(?:以?来)?(?!之?内|以内))?"
    r"|近来|昨[天晚]|前天|去年|前年"
    r"|(?<![早晚])上个?(?:周末?|星期|礼拜|月)(?:[一二三四五六日天](?!点))?"
    r"|[\d一两二三四五六七八九十几半]+(?:个多?月|年|周|星期|天)以?前"
)
_CLEARER = {
    regex.compile(r"\b(?:not|no|never) (?:before|earlier than)\b"): "after",
    regex.compile(r"\b(?:not|no|never) (?:after|later than)\b"): "before",
    regex.compile(r"不(?:要|能)?早于\s*([^,。]{1,6}?点半?)"): r"\1以后",
    regex.compile(r"不(?:要|能)?晚于\s*([^,。]{1,6}?点半?)"): r"\1以前",
    regex.compile(r"\bhalf-hour\b"): "30 minutes",
    regex.compile(r"([早晚]上)(?=(?:周|星期|礼拜)[一二三四五六日天末])"): r"\1,",
    # so long, not so soon
    regex.compile(r"(小时|分钟)[之以]?内的"): r"\1的",
}
_ENGLISH_DAY = regex.compile(r"\bthe (\d{1,2})(?:st|nd|rd|th)\b(?! (?:of|grade|century|time))")
_AND_A_HALF = regex.compile(r"([一两二三\d])个半小时")
_DAY_OF_MONTH = regex.compile(r"(?<![月\d])(\d{1,2})[号日](?!线)")
_ABOUT_MONEY = regex.compile(
    r"[$€£¥]\s*\d[\d,.]*|\d[\d,.]*\s*(?:dollars?|bucks|usd|euros?|yuan|元|块)"
)
_HOURS = {"一": 1, "两": 2, "二": 2, "三": 3} | {str(digit): digit for digit in range(10)}
_MAX_CHARACTERS = 500


class WishReader:
    """Turns a text into a Wish. The heavy recognisers run only where a time is mentioned."""

    def __init__(self, topics: TopicFinder) -> None:
        self._topics = topics

    def warm(self) -> None:
        """Loads and compiles everything a first message would wait for."""
        recognizer.warm()

    def read(self, text: str, *, now: datetime, zone: str, language: str) -> Wish:
        """What the text asks for, seen from a person in the IANA `zone` at `now` (aware).

        `language` is that of the text. Raises ZoneInfoNotFoundError for an unknown zone.
        """
        place = ZoneInfo(zone)
        text = normalize(text)[:_MAX_CHARACTERS].casefold()
        for pattern, instead in _IN_OTHER_WORDS.items():
            text = pattern.sub(instead, text)
        spoken = language if language in _MENTIONS_TIME else "en"
        when = _when(text, now.astimezone(place).replace(tzinfo=None), spoken)
        after, before = _instants(when.span, place)
        return Wish(
            topic=self._topics.find(without_gender(_without_prices(_without_languages(text)))),
            after=after,
            before=before,
            hours=when.hours,
            minutes=when.minutes,
            budget=read_budget(text, language=spoken),
            language=next((code for code, words in _LANGUAGES.items() if words.search(text)), None),
            urgent=bool(_URGENT.search(text)),
            cheapest=bool(_CHEAPEST.search(text)),
            by_gender=wants_gender(text),
        )


def _when(text: str, now: datetime, spoken: str) -> When:
    """In the text's language; in another one where that finds nothing, and words of time are in
    it: "想找个老师, tomorrow evening"."""
    when = When()
    if _MENTIONS_TIME[spoken].search(text):
        when = read_when(_prepared(text, now), now=now, language=spoken)
    words = _DIGITS.sub(" ", text)
    others = (one for one in _MENTIONS_TIME if one != spoken and _MENTIONS_TIME[one].search(words))
    for language in others:
        if when == When():
            when = read_when(_prepared(text, now), now=now, language=language)
    return when


def _without_languages(text: str) -> str:
    for words in _LANGUAGES.values():
        text = words.sub(" ", text)
    return text


def _without_prices(text: str) -> str:
    # money is a topic of its own
    return text.replace("块钱", " ")


def _prepared(text: str, now: datetime) -> str:
    """Spelt so that the recognisers read it: whole day names, separate clauses, no prices, nothing
    of the past."""
    text = _ABOUT_MONEY.sub(lambda found: " " * len(found.group()), text)
    text = _BACKGROUND.sub(" ", _GREETING.sub(" ", text))
    text = _SHORT_DAY.sub(lambda found: _DAY_NAMES[found[1]], text)
    text = _PLURAL_DAY.sub(lambda found: " ".join(filter(None, found.groups())), text)
    text = _END_OF_MONTH.sub(lambda found: _end_of_month(found, now), text)
    text = _A_LITTLE.sub("一些", text)
    text = _BARE_WEEKEND.sub("this weekend", text)
    text = _BARE_HOUR.sub(r"\1 \2 o'clock", text)
    text = _LATER_TODAY.sub("today", text)
    text = _AND_A_HALF.sub(lambda found: f"{_HOURS[found[1]] * 60 + 30}分钟", text)
    for pattern, instead in _CLEARER.items():
        text = pattern.sub(instead, text)
    text = _DAY_OF_MONTH.sub(lambda found: _next(found, now, "{}年{}月{}日"), text)
    text = _ENGLISH_DAY.sub(lambda found: _next(found, now, "{}-{:02}-{:02}"), text)
    # with a blank before it the Chinese recogniser reads its pieces one place off
    return _CLAUSE.sub(", ", text).strip()


def _end_of_month(found: regex.Match[str], now: datetime) -> str:
    """As its last day, or in Chinese its last five, which "before" includes."""
    last = monthrange(now.year, now.month)[1]
    if not found[0].endswith(("底", "前")):
        return f"{now.year}-{now.month:02}-{last}"
    if found["before"]:
        year, month = divmod(now.year * 12 + now.month, 12)
        return f"{year}年{month + 1}月1日之前"
    return f"{now.year}年{now.month}月{last - 4}日到{now.year}年{now.month}月{last}日"


def _next(found: regex.Match[str], now: datetime, spelling: str) -> str:
    """A day of the month as its next date that exists."""
    day = int(found[1])
    for ahead in range(12):
        year, month = divmod(now.year * 12 + now.month - 1 + ahead, 12)
        if day <= monthrange(year, month + 1)[1] and (ahead or day >= now.day):
            return spelling.format(year, month + 1, day) if day else found[0]
    return found[0]


def _instants(span: Span | None, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    if span is None:
        return None, None
    start, end = (at.replace(tzinfo=zone).astimezone(UTC) for at in (span.start, span.end))
    return start, end
