from pathlib import Path

import pytest

from hourwise.topic_commands import export_topics, import_topics, read_topics
from kernel.errors import InputError
from knowledge.topics import shipped_topics

OWN = """
- id: law
  names: {en: Law, zh: 法律}
  topics:
    - id: rent
      names: {en: Rent, zh: 租房}
      keywords: {en: [rent, landlord], zh: [租房, 房东]}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOURWISE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


async def test_what_is_exported_can_be_imported(folder: Path) -> None:
    file = folder / "topics.yml"
    file.write_text(await export_topics(), encoding="utf-8")
    assert tuple(read_topics(file)) == tuple(shipped_topics())


async def test_own_topics_take_the_place_of_the_shipped_ones(folder: Path) -> None:
    file = folder / "topics.yml"
    file.write_text(OWN, encoding="utf-8")
    assert await import_topics(file) == {"fields": 1, "topics": 2}
    exported = await export_topics()
    assert "房东" in exported
    assert "tutoring" not in exported


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "has no topics"),
        ("- id: law", "is expected"),
        ("just words", "is expected"),
        ("- [", "not YAML"),
        ("- {id: law, names: {en: Law}}", "no name in 'zh'"),
        (OWN + OWN, "stands there 2 times"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "topics.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_topics(file)
