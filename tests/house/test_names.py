"""The generic root names exist on the package index too: each must be ours."""

import importlib
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SETTINGS["tool"]["importlinter"]["root_packages"])
def test_a_root_name_resolves_inside_the_repository(name: str):
    module = importlib.import_module(name)
    assert module.__file__ is not None
    assert Path(module.__file__).is_relative_to(ROOT / name)


def test_the_distribution_is_private():
    assert "Private :: Do Not Upload" in SETTINGS["project"]["classifiers"]


def test_the_kernel_stays_small():
    lines = sum(
        len(file.read_text(encoding="utf-8").splitlines())
        for file in (ROOT / "kernel").glob("*.py")
    )
    assert lines < 400
