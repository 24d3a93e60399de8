"""Ids of open dialogs that never meet.

aiogram-dialog makes an id of the second and a number below 100 (its pull request 501 is open).
A wish opens two dialogs in one update, so that "Back" lost its way once in a hundred wishes.
"""

import secrets
import string

from aiogram_dialog.api.entities import stack

# as long as the library's own: the id is part of every button's 64 bytes
_LENGTH = 6
_SIGNS = string.digits + string.ascii_letters


def use_random_ids() -> None:
    """Dialogs opened from now on get random ids."""
    stack.new_id = _random_id


def _random_id() -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
