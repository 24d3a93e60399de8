"""Marked-up texts: what the parsers find, in UTF-16 units."""

import pytest

from sandbox.telegram.entities import plain
from sandbox.telegram.html import parse_html
from sandbox.telegram.markdown import parse_markdown
from sandbox.telegram.markdown_v2 import parse_markdown_v2
from sandbox.telegram.marked import EntityError, Marked


def spans(marked: Marked) -> list[tuple[str, str]]:
    """Each entity's type and the text it covers."""
    units = marked.text.encode("utf-16-le")
    return [
        (
            entity["type"],
            units[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode(
                "utf-16-le"
            ),
        )
        for entity in marked.entities
    ]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("<b>a</b>", "a", [("bold", "a")]),
        ("🎉 <b>你好 👋🏽</b>!", "🎉 你好 👋🏽!", [("bold", "你好 👋🏽")]),
        ("<b>a <i>b</i></b>", "a b", [("bold", "a b"), ("italic", "b")]),
        (
            "<strong>a</strong><em>b</em><ins>c</ins><del>d</del>",
            "abcd",
            [("bold", "a"), ("italic", "b"), ("underline", "c"), ("strikethrough", "d")],
        ),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", "a")]),
        ("<code>a<b>b</b></code>", "ab", [("code", "ab")]),
        ("<PRE>a</PRE>", "a", [("pre", "a")]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", "a")]),
        ("a &lt; b &amp;&#33; &quot; &nbsp; &x", 'a < b &! " &nbsp; &x', []),
        ("<b></b>x", "x", []),
        ("<a>https://a.example</a>", "https://a.example", [("text_link", "https://a.example")]),
        ('<a href="not an address">x</a>', "x", []),
        ("<b>a</>", "a", [("bold", "a")]),
    ],
)
def test_html(source: str, text: str, expected: list[tuple[str, str]]) -> None:
    marked = parse_html(source)
    assert marked.text == text
    assert spans(marked) == expected


def test_html_keeps_the_language_of_code_and_the_address_of_links() -> None:
    marked = parse_html(
        '<pre><code class="language-python">x</code></pre>'
        '<a href="https://a.example/?a=1&amp;b=2">l</a><a href="tg://user?id=7">u</a>'
        '<tg-emoji emoji-id="53">x</tg-emoji><tg-time unix="99" format="D">t</tg-time>'
    )
    details = [
        {key: value for key, value in entity.items() if key not in ("offset", "length")}
        for entity in marked.entities
    ]
    assert details == [
        {"type": "pre", "language": "python"},
        {"type": "text_link", "url": "https://a.example/?a=1&b=2"},
        {"type": "text_mention", "user": {"id": 7, "is_bot": False, "first_name": ""}},
        {"type": "custom_emoji", "custom_emoji_id": "53"},
        {"type": "date_time", "unix_time": 99, "date_time_format": "D"},
    ]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("*a*", "a", [("bold", "a")]),
        (
            "_a_ __b__ ~c~ ||d||",
            "a b c d",
            [("italic", "a"), ("underline", "b"), ("strikethrough", "c"), ("spoiler", "d")],
        ),
        ("*🎉 _x_*", "🎉 x", [("bold", "🎉 x"), ("italic", "x")]),
        ("___a_ b__", "a b", [("underline", "a b"), ("italic", "a")]),
        ("`a*b.`", "a*b.", [("code", "a*b.")]),
        ("```python\nx = 1```", "x = 1", [("pre", "x = 1")]),
        ("```\nx```", "x", [("pre", "x")]),
        ("1\\. a\\-b \\\\", "1. a-b \\", []),
        ("[l](https://a.example/\\))", "l", [("text_link", "l")]),
        (">a\n>b\nc", "a\nb\nc", [("blockquote", "a\nb")]),
        (">a\n>b||\nc", "a\nb\nc", [("expandable_blockquote", "a\nb")]),
        ("![x](tg://emoji?id=5)", "x", [("custom_emoji", "x")]),
        ("**", "", []),
    ],
)
def test_markdown_v2(source: str, text: str, expected: list[tuple[str, str]]) -> None:
    marked = parse_markdown_v2(source)
    assert marked.text == text
    assert spans(marked) == expected


@pytest.mark.parametrize("character", "_*[]()~`>#+-=|{}.!")
def test_every_reserved_character_must_be_escaped(character: str) -> None:
    with pytest.raises(EntityError):
        parse_markdown_v2(f"x{character}")
    assert parse_markdown_v2(f"x\\{character}").text == f"x{character}"


def test_old_markdown() -> None:
    marked = parse_markdown("*a* _b_ `c` [d](https://a.example) \\*e 1. ```python f```")
    assert marked.text == "a b c d *e 1.  f"
    assert spans(marked) == [
        ("bold", "a"),
        ("italic", "b"),
        ("code", "c"),
        ("text_link", "d"),
        ("pre", " f"),
    ]


def test_links_commands_and_the_like_are_found() -> None:
    marked = plain(
        "  /start@my_bot 看 https://a.example/x. @mia #tag $USD a@b.example +1 555 010 0000 "
    )
    assert spans(marked) == [
        ("bot_command", "/start@my_bot"),
        ("url", "https://a.example/x"),
        ("mention", "@mia"),
        ("hashtag", "#tag"),
        ("cashtag", "$USD"),
        ("email", "a@b.example"),
        ("phone_number", "+1 555 010 0000"),
    ]


def test_nothing_is_found_inside_of_code() -> None:
    marked = parse_html("<code>/start</code> /help")
    assert spans(plain(marked.text, marked.entities)) == [
        ("code", "/start"),
        ("bot_command", "/help"),
    ]


def test_blanks_at_the_ends_are_cut_and_entities_follow() -> None:
    assert spans(plain("\n 🎉a ", [{"type": "bold", "offset": 0, "length": 6}])) == [
        ("bold", "🎉a")
    ]
