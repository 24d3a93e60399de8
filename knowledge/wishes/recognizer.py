"""Microsoft's date recognisers, loaded once, with their warnings at import silenced."""

import warnings
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any


@dataclass(frozen=True)
class Found:
    """One date, time, range or duration in a text; `end` is excluded.

    `kind` is date, time, datetime, daterange, timerange, datetimerange or duration; `values`
    are the recogniser's possible readings.
    """

    kind: str
    text: str
    start: int
    end: int
    values: tuple[dict[str, str], ...]


@cache
def _models() -> dict[str, Any]:
    with warnings.catch_warnings():
        # raised while the package's modules are compiled, by string literals and `is` with one
        warnings.filterwarnings("ignore", r".*invalid escape sequence", DeprecationWarning)
        warnings.filterwarnings("ignore", r'"is(?: not)?" with', SyntaxWarning)
        warnings.filterwarnings("ignore", r".*invalid escape sequence", SyntaxWarning)
        from recognizers_date_time import DateTimeRecognizer
        from recognizers_text import Culture

        return {
            language: DateTimeRecognizer(culture).get_datetime_model()
            for language, culture in (("en", Culture.English), ("zh", Culture.Chinese))
        }


def warm() -> None:
    """Compiles the patterns, which takes about a second, before a person has to wait for it."""
    reference = datetime(2026, 1, 5, 12, 0)  # noqa: DTZ001 - the recogniser wants wall time
    find("next tuesday at 3pm for 30 minutes", language="en", reference=reference)
    find("下周二下午三点", language="zh", reference=reference)


def find(text: str, *, language: str, reference: datetime) -> list[Found]:
    """What the text says about time, in its order; `reference` is the reader's wall clock."""
    model = _models()["zh" if language == "zh" else "en"]
    return [
        Found(
            kind=one.type_name.partition(".")[2],
            text=one.text,
            start=one.start,
            end=one.end + 1,
            values=tuple((one.resolution or {}).get("values", ())),
        )
        for one in model.parse(text, reference)
    ]
