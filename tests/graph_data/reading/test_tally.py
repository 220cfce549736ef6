"""Every number of a document is a value, a number of a heading, a raw cell or left over, and none of them twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph_data.core.errors import DocumentError
from graph_data.core.records import AccountKey
from graph_data.core.terms import GapReason, ReadingStatus
from graph_data.reading import Given, Reading, assembly, read
from graph_data.reading.layout import Paragraph, Place, Region, Row, Table
from graph_data.reading.layout.regions import RegionKind
from graph_data.reading.sources import lay_out
from graph_data.reading.statements import subjects
from graph_data.reading.tally import Tally, Use, count_numbers
from tests.documents import CASES, FOLDER, reading_of
from tests.made_up import make, varied
from tests.sampled import sampled

KEY = AccountKey("990100", "120", 2023)
REAL = [*sorted(FOLDER.glob("[!t]*")), *sorted(path for path in CASES.glob("*") if path.is_file())]
READABLE = (".txt", ".html", ".xlsx", ".pdf", ".docx")


def _given() -> Given:
    return Given(division="370300")


def _is_held(path: Path, reading: Reading) -> None:
    """Is every number of the document in the ledger, each in exactly one class?"""
    printed = count_numbers(lay_out(path, lambda _done, _total: None).blocks)
    ledger = reading.ledger
    assert ledger.numbers == printed
    assert all(one.numbers == one.figures + one.headings + one.raw + one.left_over for one in ledger.tables)
    assert len(ledger.left_over) == sum(one.left_over for one in ledger.tables)
    raw = count_numbers([Table((Row((cell.text,), Place(None, None)),)) for cell in ledger.raw_cells])
    assert raw == sum(one.raw for one in ledger.tables)
    assert reading.tally.twice == []


@pytest.mark.parametrize("path", [path for path in REAL if path.suffix in READABLE], ids=lambda path: path.name)
def test_every_number_of_a_real_document_is_accounted_for(path: Path) -> None:
    try:
        reading = reading_of(path.name) if path.parent == FOLDER else read(path, _given())
    except DocumentError as error:
        pytest.skip(f"refused: {error}")
    _is_held(path, reading)


@pytest.mark.parametrize("seed", sampled(range(24), 3))
def test_every_number_of_a_made_up_document_is_accounted_for(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "document.txt"
    path.write_text(make(seed, varied(seed)).text, "utf-8")
    _is_held(path, read(path, Given(division="990100")))


def test_a_passage_that_is_skipped_is_left_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "document.txt"
    path.write_text(make(3, varied(3)).text, "utf-8")
    whole = read(path, Given(division="990100")).ledger

    def skipping(*_all: Any) -> None:
        """A reader of prose that tells nothing."""

    monkeypatch.setattr(assembly, "_tell", skipping)
    reading = read(path, Given(division="990100"))
    _is_held(path, reading)
    assert len(reading.ledger.left_over) > len(whole.left_over)
    assert not reading.ledger.is_whole


def test_a_row_that_a_reader_drops_is_a_gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "document.txt"
    path.write_text(make(3, varied(3)).text, "utf-8")
    reader = subjects._line

    def dropping(frame: Any, row: Row, *others: Any) -> Any:
        """A reader that drops the fourth row of each table."""
        return None if row is frame.grid.rows[3] else reader(frame, row, *others)

    monkeypatch.setattr(subjects, "_line", dropping)
    reading = read(path, Given(division="990100"))
    _is_held(path, reading)
    dropped = [gap for gap in reading.ledger.gaps if gap.reason is GapReason.UNBOUND_CELL]
    assert len(dropped) >= 3
    assert all(table.status is ReadingStatus.IN_PART for table in reading.ledger.tables if table.raw)


def _region(*blocks: Paragraph | Table) -> Region:
    return Region(RegionKind.PART, None, "第三部分", "第三部分", Place(None, 1), blocks)


def test_what_nobody_takes_of_a_table_is_a_gap_with_its_raw_cells() -> None:
    rows = (Row(("车辆", "12", "3.50"), Place(None, 2)), Row(("设备", "", ""), Place(None, 3)))
    region = _region(Table(rows))
    tally = Tally([region], "")
    tally.take(rows[0], [1], Use.VALUE)
    ledger = tally.close(KEY, ())
    assert [(gap.reason, gap.source.line) for gap in ledger.gaps] == [(GapReason.UNKNOWN_TABLE, 2)]
    assert [(cell.row, cell.column, cell.text) for cell in ledger.raw_cells] == [
        (1, 1, "车辆"),
        (1, 3, "3.50"),
        (2, 1, "设备"),
    ]
    (table,) = ledger.tables
    assert (table.status, table.numbers, table.figures, table.raw) == (ReadingStatus.IN_PART, 2, 1, 1)


def test_a_number_that_is_taken_twice_is_told() -> None:
    row, paragraph = Row(("12",), Place(None, 2)), Paragraph("共12台", Place(None, 3))
    tally = Tally([_region(Table((row,)), paragraph)], "")
    tally.take(row, [0], Use.VALUE)
    tally.take_words(paragraph, 1, 3, Use.VALUE)
    assert tally.twice == []
    tally.take(row, [0], Use.HEADING)
    tally.take_words(paragraph, 2, 3, Use.VALUE)
    assert tally.twice == ["line 2: 12", "line 3: 2"]


def test_a_table_that_is_rejected_keeps_nothing_but_raw_cells() -> None:
    rows = (Row(("合计", "12"), Place(None, 2)), Row(("其中", "3"), Place(None, 3)))
    region = _region(Table(rows))
    tally = Tally([region], "")
    tally.take(rows[0], [0, 1], Use.VALUE)
    tally.gap(region, GapReason.UNKNOWN_ROW, [(rows[1], 0), (rows[1], 1)])
    tally.reject(region, GapReason.ARITHMETIC)
    ledger = tally.close(KEY, ())
    assert [gap.reason for gap in ledger.gaps] == [GapReason.ARITHMETIC]
    assert [cell.text for cell in ledger.raw_cells] == ["合计", "12", "其中", "3"]
    assert tally.twice == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("2023年12月31日，共有车辆12辆", ["12"]),
        ("（一）1.依据国发〔2019〕12号办理12345热线", []),
        ("各是5328.87、5510.16万元", ["5328.87", "5510.16"]),
        ("各是70、510万元", ["70", "510"]),
    ],
)
def test_dates_numberings_and_numbers_of_names_are_no_quantities(text: str, left: list[str]) -> None:
    ledger = Tally([_region(Paragraph(text, Place(None, 2)))], "").close(KEY, ())
    assert [one.text for one in ledger.left_over] == left
    assert all(one.around is not None and one.text in one.around for one in ledger.left_over)
