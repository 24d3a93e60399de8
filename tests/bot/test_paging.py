"""A long list is shown a page at a time."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from aiogram_dialog import DialogManager

from bot.paging import paged

LIST = list(range(25))


@pytest.mark.parametrize(
    ("page", "items", "shown", "earlier", "later"),
    [
        (None, LIST, LIST[:10], False, True),
        (1, LIST, LIST[10:20], True, True),
        (2, LIST, LIST[20:], True, False),
        # the list became shorter meanwhile
        (2, LIST[:10], LIST[:10], False, False),
        (1, [], [], False, False),
    ],
)
def test_a_page_of_a_list(
    page: int | None, items: list[int], shown: list[int], *, earlier: bool, later: bool
):
    data: dict[str, Any] = {} if page is None else {"page": page}
    manager = cast(DialogManager, SimpleNamespace(dialog_data=data))
    assert paged(items, manager, size=10) == (
        shown, {"has_earlier": earlier, "has_later": later},
    )  # fmt: skip
