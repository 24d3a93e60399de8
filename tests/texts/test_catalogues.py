"""Both languages say the same things, everything that is said exists, nothing lies unused."""

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from kernel.languages import LANGUAGES

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "texts",
    "hourwise", "bot", "web", "workflows", "knowledge", "matching", "booking", "payments",
    "people", "catalogue", "scheduler",
)  # fmt: skip
KEY = re.compile(r"[\"'`]([a-z][a-z0-9]*(?:[-_][a-z0-9_]+)+|yes|no|on|off)[\"'`]")
FORMATTED = re.compile(r"f[\"']([a-z][a-z0-9-]*-)\{")
IN_A_TEXT = re.compile(r"\{ ([a-z][a-z0-9-]*) \}")
ENDING = re.compile(r"f[\"']\{[^}]+\}(-[a-z0-9-]+)[\"']")


class Variables(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


def messages(language: str) -> dict[str, set[str]]:
    """Key → its variables."""
    found: dict[str, set[str]] = {}
    for file in sorted((ROOT / "texts" / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{file.name}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{entry.id.name} is there twice"
                variables = Variables()
                variables.visit(entry)
                found[entry.id.name] = variables.names
    return found


def catalogue(language: str) -> str:
    files = sorted((ROOT / "texts" / language).glob("*.ftl"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def source() -> str:
    files = [file for name in PACKAGES for file in (ROOT / name).rglob("*")]
    texts = [file.read_text(encoding="utf-8") for file in files if file.suffix in {".py", ".html"}]
    return "\n".join(texts)


def test_languages_have_the_same_keys_and_variables():
    first, *others = (messages(language) for language in LANGUAGES)
    for other in others:
        assert first == other


def test_every_key_in_code_exists():
    known = messages("en").keys()
    used = set(
        re.findall(
            r"(?:\bTr|\bLabel|\btranslate|\.plain|\bNoticeButton|\bWord|_says|_legal|\bKey)"
            r"\(\s*\"([a-z][a-z0-9_-]+)\"",
            source(),
        )
    )
    used |= set(re.findall(r"^    key = \"([a-z0-9-]+)\"", source(), re.MULTILINE))
    assert used - known == set()


def test_every_formatted_key_has_a_family():
    known = messages("en").keys()
    for prefix in set(FORMATTED.findall(source())):
        assert any(key.startswith(prefix) for key in known), prefix


def test_no_key_is_unused():
    text = source()
    literal = set(KEY.findall(text)) | set(IN_A_TEXT.findall(catalogue("en")))
    prefixes = tuple(set(FORMATTED.findall(text)))
    endings = tuple(set(ENDING.findall(text)))
    unused = {
        key
        for key in messages("en")
        if key not in literal
        and not (prefixes and key.startswith(prefixes))
        and not (endings and key.endswith(endings))
    }
    assert unused == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str):
    for file in (ROOT / "texts" / language).glob("*.ftl"):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, ast.Message):
                assert entry.value is not None, entry.id.name
