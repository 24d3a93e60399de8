"""The import contracts hold, and each of them bites."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = SETTINGS["tool"]["importlinter"]["root_packages"]
CONTRACTS = [one["id"] for one in SETTINGS["tool"]["importlinter"]["contracts"]]

# contract → (module, what it must not import)
VIOLATIONS = {
    "floors": ("booking/model.py", "people.model"),
    "vectors-for-two": ("booking/offers.py", "vectors.language"),
    "words-above": ("people/model.py", "texts.values"),
    "edges": ("bot/turn.py", "people.service"),
    "rows": ("workflows/queries.py", "people.tables"),
    "rules": ("booking/slots.py", "sqlalchemy"),
    "stripe": ("workflows/refund.py", "stripe"),
    "chroma": ("knowledge/service.py", "chromadb"),
    "telegram": ("workflows/notices.py", "aiogram"),
    "sandbox": ("bot/turn.py", "sandbox.clock"),
    "sandbox-alone": ("sandbox/clock.py", "texts.values"),
}


def lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()",
        "--config", "pyproject.toml", "--no-cache", *arguments,
    ]  # fmt: skip
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in PACKAGES:
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "page", "data")
        )
    return folder


def test_every_contract_has_a_violation_to_try():
    assert set(VIOLATIONS) == set(CONTRACTS)


def test_the_house_keeps_its_contracts():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_contract_bites(copy: Path, contract: str):
    module, forbidden = VIOLATIONS[contract]
    file = copy / module
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}\nimport {forbidden}\n", encoding="utf-8")
    try:
        result = lint(copy, "--contract", contract)
    finally:
        file.write_text(before, encoding="utf-8")
    assert result.returncode == 1, result.stdout + result.stderr
    assert forbidden.split(".")[0] in result.stdout
