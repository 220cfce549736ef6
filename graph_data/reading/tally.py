"""What became of every number that a document prints, and every place of it that was not understood.

Whoever makes a value of a cell or of words says so where he makes it (`take`, `take_words`), and reports what he
cannot read (`gap`) without stopping. What nobody took is found when the tally is closed: cells of tables become raw
cells of a gap, numbers of prose are left over. So no number of the document can be lost in silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from graph_data.core.records import AccountKey, GapRecord, LeftOverRecord, RawCellRecord, ReadTableRecord
from graph_data.core.terms import Content, GapReason, ReadingStatus, StatementForm, Topic
from graph_data.reading.layout import Block, Paragraph, Place, Region, Row, Table
from graph_data.reading.layout.blocks import compact
from graph_data.reading.layout.regions import RegionKind
from graph_data.reading.ledger import Ledger

MAX_TEXT = 120  # characters of a gap's own text; its raw cells have all of it
AROUND = 20
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ORDINALS = re.compile(
    r"\d{2,4}(?:-\d{2,4})?年(?:度|代|末|初|底)?(?:\d{1,2}月(?:份)?(?:\d{1,2}日)?)?|\d{1,2}月(?:份|\d{1,2}日)?|\d{1,2}日"
    r"|^[-•·]?\(?\d{1,3}[、.)](?!\d)|第\d+[条款项号期届章节页]|[公表附图]\D{0,4}\d+(?:-\d+)?(?:表|[::.、]|$)|\(\d{1,2}\)"
    r"|[\[(〔]\d{4}[\])〕](?:第?\d+号)?|^-?\d{1,3}-?$|(?:^注:?|[。;:])\d{1,2}[、.](?!\d)"
)
_COUNTED = re.compile(
    r"(?:[、,和及与至—~-]{1,2}\d[\d.]*){0,40}(?:[%‰元万亿个辆台套家次人项名间户批件条所座亩吨米倍]|分(?!钟|类|之)|平方|公[里斤顷])"
)


class Use(Enum):
    """What a number became, where somebody took it."""

    VALUE = "a figure, a fact or a sheet's value"
    HEADING = "a code, a date or a number of a heading"


Cell = tuple[Row, int]
_CONTENT = {
    RegionKind.COVER: Content.COVER,
    RegionKind.CONTENTS: Content.CONTENTS,
    RegionKind.PART: Content.PROSE,
    RegionKind.STATEMENT: Content.STATEMENT,
    RegionKind.SUMMARY: Content.SUMMARY,
    RegionKind.SHEET: Content.SHEET,
    RegionKind.REPORT: Content.REPORT,
    RegionKind.ASIDE: Content.AROUND,
}


@dataclass(frozen=True, slots=True)
class _Gap:
    reason: GapReason
    cells: tuple[Cell, ...]
    place: Place
    text: str
    detail: str | None


@dataclass(frozen=True, slots=True)
class _Absent:
    title: str
    form: StatementForm | None
    place: Place
    section: str


def count_numbers(blocks: Iterable[Block]) -> int:
    """How many numeric tokens stand in some blocks."""
    return sum(len(_NUMBER.findall(text)) for text in _texts(blocks))


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield compact(block.text)
        else:
            yield from (cell for row in block.rows for cell in row.cells)


class Tally:
    """The tally of one document, by its regions; a row or paragraph is known as the one object that it is."""

    def __init__(self, regions: Sequence[Region], name: str) -> None:
        self._regions, self._name = regions, name
        self._at = {id(region): number for number, region in enumerate(regions)}
        self._cells: dict[tuple[int, int], Use | None] = {}
        self._words: dict[int, dict[int, Use]] = {}
        self._gaps: dict[int, list[_Gap]] = {}
        self._absent: list[_Absent] = []
        self._topics: dict[int, Topic] = {}
        self.twice: list[str] = []

    def take(self, row: Row, columns: Iterable[int], use: Use) -> None:
        """Cells of a row became that."""
        for column in columns:
            self._claim(row, column, use)

    def take_words(self, paragraph: Paragraph, start: int, end: int, use: Use) -> None:
        """Characters of a paragraph in compact form became that."""
        taken = self._words.setdefault(id(paragraph), {})
        if use is Use.VALUE and any(taken.get(at) is use for at in range(start, end)):
            self.twice.append(f"{paragraph.place}: {compact(paragraph.text)[start:end]}")
        taken |= dict.fromkeys(range(start, end), use)

    def about(self, paragraph: Paragraph, topic: Topic) -> None:
        """What a paragraph is about, for the numbers of it that nobody takes."""
        self._topics[id(paragraph)] = topic

    def gap(
        self, region: Region, reason: GapReason, cells: Iterable[Cell] = (), detail: str | None = None,
        text: str = "", place: Place | None = None,
    ) -> None:  # fmt: skip
        """A place that was not understood: these printed cells, which stay raw, or a text."""
        raw = tuple((row, column) for row, column in cells if row.cells[column])
        for row, column in raw:
            self._claim(row, column, None)
        text = text or " ".join(row.cells[column] for row, column in raw[:12])
        place = place or (raw[0][0].place if raw else region.place)
        self._gaps.setdefault(self._at[id(region)], []).append(
            _Gap(reason, raw, place, text[:MAX_TEXT], detail or None)
        )

    def reject(self, region: Region, reason: GapReason, detail: str | None = None, place: Place | None = None) -> None:
        """Nothing of a region is kept after all: what was taken of its tables is raw, one gap holds every cell."""
        for row in region.rows:
            for column in range(len(row.cells)):
                self._cells.pop((id(row), column), None)
        self._gaps.pop(self._at[id(region)], None)
        self.gap(region, reason, self.free(region.rows), detail, place=place)

    def absent(self, title: str, form: StatementForm | None, place: Place, section: str) -> None:
        """The contents promise an item that is not there."""
        self._absent.append(_Absent(title, form, place, section))

    @property
    def has_gaps(self) -> bool:
        """Was anything found that was not understood?"""
        return bool(self._gaps)

    def free(self, rows: Iterable[Row]) -> list[Cell]:
        """The printed cells of rows that nobody took."""
        return [
            (row, n) for row in rows for n, cell in enumerate(row.cells) if cell and (id(row), n) not in self._cells
        ]

    def close(self, account: AccountKey, lacking: Sequence[StatementForm]) -> Ledger:
        """Everything put together, in the order of the document; what nobody took is found here."""
        ledger = Ledger(lacking=tuple(lacking))
        for number, region in enumerate(self._regions):
            if region.title or region.blocks:
                self._close(ledger, account, number, region)
        for absent in self._absent:
            table, source = len(ledger.tables) + 1, absent.place.source(absent.section)
            content = Content.STATEMENT if absent.form else Content.PROSE
            ledger.tables.append(ReadTableRecord(
                account, table, absent.title, content, absent.form, ReadingStatus.ABSENT, GapReason.LACKING, None,
                0, 0, 0, 0, 0, source,
            ))  # fmt: skip
            number = len(ledger.gaps) + 1
            ledger.gaps.append(GapRecord(account, number, table, GapReason.LACKING, absent.title, None, source))
        return ledger

    def _claim(self, row: Row, column: int, use: Use | None) -> None:
        if (id(row), column) in self._cells and _NUMBER.search(row.cells[column]):
            self.twice.append(f"{row.place}: {row.cells[column]}")
        self._cells[id(row), column] = use

    def _close(self, ledger: Ledger, account: AccountKey, number: int, region: Region) -> None:
        table = len(ledger.tables) + 1
        gaps = [*self._gaps.get(number, ()), *self._unclaimed(region)]
        counts: Counter[Use | None] = Counter()
        for row in region.rows:
            for column, cell in enumerate(row.cells):
                if cell and (found := len(_NUMBER.findall(cell))):
                    counts[self._cells.get((id(row), column))] += found
        raw, counts[None] = counts[None], 0
        left: list[tuple[str, str, Paragraph]] = []
        for paragraph in region.paragraphs:
            left += self._left(paragraph, region, counts)
        if region.heading is not None:
            counts[Use.HEADING] += len(_NUMBER.findall(compact(region.heading.text)))
        status, reason = _status(region, gaps, bool(counts[Use.VALUE]), bool(left))
        detail = gaps[0].detail if gaps else None
        values, headings = counts[Use.VALUE], counts[Use.HEADING]
        title = region.title or _file(region) or self._name
        ledger.tables.append(ReadTableRecord(
            account, table, title, _CONTENT.get(region.kind), region.form, status, reason, detail,
            values + headings + raw + len(left), values, headings, raw, len(left), region.place.source(region.section),
        ))  # fmt: skip
        for gap in gaps:
            _record(ledger, account, table, region, gap)
        ledger.left_over += [
            LeftOverRecord(
                account, len(ledger.left_over) + n, table, self._topics.get(id(paragraph)), text, around,
                paragraph.place.source(region.section),
            )
            for n, (text, around, paragraph) in enumerate(left, start=1)
        ]  # fmt: skip

    def _unclaimed(self, region: Region) -> Iterator[_Gap]:
        """Numbers in cells that nobody took, one gap for those of each table."""
        reason = GapReason.UNBOUND_CELL if region.form else GapReason.UNKNOWN_TABLE
        for block in region.blocks:
            if not isinstance(block, Table):
                continue
            free = self.free(block.rows)
            if any(_NUMBER.search(row.cells[column]) for row, column in free):
                text = " ".join(row.cells[column] for row, column in free[:12])
                yield _Gap(reason, tuple(free), free[0][0].place, text[:MAX_TEXT], None)

    def _left(
        self, paragraph: Paragraph, region: Region, counts: Counter[Use | None]
    ) -> list[tuple[str, str, Paragraph]]:
        """The numbers of a paragraph: counted where taken; ordinals and parts of names (12345热线) as of headings."""
        text = compact(paragraph.text)
        taken = self._words.get(id(paragraph), {})
        ordinals: set[int] | None = None
        left = []
        for match in _NUMBER.finditer(text):
            use = next((taken[at] for at in range(*match.span()) if at in taken), None)
            if use is None and (
                region.kind in (RegionKind.CONTENTS, RegionKind.ASIDE)
                or (match.group().isdigit() and not _COUNTED.match(text, match.end()))
            ):
                use = Use.HEADING
            if use is None:
                ordinals = ordinals if ordinals is not None else _ordinals(text)
                use = Use.HEADING if ordinals.issuperset(range(*match.span())) else None
            if use is not None:
                counts[use] += 1
            else:
                around = text[max(0, match.start() - AROUND) : match.end() + 4]
                left.append((match.group(), around, paragraph))
        return left


def _ordinals(text: str) -> set[int]:
    """The characters of dates, numberings and numbers of documents."""
    return {at for match in _ORDINALS.finditer(text) for at in range(*match.span())}


def _file(region: Region) -> str | None:
    """The file of several that a region without a title stands in."""
    return region.end.file.name if region.end.file is not None else None


def _status(
    region: Region, gaps: Sequence[_Gap], has_values: bool, has_left: bool
) -> tuple[ReadingStatus, GapReason | None]:
    if gaps:
        is_part = has_values or region.kind not in (RegionKind.STATEMENT, RegionKind.TABLE)
        return ReadingStatus.IN_PART if is_part else ReadingStatus.NOT_READ, gaps[0].reason
    return (ReadingStatus.IN_PART, GapReason.UNKNOWN_PASSAGE) if has_left else (ReadingStatus.READ, None)


def _record(ledger: Ledger, account: AccountKey, table: int, region: Region, gap: _Gap) -> None:
    number = len(ledger.gaps) + 1
    source = gap.place.source(region.section)
    ledger.gaps.append(GapRecord(account, number, table, gap.reason, gap.text, gap.detail, source))
    rows: dict[int, int] = {}
    for row, column in gap.cells:
        place = row.place.source(region.section)
        at = rows.setdefault(id(row), len(rows) + 1)
        ledger.raw_cells.append(RawCellRecord(account, number, at, column + 1, row.cells[column], place))
