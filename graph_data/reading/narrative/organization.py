"""部门概况: the duties and the subordinate units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graph_data.core import vocabulary as words
from graph_data.core.records import AccountKey, NarrativeRecord, Source
from graph_data.core.terms import NarrativeKind
from graph_data.reading.layout import Region, Row
from graph_data.reading.layout.regions import RegionKind
from graph_data.reading.narrative.passages import Passage
from graph_data.reading.tally import Tally, Use

_ITEM = re.compile(r"^(?:\([一二三四五六七八九十]+\)|[-•·]?\d{1,2}[、.]|[-•·])\s*")


def read_duties(passages: Iterable[Passage], account: AccountKey) -> tuple[NarrativeRecord, ...]:
    """The numbered duties under the heading of 职责 or 职能."""
    duties: list[NarrativeRecord] = []
    for passage in passages:
        if words.DUTIES.search(passage.heading) and _ITEM.match(passage.text):
            text = re.sub(r"^\s*(?:[（(][一二三四五六七八九十]+[)）]|\d{1,2}[、.．])\s*", "", passage.original)
            source = passage.source(0)
            duties.append(NarrativeRecord(account, NarrativeKind.DUTY, "", len(duties) + 1, text, source))
    return tuple(duties)


def read_units(passages: Iterable[Passage], regions: Iterable[Region], tally: Tally) -> tuple[tuple[str, Source], ...]:
    """The names of the units: of the table with 单位名称, else of the list under 机构设置 or 单位构成."""
    tabled = tuple(
        unit for region in regions if region.kind is RegionKind.PART for unit in _tabled_units(region, tally)
    )
    return tabled or tuple(
        (_ITEM.sub("", _ITEM.sub("", passage.text)).rstrip(";。,"), passage.source(0))
        for passage in passages
        if words.UNITS.search(passage.heading) and _ITEM.match(passage.text) and len(passage.text) < 60
    )


def is_unit_heading(row: Row) -> bool:
    """Does a row head a table of units?"""
    return words.UNIT_COLUMN in {words.plain(cell) for cell in row.cells}


def _tabled_units(region: Region, tally: Tally) -> Iterator[tuple[str, Source]]:
    column = None
    known: list[str] = []
    for row in region.rows:
        if is_unit_heading(row):
            known = [words.plain(cell) for cell in row.cells]
            column = known.index(words.UNIT_COLUMN)
            tally.take(row, range(len(row.cells)), Use.HEADING)
        elif column is not None and column < len(row.cells) and row.cells[column]:
            numbers = (n for n, label in enumerate(known[: len(row.cells)]) if label in words.SUMMARY_NUMBER)
            tally.take(row, (column, *numbers), Use.HEADING)
            name = words.UNIT_ASIDE.sub("", words.printed(row.cells[column]))
            yield name, row.place.source(region.section, name)
