"""What a short text changes of the search, or of the expert, that somebody is looking at.

"a cheaper one", "what about Friday?", "someone else", "the second one", "换成周六可以吗".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import regex

from knowledge.model import Wish
from knowledge.wishes.completing import on_day
from vectors.normal import normalize

_DAY = timedelta(days=1)
# a longer text says by itself what is wanted
_LONGEST = 60
_PEOPLE = (
    r"(?:ones?|experts?|persons?|people|coach(?:es)?|therapists?|psychologists?|counsell?ors?|tutors?"
    r"|teachers?|mentors?|advis[eo]rs?|doctors?|guys?|lad(?:y|ies)|wom[ae]n|m[ae]n|options?|choices?|suggestions?)"
)
_OTHERS = regex.compile(
    rf"\b(?:some|any)(?:one|body) (?:else|different)\b|\b(?:an)?other {_PEOPLE}\b|\bothers\b"
    rf"|\b(?:more|different|further|next) {_PEOPLE}\b|^(?:show (?:me )?)?more\b(?! (?:time|day|slot|expensive))"
    rf"|\bnone of (?:them|these|those)\b|\bdo(?:n't| not) (?:like|want) (?:any|them|him|her|th[eo]se|this {_PEOPLE})\b"
    r"|换(?:一?[个位批]|人)(?:人|专家|老师)?(?!时间|日|天|语|说)|(?:别|其他|其它|另外?)的?(?:人|一?位|专家|老师|选择|咨询师)"
    r"|还有(?:谁|别人|其他)|下一[个位批]|别的(?:呢|吗|人)|^更多(?!时间)"
    r"|都不(?:太?合适|行|喜欢|满意|要)|不(?:太?喜欢|要|想要)(?:他|她|这[个位些])"
)
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2, "3rd": 3,
    "4th": 4, "5th": 5, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5,
} | {str(digit): digit for digit in range(1, 6)}  # fmt: skip
# what stands before and behind the one that is chosen
_CHOOSES = (
    r"(?:(?:ok(?:ay)?|yes|hm+|well|so|then|and)[, ]+)*(?:(?:i(?:'d like|'ll take|'ll have| want| like| choose| pick)"
    r"|can i (?:see|have|get|book)|let'?s (?:take|see|try|go with)|show(?: me)?|open|take|book|see|choose|pick"
    r"|tell me (?:more )?about|what about|how about|more about) )?"
)
_PLEASE = r"(?:[, ]+(?:please|pls|then|thanks))*[.!?]*"
_CHOOSES_ZH = r"(?:好的?|那|嗯|就|我?[选要看约想]+|看看|介绍一?下|[,，、 ])*"
_PLEASE_ZH = r"(?:专家|老师|人)?(?:吧|呢|怎么样|如何|可以吗|好了?|谢谢|[,，。！!?？ ])*"
_PLACE = regex.compile(
    rf"{_CHOOSES}(?:(?:the )?(?P<n>first|second|third|fourth|fifth|[1-5](?:st|nd|rd|th))(?: (?:one|expert|person|guy))?"
    rf"|(?:number |no\. ?|#)?(?P<n>[1-5])\.?){_PLEASE}"
    rf"|{_CHOOSES_ZH}第(?P<n>[一二三四五1-5])[个位]?{_PLEASE_ZH}"
)
_ONE_OF_THEM = regex.compile(
    rf"\bthe (?P<n>first|second|third|fourth|fifth|[1-5](?:st|nd|rd|th)) {_PEOPLE}\b|第(?P<n>[一二三四五1-5])[个位]"
)
_ABOUT_SOMEBODY = regex.compile(
    r"\b(?:background|experienced?|qualifi\w+|credentials?|certified|who is|who's|about|like)\b"
    r"|背景|资历|资质|经验|经历|擅长|介绍|怎么?样|是谁|什么人|厉害|靠谱"
)
_OTHER_TIME = regex.compile(
    r"\b(?:(?:an)?other|different|more|later|earlier) (?:day|time|date|slot|appointment)s?\b"
    r"|\b(?:any(?:thing)?|something|somewhat|a bit|no) (?:earlier|later|sooner)\b"
    r"|换[个一]*(?:时间|天|日子|时段)|改天|(?:别|其他|其它)的?(?:时间|日[子期]|时段)|更[早晚]|更多时间"
    r"|[早晚]一?点[的儿]?(?:时间|时段|有吗|吗|呢|$)"
)
# not the one whose page is open
_ANYBODY = regex.compile(
    r"\b(?:any|some)(?:one|body)\b(?! else)|\b(?:find|need|want|looking for|search(?:ing)?(?: for)?) (?:me )?an? "
    r"|\bwho\b|找[个位一]|有人|谁|哪[个位]"
)
_BOOKS = regex.compile(
    r"(?:(?:ok(?:ay)?|yes|yep|great|perfect|good|sure|cool|fine|please)[,.! ]+)*(?:(?:i(?:'d like to|'ll| want to| will)"
    r"|can i|let'?s|let me|please) )?(?:book|take|reserve|choose|go with)(?: (?:it|him|her|them|this|that|this one|that one))?"
    r"(?: (?:now|then|please|pls))*[.!]*"
    r"|(?:(?:i(?:'d like to|'ll| want to| would like to)|can i|let me|please) )?(?:book|reserve|make|schedule|get|arrange)"
    r" an? (?:\w+ )?(?:session|appointment|call|time|slot|consultation|booking|meeting)(?: with (?:him|her|them))?[.!?]*"
    r"|(?:好的?|可以|行|那|嗯|就|[,，。 ])*(?:就(?:他|她|这[个位]?|定)了?|(?:我要|想|帮我|我想)?(?:预约|约|订)(?:他|她|这[个位]|吧)?)"
    r"(?:吧|了|[。！!])*"
)
_IS_SHOWN = regex.compile(r"\b(?:it|him|her|them|this|that)\b|[他她这]|就定")
# what was said of the time before suits as well
_ALSO = regex.compile(
    r"\b(?:works?|suits?(?: me)?|possible|fine|ok(?:ay)?|good|great|do|(?:for|with) me|\w+(?:day|ing)s?|noons?|nights?)"
    r" (?:too|as well)\b(?! (?:early|late|soon|far|long|short|much|many|busy))|\balso\b"
    r"|也(?:行|可以?|好|成|ok|能|没问题|方便|合适|有空)"
)
# a voucher that somebody was given becomes credit, in another place
_PROMO_CODE = r"(?:promo(?:tion(?:al)?)?|discount|coupon) ?codes?"
_PROMO_CODE_ZH = r"(?:优惠|折扣|促销|推广)[码券]"
_CODE = rf"(?:{_PROMO_CODE}|codes?|coupons?)"
_HAS_CODE = regex.compile(
    rf"(?:(?:hi|hello|hey|ok(?:ay)?|but|and|wait)[,.! ]+)*(?:"
    rf"(?:i|we)(?:(?: have|'ve)(?: got)?| got) (?:an? |the |this |some )?{_CODE}"
    rf"|(?:where|how) (?:do|can|should|to)(?: i| we)? (?:enter|put(?: in)?|type(?: in)?|use|add|apply|redeem)"
    rf" (?:my |the |a |this )?{_CODE}(?: in)?"
    rf"|(?:can|could|may) (?:i|we) (?:use|enter|apply|redeem|add) (?:my |the |a |this )?{_CODE}"
    rf"|(?:i(?:'d like| want) to )?(?:use|enter|apply|redeem|add) (?:my |the |a |this )?{_CODE}"
    rf"|{_PROMO_CODE})(?:[, ]+(?:please|pls|here|now))*[.!?]*"
    r"|(?:你好|请问|那|但是?|[,，。 ])*(?:"
    rf"(?:我?(?:还?有|手里有|想用|要用)(?:一?[个张])?|(?:怎么|在?哪里?)?(?:用|输入?|填))?{_PROMO_CODE_ZH}"
    r"(?:[,，]?(?:要用|怎么(?:用|输入?|填)|[在从]?哪里?(?:用|输入?|填)))?(?:呢|啊|了)*"
    rf"|(?:能|可以)用{_PROMO_CODE_ZH}吗|{_PROMO_CODE_ZH}(?:能|可以)用吗)[。！!?？ ]*"
)
_AS_BEFORE = regex.compile(
    rf"\b(?:same|previous|last(?! (?:ones?|options?|choices?|suggestions?)\b)) {_PEOPLE}\b"
    r"|\b(?:same|just) (?:as|like) (?:last time|before|always)\b|\bsame again\b"
    r"|(?:上次|之前|以前)(?:的|那)?[个位]?(?:老师|专家|咨询师|教练|顾问|人)|[和跟照]上次一样|老样子|还是上次"
    r"|同一?[个位](?:老师|专家|咨询师|教练|顾问|人)"
    r"|\b(?:book|see|meet|talk to)(?: (?:him|her|them|it|one))? again\b|\brebook\b"
    r"|再(?:次|来)?预?约(?!别|其他|其它|另)|再来一次"
)
_BACK = regex.compile(
    r"(?:(?:oops|hm+|no|wait|sorry|please|pls|ok(?:ay)?)[,.! ]+)*(?:(?:go|take me|one step|a step|can (?:we|i) go) )?back"
    r"(?: (?:a step|one step|please|pls))*[.!?]*|(?:返回|回到?|退回)?(?:上一步|上一个问题|上一题)吧?|返回|后退|回去|倒回去"
)
# what was booked is meant, not what is looked at
_BOOKED = regex.compile(
    r"\b(?:my|the|our) (?:\w+ )?(?:session|appointment|booking|reservation|call|meeting)\b|\breschedul|\bcancel"
    r"|我的?(?:预约|咨询|课)|改期|取消|已经?约|约好|订好"
)
# the bot's own language is changed by "speak Chinese", not by "does any of them speak Chinese?"
_OF_SOMEBODY = regex.compile(
    rf"\b(?:any|anyone|anybody|someone|somebody|who|he|she|they|them|{_PEOPLE})\b|speaking\b|的|会|谁|有没有"
)


_NOTHING = Wish()


@dataclass(frozen=True)
class FollowUp:
    """`wish` is what is said anew; `others`: not those shown; `anybody`: not just the one whose
    page is open; `place`: one of those shown, from 1, with the time that is wished for; `books`: the one that is looked at is wanted;
    `other_time`: what was said of the time holds no more; `also`: it holds besides what is said anew;
    `code`: they have one that takes something off the price."""

    wish: Wish = _NOTHING
    others: bool = False
    anybody: bool = False
    place: int | None = None
    books: bool = False
    other_time: bool = False
    also: bool = False
    code: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether the words can hardly be meant otherwise, even in a question."""
        wish = self.wish
        return bool(self.others or self.place or wish.cheapest or wish.language or wish.by_gender)


def means_as_before(text: str) -> bool:
    """Whether a text wants whom somebody had before."""
    return bool(_AS_BEFORE.search(normalize(text).casefold()))


def means_back(text: str) -> bool:
    """Whether a text only asks to go a step back."""
    return bool(_BACK.fullmatch(normalize(text).casefold()))


def means_what_is_booked(text: str) -> bool:
    """Whether a text speaks of a session that is booked."""
    return bool(_BOOKED.search(normalize(text).casefold()))


def wants_what_is_shown(text: str) -> bool:
    """Whether a text only asks to book "it", or whoever is looked at."""
    plain = normalize(text).casefold().replace("’", "'")
    return bool(_BOOKS.fullmatch(plain) and _IS_SHOWN.search(plain))


def named_place(text: str, names: Sequence[str]) -> int | None:
    """Which of these experts, from 1, a text chooses by no more than their name, or by one part of
    it that nobody else of them has: "Mei", "ok, Mei please", "林老师"."""
    plain = normalize(text).casefold().replace("’", "'")
    found = [place for place, name in enumerate(names, start=1) if _chooses(plain, name)]
    return found[0] if len(found) == 1 else None


def _chooses(plain: str, name: str) -> bool:
    whole = normalize(name).casefold()
    # a name without spaces begins with that of the family
    parts = whole.split() if " " in whole or whole.isascii() else [whole[:1], whole[1:]]
    one = "|".join(regex.escape(part) for part in (whole, *parts) if part)
    pattern = rf"{_CHOOSES}(?:{one}){_PLEASE}|{_CHOOSES_ZH}(?:{one}){_PLEASE_ZH}"
    return bool(regex.fullmatch(pattern, plain))


def follow_up(text: str, said: Wish, shown: Wish) -> FollowUp | None:
    """What a text with the wish `said` changes of what is `shown`; None where it changes nothing,
    or is about something else."""
    plain = normalize(text).casefold().replace("’", "'")
    if len(plain) > _LONGEST or _BOOKED.search(plain) or said.topic not in {None, shown.topic}:
        return None
    placed = _PLACE.fullmatch(plain)
    named = placed or _named_by_place(plain, says_time=bool(said.after or said.hours))
    anew = replace(said, topic=None, urgent=False)
    if anew.language and not _OF_SOMEBODY.search(plain):
        anew = replace(anew, language=None)
    found = FollowUp(
        _NOTHING if placed else anew,
        others=bool(_OTHERS.search(plain)),
        anybody=bool(_ANYBODY.search(plain)),
        place=_ORDINALS[named["n"]] if named else None,
        books=bool(_BOOKS.fullmatch(plain)),
        other_time=bool(_OTHER_TIME.search(plain)),
        also=bool((said.after or said.hours) and _ALSO.search(plain)),
        code=bool(_HAS_CODE.fullmatch(plain)),
    )
    return None if found in {FollowUp(), FollowUp(anybody=True)} else found


def _named_by_place(plain: str, *, says_time: bool) -> regex.Match[str] | None:
    """ "Does the second one have time on Friday?", "what is the first expert's background"."""
    named = [*_ONE_OF_THEM.finditer(plain)]
    asks = says_time or _ABOUT_SOMEBODY.search(plain)
    return named[0] if len(named) == 1 and asks else None


def changed(shown: Wish, found: FollowUp, *, zone: str, now: datetime) -> Wish:
    """The wish with what was said since in place of what it said before. Hours alone are those of
    the day that was said before; `now` is aware."""
    said = _besides(shown, found.wish, zone=zone, now=now) if found.also else found.wish
    when = said if said.after or found.other_time else shown
    whole = Wish(
        topic=shown.topic,
        after=when.after,
        before=when.before,
        hours=said.hours or when.hours,
        minutes=said.minutes or shown.minutes,
        budget=said.budget or shown.budget,
        language=said.language or shown.language,
        cheapest=said.cheapest or shown.cheapest,
        by_gender=said.by_gender or shown.by_gender,
    )
    if not said.hours or not when.after or not when.before or when.before - when.after > _DAY:
        return whole
    day = when.after.astimezone(ZoneInfo(zone)).date()
    return on_day(whole, day, zone=zone, now=now) or whole


def _besides(shown: Wish, said: Wish, *, zone: str, now: datetime) -> Wish:
    """What is said of the time together with what was said before, and what lies between: rather
    an hour too many than one of those that suit too few."""
    if shown.hours and said.hours:
        starts, ends = zip(shown.hours, said.hours, strict=True)
        return replace(said, hours=(min(starts), max(ends)))
    if not shown.after or not shown.before:
        return said
    if not said.after:
        day = shown.after.astimezone(ZoneInfo(zone)).date()
        said = on_day(said, day, zone=zone, now=now) or replace(said, hours=None)
    if not said.after or not said.before:
        return said
    return replace(said, after=min(shown.after, said.after), before=max(shown.before, said.before))
