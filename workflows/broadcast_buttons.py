"""The buttons under a broadcast, as an admin writes them down."""

from kernel.errors import DomainError
from kernel.typed import between_bars, in_both_languages
from storage.outbox import NoticeButton

MOST_BUTTONS = 3
_LONGEST_CAMPAIGN = 24
_ADDRESSES = ("https://", "http://", "tg://")


class WrongButton(DomainError):
    """A line that is no button: `line` is what was written."""

    key = "error-wrong-button"


def read_buttons(text: str) -> list[NoticeButton]:
    """Up to three buttons, one a line: `Label | https://…`, or `Label | code` for a link to the
    bot itself with a campaign code (letters and digits). `English / 中文` is a label a language.

    Raises WrongButton.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_BUTTONS:
        raise WrongButton(line=lines[MOST_BUTTONS], most=MOST_BUTTONS)
    return [_read_button(line) for line in lines]


def _read_button(line: str) -> NoticeButton:
    *label, target = between_bars(line)
    words = in_both_languages(" | ".join(label))
    if not words["en"] or not (target.startswith(_ADDRESSES) or is_campaign(target)):
        raise WrongButton(line=line, most=MOST_BUTTONS)
    if is_campaign(target):
        return NoticeButton(words, start=target)
    return NoticeButton(words, url=target)


def is_campaign(code: str) -> bool:
    """Whether a code may stand in a link to the bot."""
    return code.isascii() and code.isalnum() and len(code) <= _LONGEST_CAMPAIGN
