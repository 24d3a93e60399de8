"""What the default install brings along, and what it leaves to extras."""

from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def needed_by(name: str, extras: frozenset[str] = frozenset()) -> set[str]:
    """Every distribution that an install of `name` brings, by its own metadata."""
    found: set[tuple[str, str]] = set()
    waiting = [(name, extra) for extra in {"", *extras}]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        waiting += _direct(*one)
    return {package for package, _ in found}


def _direct(package: str, extra: str) -> list[tuple[str, str]]:
    try:
        written = distribution(package).requires or []
    except PackageNotFoundError:
        return []
    wanted = [Requirement(one) for one in written]
    return [
        (canonicalize_name(one.name), asked)
        for one in wanted
        if one.marker is None or one.marker.evaluate({"extra": extra})
        for asked in {"", *one.extras}
    ]


def test_the_default_install_has_no_pytorch() -> None:
    needed = needed_by("hourwise")
    assert {"onnxruntime", "chromadb", "aiogram"} <= needed
    assert not {"torch", "sentence-transformers"} & needed


def test_sentence_transformers_is_an_extra() -> None:
    assert "sentence-transformers" in needed_by("hourwise", frozenset({"st"}))
