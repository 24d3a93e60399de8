"""What many notices say alike, kept once instead of in each row."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from storage.outbox.notice import Media, Notice, NoticeButton

HALF = 50


@dataclass(frozen=True)
class Message:
    """What a broadcast says: a text a language (and another one for a share of the people),
    a photo or document, buttons."""

    text: Mapping[str, str]
    other_text: Mapping[str, str] | None = None
    media: Media | None = None
    buttons: Sequence[NoticeButton] = ()
    other_percent: int = HALF

    def to_json(self) -> dict[str, Any]:
        """The message as a JSON value; `from_json` is its inverse."""
        return {
            "text": dict(self.text),
            "other_text": None if self.other_text is None else dict(self.other_text),
            "other_percent": self.other_percent,
            "media": None if self.media is None else asdict(self.media),
            "buttons": [asdict(one) for one in self.buttons],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The message that `to_json` wrote."""
        media = value["media"]
        return cls(
            value["text"], value["other_text"], None if media is None else Media(**media),
            tuple(NoticeButton(**one) for one in value["buttons"]),
            other_percent=value.get("other_percent", HALF),
        )  # fmt: skip

    def notice(self, planned: Notice) -> Notice:
        """A recipient's notice with everything that is said."""
        text = self.other_text if planned.variant == "b" and self.other_text else self.text
        return Notice(
            unique_key=planned.unique_key, recipient=planned.recipient, due_at=planned.due_at,
            literal=text, buttons=[[one] for one in self.buttons], media=self.media,
            about=planned.about, variant=planned.variant, priority=planned.priority,
        )  # fmt: skip
