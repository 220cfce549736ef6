"""Ruled tables of a PDF page: their cells by left edge, put on one grid with those of the pages that follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph_data.core.records import Box

EDGE = 4  # points within which two edges of cells are one
_AMOUNT = re.compile(r"[-(（]?\d[\d,，]*(?:\.\d+)?%?[)）]?|[-—]")

Cells = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table on a page: for each row the left edge and the text of its cells, and the boxes of those printed."""

    page: int
    top: int
    rows: tuple[Cells, ...]
    boxes: tuple[tuple[Box, ...], ...] = ()


def ruled_tables(number: int, tables: Sequence[Any]) -> list[Ruled]:
    """The tables that pdfplumber finds on a page."""
    return [_ruled(number, table) for table in tables]


def _ruled(number: int, table: Any) -> Ruled:
    rows = list(_rows_of(table))
    return Ruled(number, round(table.bbox[1]), tuple(cells for cells, _ in rows), tuple(boxes for _, boxes in rows))


def rows_on_grid(tables: Sequence[Ruled]) -> list[tuple[int, tuple[str, ...]]]:
    """The rows of tables that follow each other, with their pages: one table over page breaks."""
    finest = max((_edges(table) for table in tables), key=len)
    return [(table.page, _on_grid(row, _shared(_edges(table), finest))) for table in tables for row in table.rows]


def _rows_of(table: Any) -> Iterator[tuple[Cells, tuple[Box, ...]]]:
    for row, texts in zip(table.rows, table.extract(), strict=True):
        cells = [
            (round(box[0]), (text or "").strip().split("\n"))
            for box, text in zip(row.cells, texts, strict=True)
            if box is not None
        ]
        printed = [
            (round(box[0]), round(box[1]), round(box[2]), round(box[3]))
            for box, text in zip(row.cells, texts, strict=True)
            if box is not None and (text or "").strip()
        ]
        rows = list(_divided(cells))
        for index, one in enumerate(rows):
            yield one, tuple(_part(box, index, len(rows)) for box in printed)


def _part(box: Box, index: int, count: int) -> Box:
    """What one of several rows takes up of a box that holds all of them."""
    left, top, right, bottom = box
    return left, top + (bottom - top) * index // count, right, top + (bottom - top) * (index + 1) // count


def _divided(cells: list[tuple[int, list[str]]]) -> Iterator[Cells]:
    """One row, a name that wraps inside its cell in one piece; several where rules between them are missing.

    A number never wraps: a cell of two numbers is two rows, which every printed cell must then agree on. Where they do
    not, the numbers stay together in their cell, which is then no amount.
    """
    counts = {len(lines) for _, lines in cells if lines != [""]}
    if not any(len(lines) > 1 and all(map(_AMOUNT.fullmatch, lines)) for _, lines in cells):
        yield tuple((left, "".join(lines).strip()) for left, lines in cells)
        return
    if len(counts) > 1:
        yield tuple((left, " ".join(lines).strip()) for left, lines in cells)
        return
    for index in range(counts.pop()):
        yield tuple((left, lines[index].strip() if lines != [""] else "") for left, lines in cells)


def _edges(table: Ruled) -> list[int]:
    edges: list[int] = []
    for left in sorted({left for row in table.rows for left, _ in row}):
        if not edges or left - edges[-1] > EDGE:
            edges.append(left)
    return edges


def _shared(edges: list[int], finest: list[int]) -> list[int]:
    """The finest columns, where a table's own are among them: its page shows merged cells alone."""
    return finest if all(any(abs(edge - other) <= EDGE for other in finest) for edge in edges) else edges


def _on_grid(row: Cells, edges: Sequence[int]) -> tuple[str, ...]:
    cells = [""] * len(edges)
    for left, text in row:
        cells[max(index for index, edge in enumerate(edges) if edge <= left + EDGE)] += text
    return tuple(cells)
