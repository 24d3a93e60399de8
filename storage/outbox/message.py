"""What many notices say alike, kept once instead of in each row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.outbox.notice import Media, Notice, NoticeButton


@dataclass(frozen=True)
class Message:
    """What a broadcast says: a text a language (and another one for every second person),
    a photo or document, buttons."""

    text: Mapping[str, str]
    other_text: Mapping[str, str] | None = None
    media: Media | None = None
    buttons: Sequence[NoticeButton] = ()

    def notice(self, planned: Notice) -> Notice:
        """A recipient's notice with everything that is said."""
        text = self.other_text if planned.variant == "b" and self.other_text else self.text
        return Notice(
            unique_key=planned.unique_key, recipient=planned.recipient, due_at=planned.due_at,
            literal=text, buttons=[[one] for one in self.buttons], media=self.media,
            about=planned.about, variant=planned.variant, priority=planned.priority,
        )  # fmt: skip
