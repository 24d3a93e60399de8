"""A paper as a PDF page; the words come in, nothing is said here.

Chinese is set in a font that PDF readers bring along, so that the files stay small.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
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


class _Writer:
    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._y = float(_TOP)

    def line(
        self, left: str, right: str = "", *, size: int = _TEXT_SIZE, bold: bool = False
    ) -> None:
        if self._y < _BOTTOM:
            self._canvas.showPage()
            self._y = float(_TOP)
        self._canvas.setFont(_font(left, bold=bold), size)
        self._canvas.drawString(_LEFT, self._y, left)
        if right:
            self._canvas.setFont(_font(right, bold=bold), size)
            self._canvas.drawRightString(_RIGHT, self._y, right)
        self._y -= _LINE * size / _TEXT_SIZE

    def rule(self) -> None:
        self._canvas.setLineWidth(0.5)
        self._canvas.line(_LEFT, self._y + _LINE / 2, _RIGHT, self._y + _LINE / 2)
        self._y -= _LINE / 2


def _font(text: str, *, bold: bool) -> str:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return _CHINESE
    return _BOLD if bold else _LATIN


def draw(page: Page) -> bytes:
    """The page (or pages) as a PDF file. The last row is set off as the sum."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    canvas.setTitle(page.title)
    writer = _Writer(canvas)
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
