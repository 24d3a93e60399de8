"""Identifiers: short, unguessable enough to be unique, sorted by time of birth."""

import secrets
from typing import NewType

from kernel.clock import real_now

PersonId = NewType("PersonId", str)
ExpertId = NewType("ExpertId", str)
OfferId = NewType("OfferId", str)
SessionId = NewType("SessionId", str)
PaymentId = NewType("PaymentId", str)

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_RANDOM_BITS = 32
_LENGTH = 16


def new_id() -> str:
    """A 16-character id: 48 bits of milliseconds, then 32 random bits, in base 32."""
    milliseconds = int(real_now().timestamp() * 1000)
    number = milliseconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
