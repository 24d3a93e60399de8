"""A paper as a PDF page; the words come in, nothing is said here.

What Helvetica has not, such as Chinese, is set in the operator's font, of which the characters
that are used are embedded; without one, in a font that PDF readers bring along.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

_CHINESE = "STSong-Light"
_LATIN, _BOLD = "Helvetica", "Helvetica-Bold"
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, A4[0] - 56, A4[1] - 72, 64
_LINE = 18
_TITLE_SIZE, _TEXT_SIZE, _SMALL_SIZE = 20, 11, 9

pdfmetrics.registerFont(UnicodeCIDFont(_CHINESE))


@dataclass(frozen=True)
class Page:
    """What a paper says: a title, lines above, rows of a left and a right text, lines below."""

    title: str
    head: Sequence[str]
    rows: Sequence[tuple[str, str]]
    foot: Sequence[str]


@cache
def check_font(path: Path) -> TTFont:
    """The font in a TrueType file (.ttf, or the first of a .ttc), ready to be drawn with.

    Raises ValueError for anything else, as for PostScript outlines (most .otf).
    """
    try:
        font = TTFont(str(path), str(path))
    except TTFError as error:
        raise ValueError(f"{path} is no font that a PDF can embed: {error}") from error
    pdfmetrics.registerFont(font)
    return font


class _Writer:
    def __init__(self, canvas: Canvas, font: TTFont | None) -> None:
        self._canvas = canvas
        self._own = font
        self._y = float(_TOP)

    def line(
        self, left: str, right: str = "", *, size: int = _TEXT_SIZE, bold: bool = False
    ) -> None:
        if self._y < _BOTTOM:
            self._canvas.showPage()
            self._y = float(_TOP)
        self._draw(self._runs(left, bold=bold), size)
        self._draw(self._runs(right, bold=bold), size, at_right=True)
        self._y -= _LINE * size / _TEXT_SIZE

    def rule(self) -> None:
        self._canvas.setLineWidth(0.5)
        self._canvas.line(_LEFT, self._y + _LINE / 2, _RIGHT, self._y + _LINE / 2)
        self._y -= _LINE / 2

    def _draw(self, runs: Sequence[tuple[str, str]], size: int, *, at_right: bool = False) -> None:
        widths = [stringWidth(text, font, size) for font, text in runs]
        x = _RIGHT - sum(widths) if at_right else float(_LEFT)
        for (font, text), width in zip(runs, widths, strict=True):
            self._canvas.setFont(font, size)
            self._canvas.drawString(x, self._y, text)
            x += width

    def _runs(self, text: str, *, bold: bool) -> list[tuple[str, str]]:
        """The text in pieces that each have a font with all their characters."""
        if _is_latin(text):
            return [(_BOLD if bold else _LATIN, text)]
        if self._own is None:
            return [(_CHINESE, text)]
        return [(font, "".join(run)) for font, run in groupby(text, self._font_of)]

    def _font_of(self, character: str) -> str:
        if self._own is not None and ord(character) in self._own.face.charToGlyph:
            return str(self._own.fontName)
        return _LATIN if _is_latin(character) else _CHINESE


def _is_latin(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def draw(page: Page, font: Path | None = None) -> bytes:
    """The page (or pages) as a PDF file; `font` is the operator's. The last row is set off as the
    sum."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    canvas.setTitle(page.title)
    writer = _Writer(canvas, None if font is None else check_font(font))
    writer.line(page.title, size=_TITLE_SIZE, bold=True)
    writer.line("")
    for text in page.head:
        writer.line(text)
    writer.line("")
    for left, right in page.rows[:-1]:
        writer.line(left, right)
    for left, right in page.rows[-1:]:
        writer.rule()
        writer.line(left, right, bold=True)
    writer.line("")
    for text in page.foot:
        writer.line(text, size=_SMALL_SIZE)
    canvas.save()
    return buffer.getvalue()
