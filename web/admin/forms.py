"""How admins edit values that are JSON in the database."""

from typing import Any, cast

from wtforms import Field
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import TextArea


class Lines(Field):
    """A list of texts, one a line; it may be empty."""

    widget = cast(Any, TextArea())
    data: Any

    def __init__(self, *, label: str, validators: object = (), **options: Any) -> None:
        super().__init__(label, [Optional()], **options)  # sqladmin asks for at least one line

    def _value(self) -> str:
        return "\n".join(str(each) for each in self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = _lines(valuelist)


class Numbers(Lines):
    """A list of whole numbers, one a line."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = [int(line) for line in _lines(valuelist)]


def _lines(valuelist: list[str]) -> list[str]:
    lines = valuelist[0].splitlines() if valuelist else []
    return [line.strip() for line in lines if line.strip()]


class Texts(Field):
    """A text a language: `en: …` and `zh: …`, each on a line of its own; lines without a
    language go on with the one before."""

    widget = cast(Any, TextArea())
    data: Any

    def _value(self) -> str:
        return "\n".join(f"{language}: {text}" for language, text in (self.data or {}).items())

    def process_formdata(self, valuelist: list[str]) -> None:
        texts: dict[str, str] = {}
        language = ""
        for line in (valuelist[0] if valuelist else "").splitlines():
            head, colon, rest = line.partition(":")
            if colon and head.strip().isalpha() and len(head.strip()) == 2:
                language = head.strip()
                texts[language] = rest.strip()
            elif language:
                texts[language] = f"{texts[language]}\n{line}".rstrip()
            elif line.strip():
                raise ValidationError(f"{line[:40]} …: begin with en: or zh:")
        self.data = {language: text for language, text in texts.items() if text}
