from pathlib import Path

import pytest

from kernel.errors import InputError
from knowledge.importing import parse_entries, read_entries
from knowledge.model import Entry

EXPECTED = Entry("a", "How?", "So.", "en", None, ("In what way?", "Why so?"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("f.csv", 'id,question,answer,variants\na,How?,So.,"In what way?|Why so?"\n'),
        (
            "f.jsonl",
            '{"id":"a","question":"How?","answer":"So.","variants":["In what way?","Why so?"]}\n\n',
        ),
        (
            "f.yml",
            "- id: a\n  question: How?\n  answer: So.\n  variants: [In what way?, Why so?]\n",
        ),
    ],
)
def test_three_formats_say_the_same(name: str, text: str) -> None:
    assert parse_entries(text, name=name) == [EXPECTED]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("f.csv", "question,answer\nHow?,So.\nWhy?\n", "f.csv, line 3"),
        ("f.csv", 'question,answer\nHow?,"So\n', "f.csv, line"),
        ("f.jsonl", '{"question":"How?","answer":"So."}\n{"question"', "f.jsonl, line 2: not JSON"),
        ("f.jsonl", '{"question":"How?"}', "line 1: a question"),
        ("f.jsonl", '{"question":"How?","answer":5}', "line 1: answer must be text"),
        ("f.jsonl", '{"question":"How?","answer":"So.","extra":1}', "line 1: 'extra' is not one"),
        ("f.jsonl", "[1]", "line 1: an object"),
        (
            "f.jsonl",
            '{"id":"a","question":"1","answer":"1"}\n{"id":"a","question":"2","answer":"2"}',
            "line 2: the id 'a' is already in line 1",
        ),
        ("f.jsonl", '{"question":"How?","answer":"So.","variants":"ok"}\n{}', "line 2"),
        ("f.yml", "- question: How?\n  answer: So.\n- question: Why?\n", "f.yml, line 3"),
        ("f.yml", "- question: [", "f.yml, line"),
        ("f.yml", "question: How?", "a list of entries"),
        ("f.txt", "", "ending in .csv"),
        ("f.jsonl", "", "has no entries"),
        ("f.jsonl", '{"question":"' + "x" * 501 + '","answer":"So."}', "1 to 500"),
    ],
)
def test_the_bad_line_is_named(name: str, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_entries(text, name=name)


def test_an_entry_without_id_has_the_same_one_next_time() -> None:
    row = '{"question":"怎么退款？","answer":"原路退回。"}'
    first, second = (parse_entries(row, name="f.jsonl")[0] for _ in range(2))
    assert first == second
    assert first.language == "zh"


def test_a_file_that_is_not_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        read_entries(tmp_path / "f.csv")
    with pytest.raises(InputError, match="cannot be read"):
        read_entries(tmp_path / "none.csv")
