"""The time zones that there are."""

from functools import cache
from zoneinfo import available_timezones


@cache
def zone_names() -> frozenset[str]:
    """All IANA names; asking `zoneinfo` reads its whole folder each time, which takes 20 ms."""
    return frozenset(available_timezones())
