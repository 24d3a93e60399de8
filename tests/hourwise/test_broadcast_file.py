"""The file of `broadcast send`: strict, and instants with any offset."""

from datetime import UTC, datetime

import pytest

from hourwise.broadcast_file import read_broadcast
from kernel.errors import InputError


def test_a_whole_file():
    found = read_broadcast(
        "audience: lang:zh\n"
        "text: {en: Hello, zh: 你好}\n"
        "buttons: [{text: {en: Open}, url: 'https://hourwise.example'}]\n"
        "at: 2026-03-02T13:00:00+01:00\n",
        name="news.yaml",
    )
    assert found.audience == "lang:zh"
    assert found.at == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert [one.url for one in found.message.buttons] == ["https://hourwise.example"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("text: {}", "text"),
        ("audience: all", "text"),
        ("text: {en: x}\ncolour: red", "colour"),
        ("text: {en: '<b>x'}", "broken markup"),
        ("text: {fr: x}", "no language of ours"),
        ("text: {en: x}\nlocal_time: '25:00'", "local time"),
        ("text: {en: x}\nphoto: a\ndocument: b", "not both"),
        ("text: {en: x}\nbuttons: [{text: {en: a}}]", "campaign"),
        ("text: {en: x}\nbuttons: [{text: {en: a}, campaign: 'a b'}]", "letters and digits"),
        ("text: {en: x}\nat: soon", "at"),
        ("text: {en: x}\nbuttons: [{text: {en: a}, url: 'javascript:x'}]", "buttons.0.url"),
        ("[", "not YAML"),
    ],
)
def test_what_is_wrong_is_named(text: str, named: str):
    with pytest.raises(InputError, match=named):
        read_broadcast(text, name="news.yaml")
