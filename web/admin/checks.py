"""What a form refuses, as a sentence for whoever fills it in (ValueError)."""

from collections.abc import Callable, Collection, Iterable

from babel import Locale
from babel.numbers import list_currencies

from kernel.errors import DomainError
from people.tables import ExpertRow
from storage.engine import SessionMaker
from texts.translator import Translator
from texts.values import Value
from web.admin.words import language
from workflows.topics import ReadTopics

LONGEST_NAME = 80
_STARS = "XTR"


def refusal(key: str, **values: Value) -> ValueError:
    """What is wrong, in the reader's language."""
    return ValueError(Translator(language()).plain(key, **values))


def checked(check: Callable[[], object]) -> None:
    """Run a domain's check; what it refuses becomes a sentence for the form."""
    try:
        check()
    except DomainError as error:
        raise refusal(error.key, **error.values) from error


def check_name(name: str) -> None:
    """A name fits into a button and a heading."""
    if len(name) > LONGEST_NAME:
        raise refusal("web-name-too-long", longest=LONGEST_NAME)


def check_languages(codes: Collection[str]) -> None:
    """Languages are ISO 639 codes, one at least."""
    if not codes:
        raise refusal("web-no-language")
    known = Locale("en").languages
    for code in codes:
        if code not in known:
            raise refusal("web-unknown-language", code=code)


async def check_topics(read: SessionMaker, topics: Iterable[str]) -> None:
    """Topics are those of the taxonomy in force."""
    known = [one.id for one in (await ReadTopics(read)()).topics]
    for topic in topics:
        if topic not in known:
            raise refusal("web-unknown-topic", topic=topic, known=", ".join(known))


async def check_expert(read: SessionMaker, expert: str) -> None:
    """Who something is sold of is there."""
    async with read() as db:
        if await db.get(ExpertRow, expert) is None:
            raise refusal("web-unknown-expert", id=expert)


def check_currency(code: str) -> None:
    """A currency is one of ISO 4217, or Stars."""
    if code != _STARS and code not in list_currencies("en"):
        raise refusal("web-unknown-currency", code=code)
