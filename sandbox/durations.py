"""ISO 8601 durations."""

import re
from datetime import timedelta

_DURATION = re.compile(
    r"(-)?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)


def parse_duration(written: str) -> timedelta | None:
    """A duration of weeks, days, hours, minutes, seconds; None when it is none."""
    match = _DURATION.fullmatch(written.strip().upper())
    if match is None or not any(match.groups()[1:]):
        return None
    minus, weeks, days, hours, minutes, seconds = match.groups()
    length = timedelta(
        weeks=int(weeks or 0),
        days=int(days or 0),
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=float(seconds or 0),
    )
    return -length if minus else length
