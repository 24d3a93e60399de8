"""How admins edit values that are JSON in the database."""

from typing import Any, cast

from wtforms import Field, Form
from wtforms.i18n import get_translations
from wtforms.meta import DefaultMeta
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import TextArea

from texts.translator import Translator
from texts.values import Value, shortened
from web.admin.words import Word, language


class InReadersWords(Form):
    """A form that says what is wrong with it in the reader's language."""

    class Meta(DefaultMeta):
        def get_translations(self, form: Any) -> Any:
            """wtforms' own sentences in the language of whoever reads the form."""
            return get_translations([language()])


def wrong(key: str, **values: Value) -> ValidationError:
    """What is wrong with a field, in the reader's language."""
    return ValidationError(Translator(language()).plain(key, **values))


def choices(**labels: str) -> dict[str, Any]:
    """Arguments of a field with these values, each called by its text's key."""
    return {"choices": [(value, Word(key)) for value, key in labels.items()]}


A_LINE_A_LANGUAGE = {"description": Word("web-hint-line-a-language")}
ONE_A_LINE = {"description": Word("web-hint-one-a-line")}
DELIVERIES = choices(video="delivery-video", relay="delivery-relay")
RAILS = choices(card="rail-card", invoice="rail-invoice", stars="rail-stars", free="rail-free")


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
        self.data = [_whole(line) for line in _lines(valuelist)]


def _whole(line: str) -> int:
    if not line.isdecimal():
        raise wrong("web-no-whole-number", line=line)
    return int(line)


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
                raise wrong("web-line-without-language", line=shortened(line, 40))
        self.data = {language: text for language, text in texts.items() if text}
