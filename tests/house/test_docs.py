"""What the documentation names exists: commands, links, settings, dependencies."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from hourwise.cli import app
from hourwise.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
CONTRACTS = ROOT.parent / "shared" / "CONTRACTS.md"

# `match` takes a text, so its subcommands cannot be click's
SPELT_OTHERWISE = {"match-eval": "match eval", "match-replay": "match replay"}

_CODE = re.compile(r"```(?:console|sh|bash)\n(.*?)```|`([^`\n]+)`", re.DOTALL)
_CALL = re.compile(r"(?:^|[\s/])hourwise ((?:[a-z][a-z-]*(?:\|[a-z]+)*)(?: [a-z][a-z-|]*)?)")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    if isinstance(command, TyperGroup):
        for name, each in command.commands.items():
            yield from _commands(each, (*path, name))
    else:
        name = " ".join(path)
        yield SPELT_OTHERWISE.get(name, name)


COMMANDS = set(_commands(typer.main.get_command(app)))


def _named_in(text: str) -> set[str]:
    """Commands after `hourwise` in code; `a|b` counts as two, an argument is left out."""
    found = set()
    for block, span in _CODE.findall(text):
        for call in _CALL.findall(block or span):
            first, _, second = call.partition(" ")
            for each in second.split("|"):
                whole = f"{first} {each}".strip()
                found.add(first if first in COMMANDS and whole not in COMMANDS else whole)
    return found


def _missing() -> set[str]:
    """The commands that the README says are not there yet."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^- Commands: (.*)$", readme, re.MULTILINE)
    return {
        one.removeprefix("hourwise ") for line in lines for one in re.findall(r"`([^`]+)`", line)
    }


def _contract() -> set[str]:
    """The commands in the contract's table."""
    text = CONTRACTS.read_text(encoding="utf-8")
    section = text.split("## Command line")[1].split("\n### ")[0]
    found = set()
    for row in re.findall(r"^\| (`.+?) \|", section.replace("\\|", "¦"), re.MULTILINE):
        for span in re.findall(r"`([a-z][^`]*)`", row):
            words = re.match(r"[a-z][a-z-]*(?: [a-z][a-z¦-]*)?", span)
            assert words is not None
            first, _, second = words[0].partition(" ")
            found |= {f"{first} {each}".strip() for each in second.split("¦")}
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_the_documentation_exist(page: Path):
    named = _named_in(page.read_text(encoding="utf-8"))
    groups = {each.split()[0] for each in COMMANDS if " " in each}
    assert named - COMMANDS - groups - _missing() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_the_repository_resolve(page: Path):
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    inside = [one.split("#")[0] for one in targets if "://" not in one and not one.startswith("#")]
    assert [one for one in inside if not (page.parent / one).exists()] == []


@pytest.mark.skipif(not CONTRACTS.exists(), reason="the contracts do not lie beside the repository")
def test_the_contracts_commands_exist_or_are_said_to_be_missing():
    contract = _contract()
    assert {"run", "faq eval", "intents export-rasa", "broadcast pause"} <= contract
    assert contract - COMMANDS == _missing()


def test_every_command_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("## Commands")[1].split("\n## ")[0]
    named = {each for call in re.findall(r"`hourwise ([^`]+)`", table) for each in _spelt(call)}
    assert COMMANDS - named == set()


def _spelt(call: str) -> set[str]:
    words = call.split()
    return {words[0], " ".join(words[:2])}


def _settings_table() -> str:
    rows = []
    for name, field in Settings.model_fields.items():
        value = field.get_default()
        if hasattr(value, "get_secret_value") or isinstance(value, frozenset):
            value = ""
        shown = f"`{value}`" if str(value) else ""
        rows.append(f"| `HOURWISE_{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(rows)


def test_the_settings_are_documented_as_they_are():
    table = _settings_table()
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert table in page, f"docs/operating.md needs this table:\n{table}"


def test_every_runtime_dependency_has_its_reasons():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "decisions" / "0003-dependencies.md").read_text(encoding="utf-8")
    found = [re.match(r"[\w.-]+", each) for each in project["dependencies"]]
    names = {each[0] for each in found if each is not None}
    assert set(re.findall(r"^\| `([\w.-]+)`", page, re.MULTILINE)) == names
