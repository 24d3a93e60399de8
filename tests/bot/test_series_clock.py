"""A weekly session stays at the expert's hour; where the client's clock differs then, it is said."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.dialogs.book_series import clock_changes
from texts.translator import Translator
from workflows.series import same_time

NEW_YORK = ZoneInfo("America/New_York")
FIRST = datetime(2026, 10, 20, 13, tzinfo=UTC)
"""Nine o'clock in New York, where clocks change a week after Europe's."""


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    [
        ("en", "Europe/Berlin", "On yours it is 14:00 from Oct 27 on, 15:00 from Nov 3 on."),
        ("zh", "Asia/Shanghai", "在您的时钟上：11月3日起为 22:00。"),
        ("en", "America/New_York", ""),
    ],
)
def test_another_time_on_the_clients_clock_is_said(language: str, zone: str, said: str):
    starts = [FIRST, *(same_time(FIRST, NEW_YORK, weeks=weeks) for weeks in range(1, 4))]
    told = clock_changes(Translator(language, zone), starts)
    assert said in told
    assert bool(told) is bool(said)
