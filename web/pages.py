"""Small pages that say one thing."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from texts.translator import Translator

TEMPLATES = Path(__file__).parent / "templates"
_pages = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)


def message_page(title: str, text: str, language: str) -> str:
    """A page with two texts, given by their keys."""
    translate = Translator(language)
    return _pages.get_template("message.html").render(
        language=language, title=translate.plain(title), text=translate.plain(text)
    )


def enter_page(token: str, language: str) -> str:
    """A page that signs in by itself, or by its button.

    Reading it uses nothing up: a chat's link preview reads it too.
    """
    translate = Translator(language)
    return _pages.get_template("enter.html").render(
        language=language,
        title=translate.plain("web-enter-title"),
        text=translate.plain("web-enter-text"),
        button=translate.plain("web-enter-button"),
        token=token,
    )
