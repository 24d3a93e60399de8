"""The keys of encrypted columns, and their rotation.

A column type cannot be handed its keys, so the process holds one key ring, set at start.
"""

from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class KeysMissing(RuntimeError):
    """Encrypted text was touched before `use_keys` was called."""


class UnreadableSecret(RuntimeError):
    """No key of HOURWISE_SECRET_KEYS opens a stored text: put back the key it was written with."""


class KeyRing:
    """The keys in force: the first one writes, each of them reads."""

    def __init__(self) -> None:
        self._fernets: list[Fernet] = []
        self._all: MultiFernet | None = None

    def use(self, keys: Sequence[str]) -> None:
        """Put `keys` in force, newest first; each is 32 bytes in URL-safe base 64.

        Raises ValueError for a key of another form.
        """
        self._fernets = [Fernet(key) for key in keys]
        self._all = MultiFernet(self._fernets)

    @property
    def fernet(self) -> MultiFernet:
        if self._all is None:
            raise KeysMissing
        return self._all

    @property
    def newest(self) -> Fernet:
        return self._fernets[0]


_ring = KeyRing()


def use_keys(keys: Sequence[str]) -> None:
    """Set the process's keys, newest first."""
    _ring.use(keys)


def encrypt(text: str) -> bytes:
    """The text under the newest key."""
    return _ring.fernet.encrypt(text.encode())


def decrypt(token: bytes) -> str:
    """The text of `token`. Raises UnreadableSecret when no key opens it."""
    try:
        return _ring.fernet.decrypt(token).decode()
    except InvalidToken as error:
        raise UnreadableSecret from error


def is_newest(token: bytes) -> bool:
    """Whether the newest key wrote `token`."""
    try:
        _ring.newest.decrypt(token)
    except InvalidToken:
        return False
    return True


def rotated(token: bytes) -> bytes:
    """The same text under the newest key. Raises UnreadableSecret when no key opens it."""
    try:
        return _ring.fernet.rotate(token)
    except InvalidToken as error:
        raise UnreadableSecret from error


def key_file(path: Path) -> list[str]:
    """The keys in a file, one a line, newest first; made with one new key if it is absent."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(Fernet.generate_key().decode() + "\n")
    return path.read_text().split()
