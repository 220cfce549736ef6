"""What a source yields: paragraphs and tables in reading order, with page and line of each line and row."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from graph_data.core.records import Box, PrintedLine, Source


@dataclass(frozen=True, slots=True)
class File:
    """One of the files of an account: its place among them, from 1, and its name."""

    position: int
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line or row stands: the page of a paged document, the line of a text, the file of several.

    `boxes` are those of its cells on the page, as in a PrintedLine; `confidence` how sure the least sure of its words
    was recognised from a picture, None of text. Neither tells places apart.
    """

    page: int | None
    line: int | None
    file: File | None = None
    boxes: tuple[Box, ...] = field(default=(), compare=False, repr=False)
    confidence: Decimal | None = field(default=None, compare=False, repr=False)

    def __lt__(self, other: Place) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, int, int]:
        return self.file.position if self.file else 0, self.page or 0, self.line or 0

    def __str__(self) -> str:
        page = f"page {self.page}" if self.page is not None else ""
        line = f"line {self.line}" if self.line is not None else ""
        return ", ".join(filter(None, (self.file.name if self.file else "", page, line))) or "the document"

    def source(self, section: str | None, row: str | None = None, column: str | None = None) -> Source:
        """This place as records keep it, with the section, row label and column heading that it stands under."""
        document = self.file.position if self.file else 1
        return Source(section or None, self.page, self.line, row or None, column or None, document, self.confidence)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of words.

    The source sees that its sentence `goes_on` in the next line, or that it stands `aside`: in the navigation or the
    footer of a page.
    """

    text: str
    place: Place
    goes_on: bool = False
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; an empty string is a blank cell."""

    cells: tuple[str, ...]
    place: Place

    @property
    def printed(self) -> tuple[str, ...]:
        """The cells that print something."""
        return tuple(filter(None, self.cells))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that stand together, headings and page-broken repetitions included.

    A `flaw` says why the source could not tell the columns: then the cells of each row are as they follow each other.
    """

    rows: tuple[Row, ...]
    flaw: str | None = None

    @property
    def place(self) -> Place:
        return self.rows[0].place


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Unread:
    """A page or cell that the source could not turn into words: what is there, and what was expected."""

    place: Place
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Laid:
    """What a source makes of a file: its blocks, the place of its last line, and what it could not turn into words.

    `turns` are the degrees by which pages had to be turned clockwise to be read, `hidden` says what the file holds and
    does not show.
    """

    blocks: tuple[Block, ...]
    end: Place
    unread: tuple[Unread, ...] = ()
    turns: Mapping[int, int] = field(default_factory=dict)
    hidden: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as laid out; `end` is the place of its last line, `unread` what of it has no words, `hidden` what it
    does not show."""

    name: str
    media_type: str
    sha256: str
    blocks: tuple[Block, ...]
    end: Place
    unread: tuple[Unread, ...] = ()
    turns: Mapping[int, int] = field(default_factory=dict)
    hidden: str | None = None

    @property
    def printed_lines(self) -> tuple[PrintedLine, ...]:
        """Every line and row of it, in order: what one place holds is one, a page without words an empty one."""
        held: dict[tuple[int | None, int | None], tuple[Place, list[str]]] = {}
        for block in self.blocks:
            for cells, place in (
                [((block.text,), block.place)]
                if isinstance(block, Paragraph)
                else [(row.printed, row.place) for row in block.rows]
            ):
                held.setdefault((place.page, place.line), (place, []))[1].extend(cells)
        for each in self.unread:
            held.setdefault((each.place.page, each.place.line), (each.place, []))
        return tuple(
            PrintedLine(place.page, place.line, self.turns.get(place.page or 0, 0), tuple(cells), place.boxes)
            for place, cells in held.values()
        )


def compact(text: str) -> str:
    """Words in half-width forms and without spaces, as passages hold them and numbers of words are counted."""
    return "".join(unicodedata.normalize("NFKC", text).split())
