"""docs/features.md names journeys that exist, and hides no clause without one."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "features.md"
NO_TEST = "no test yet"

_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
_STORY = re.compile(r"`(hourwise/stories/[\w.]+)`")


def _rows() -> list[tuple[str, str]]:
    """The clause and the journeys of each row."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [line.strip().strip("|").split(" | ") for line in lines if line.startswith("| ")]
    return [(row[0].strip(), row[-1].strip()) for row in cells if row[0].strip() != "clause"]


@cache
def _tests(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, functions))


def _problems(journeys: str) -> list[str]:
    """What a cell names that is not there; empty cells name nothing at all."""
    tests, stories = _TEST.findall(journeys), _STORY.findall(journeys)
    wrong = [
        f"{file}::{name}"
        for file, name in tests
        if not (ROOT / file).exists() or name not in _tests(ROOT / file)
    ]
    wrong += [one for one in stories if not (ROOT / one).exists()]
    if not (tests or stories or NO_TEST in journeys):
        wrong.append(f"neither a journey nor “{NO_TEST}”")
    return wrong


@pytest.mark.parametrize(("clause", "journeys"), _rows(), ids=lambda text: text[:50])
def test_each_clause_names_journeys_that_exist(clause: str, journeys: str):
    assert _problems(journeys) == [], clause


@pytest.mark.parametrize(
    "journeys",
    [
        "",
        "`tests/house/test_features.py::test_that_is_not_there`",
        "`tests/house/test_nowhere.py::test_x`",
        "`hourwise/stories/none.yaml`",
    ],
)
def test_a_journey_that_does_not_exist_is_noticed(journeys: str):
    assert _problems(journeys)


def test_the_page_has_rows():
    assert len(_rows()) > 60
