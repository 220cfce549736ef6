"""Two tables that are printed side by side under one title: each becomes a region of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from graph_data.core import vocabulary as words
from graph_data.core.terms import StatementForm
from graph_data.reading.layout.blocks import Paragraph, Row, Table
from graph_data.reading.layout.regions import Region, statement_form


def apart(region: Region) -> Iterator[Region]:
    """The tables of a region as one region each, where its first row names several forms and the next heads codes or
    names under every one of them; else the region as it is."""
    found = _forms(region.rows)
    if region.form is None or len(found) < 2:
        yield region
        return
    edges = [0, *[at for at, _ in found[1:]], max(len(row.cells) for row in region.rows)]
    head = region.rows[0]
    for (left, right), (at, form) in zip(pairwise(edges), found, strict=True):
        tables = [
            Table(tuple(replace(row, cells=row.cells[left:right]) for row in block.rows if row is not head), block.flaw)
            for block in region.blocks
            if isinstance(block, Table)
        ]
        named = Paragraph(head.cells[at], head.place)
        if left == 0:
            yield replace(region, form=form, blocks=(*region.paragraphs, named, *tables))
        else:
            title = words.printed(named.text)
            yield replace(region, form=form, title=title, blocks=(*_units(region), *tables), heading=named)


def _units(region: Region) -> Iterator[Paragraph]:
    """The 金额单位 above a region, again for a table beside its first."""
    for paragraph in region.paragraphs:
        if (match := words.AMOUNT_UNIT.search(words.plain(paragraph.text))) is not None:
            yield Paragraph(match.group(), paragraph.place)


def _forms(rows: Sequence[Row]) -> list[tuple[int, StatementForm]]:
    """Where the forms that the first row names begin; none where what is below is no code or name for each."""
    if len(rows) < 2:
        return []
    heads = [(at, cell) for at, cell in enumerate(rows[0].cells) if cell]
    below = rows[1].cells
    forms = [(at, statement_form(f"{words.plain(cell).removesuffix('决算')}决算表")) for at, cell in heads]
    begins = [at for at, cell in enumerate(below) if cell and words.CODE_HEADING.search(words.plain(cell))]
    found = [(at, form) for at, form in forms if form is not None]
    is_headed = len(found) == len(heads) and [at for at, _ in found] == begins
    return found if is_headed and len({form for _, form in found}) == len(found) else []
