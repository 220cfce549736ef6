"""Figures as Parquet, for engines and other programs: a row a figure, a row a member of a coverage, a row a place.

    year=<year>.parquet   FIGURES: the figures of a year by measure, in the order of MeasureTable.every
    members.parquet       MEMBERS: who should contribute to each measure, and whether they do
    places.parquet        PLACES: the nodes that positions stand for

Amounts are whole 分 in int64, printed values text: no decimal is lost. Positions are those of the graph that the
tables were made with; TOTAL and UNKNOWN (see `axes`) stand where there is none. The same figures give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, Protocol

import numpy as np
import pyarrow as arrow  # type: ignore[import-untyped]
import pyarrow.compute  # type: ignore[import-untyped]
import pyarrow.parquet  # type: ignore[import-untyped]

from graph_data.core.terms import Measure
from graph_data.figures.axes import Axis
from graph_data.figures.figure import Figure
from graph_data.figures.ibis.schema import (
    AXIS_COLUMNS,
    FIGURES,
    FUND_COLUMNS,
    LEVEL_COLUMNS,
    MEMBERS,
    MEMBERS_FILE,
    PLACES,
    PLACES_FILE,
    year_file,
)
from graph_data.figures.members import Members
from graph_data.figures.table import MeasureTable
from graph_data.graph import Graph, NodeKind

_ROW_GROUP = 8192
_LEVELS = (1, 2, 3, 4)
_PLACED = (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.PROJECT, NodeKind.SUBJECT)
_SORTED = [("measure", "ascending"), ("rank", "ascending")]


class Held(Protocol):
    """The columns of an engine that are to be written."""

    @property
    def all(self) -> Sequence[Figure]: ...
    @property
    def tables(self) -> Mapping[Measure, MeasureTable]: ...
    @property
    def members(self) -> Mapping[Measure, Members]: ...


def figure_files(held: Held, graph: Graph) -> Iterator[tuple[str, bytes]]:
    """The name and the content of every file. `graph` is the one whose positions the columns hold.

    Where there are no figures at all, the year 0 has none.
    """
    figures = figure_table(held, graph)
    for year in sorted(set(figures["fiscal_year"].to_pylist()) or {0}):
        of_year = figures.filter(arrow.compute.equal(figures["fiscal_year"], year))
        yield year_file(year), to_bytes(of_year.sort_by(_SORTED))
    yield MEMBERS_FILE, to_bytes(member_table(held, graph))
    yield PLACES_FILE, to_bytes(place_table(graph))


def figure_table(held: Held, graph: Graph) -> Any:
    """Every figure, by measure as declared and in the order of MeasureTable.every."""
    ordinals = {figure.id: ordinal for ordinal, figure in enumerate(held.all)}
    return arrow.concat_tables([_measure_table(held.tables[measure], ordinals, graph) for measure in Measure])


def member_table(held: Held, graph: Graph) -> Any:
    """The members of every measure."""
    return arrow.concat_tables([_members(measure, held.members[measure], graph) for measure in Measure])


def place_table(graph: Graph) -> Any:
    """The nodes that a position of a figure or a member may stand for, or lie below, in the order of positions."""
    nodes = sorted((graph.interval(node.id)[0], node) for kind in _PLACED for node in graph.nodes(kind))
    positions = np.array([position for position, _ in nodes], dtype=np.int32)
    columns: dict[str, Any] = {
        "position": positions,
        "stop": [graph.stop_at(position) for position, _ in nodes],
        "parent": [graph.parent_at(position) for position, _ in nodes],
        "id": [node.id for _, node in nodes],
        "kind": [node.kind.name for _, node in nodes],
        "level": [node.level for _, node in nodes],
        "code": [node.code for _, node in nodes],
        "name": [node.name for _, node in nodes],
    }
    columns |= {f"ancestor_{level}": _above(graph, positions, level) for level in _LEVELS}
    return arrow.table([columns[field.name] for field in PLACES], schema=PLACES)


def to_bytes(table: Any) -> bytes:
    """One Parquet file."""
    sink = arrow.BufferOutputStream()
    arrow.parquet.write_table(table, sink, row_group_size=_ROW_GROUP, compression="zstd")
    return bytes(sink.getvalue())


def _measure_table(table: MeasureTable, ordinals: Mapping[str, int], graph: Graph) -> Any:
    figures = list(table.every.figures)
    covers = dict(zip((figure.id for figure in table.cells.figures), table.cover.tolist(), strict=True))
    columns: dict[str, Any] = _told(figures)
    columns |= {
        "ordinal": [ordinals[figure.id] for figure in figures],
        "rank": np.arange(len(figures), dtype=np.int32),
        "step": table.every.step,
        "publisher": table.every.publisher,
        "cover": [covers.get(figure.id) for figure in figures],
        "is_first": _firsts(table, figures, covers),
    }
    columns |= _places(table.every.axes, graph)
    return _filled(columns, FIGURES, len(figures))


def _told(figures: Sequence[Figure]) -> dict[str, Any]:
    """What the figures themselves hold."""
    numbers, sources = [figure.number for figure in figures], [figure.source for figure in figures]
    return {
        "id": [figure.id for figure in figures],
        "measure": [figure.measure.name for figure in figures],
        "text": [number.text for number in numbers],
        "amount_unit": [number.unit for number in numbers],
        "decimals": [number.decimals for number in numbers],
        "value": [None if number.value is None else str(number.value) for number in numbers],
        "fen": [figure.fen for figure in figures],
        "source_section": [source.section for source in sources],
        "source_page": [source.page for source in sources],
        "source_line": [source.line for source in sources],
        "source_row": [source.row for source in sources],
        "source_column": [source.column for source in sources],
        "source_document": [source.document for source in sources],
        "source_confidence": [None if source.confidence is None else str(source.confidence) for source in sources],
        "division": [figure.account.division for figure in figures],
        "department": [figure.account.department for figure in figures],
        "fiscal_year": [figure.fiscal_year for figure in figures],
        "department_id": [figure.department for figure in figures],
        "unit_id": [figure.unit for figure in figures],
        "project_id": [figure.project for figure in figures],
        "subject_id": [figure.subject for figure in figures],
        "form": [_name(figure.form) for figure in figures],
        "line_id": [figure.line for figure in figures],
        "column_number": [figure.column for figure in figures],
        "nature": [_name(figure.nature) for figure in figures],
        "revenue_source": [_name(figure.revenue_source) for figure in figures],
        "fund": [_name(figure.fund) for figure in figures],
        "fund_source": [_name(figure.fund_source) for figure in figures],
        "item": [_name(figure.item) for figure in figures],
        "is_total": [figure.is_total for figure in figures],
    }


def _name(member: Enum | None) -> str | None:
    return None if member is None else member.name


def _firsts(table: MeasureTable, figures: Sequence[Figure], covers: Mapping[str, int]) -> list[bool]:
    """Which printed cells come first in their row and column: a question names a cell by these."""
    axes = [table.every.axes[axis].tolist() for axis in (table.row_axis, table.column_axis) if axis is not None]
    seen: set[tuple[int, ...]] = set()
    firsts = []
    for figure, *place in zip(figures, table.every.publisher.tolist(), *axes, strict=True):
        is_first = figure.id in covers and tuple(place) not in seen
        if is_first:
            seen.add(tuple(place))
        firsts.append(is_first)
    return firsts


def _members(measure: Measure, members: Members, graph: Graph) -> Any:
    columns: dict[str, Any] = {"measure": [measure.name] * len(members)}
    columns["division"] = [graph.at(place).code for place in _above(graph, members.axes[Axis.ORGANIZATION], 1).tolist()]
    columns |= {"expected": members.expected, "counted": members.counted[None]}
    columns |= {name: members.counted.get(fund) for fund, name in FUND_COLUMNS.items()}
    columns |= _places(members.axes, graph)
    return _filled(columns, MEMBERS, len(members))


def _places(axes: Mapping[Axis, Any], graph: Graph) -> dict[str, Any]:
    """The place on each axis, and its ancestors where the axis is one of a tree."""
    columns: dict[str, Any] = {AXIS_COLUMNS[axis]: places for axis, places in axes.items()}
    for axis, names in LEVEL_COLUMNS.items():
        if axis in axes:
            columns |= {name: _above(graph, axes[axis], level) for level, name in names.items()}
    if Axis.SUBJECT in axes:
        levels = [graph.at(place).level if place >= 0 else 0 for place in axes[Axis.SUBJECT].tolist()]
        columns["subject_level"] = levels
    return columns


def _above(graph: Graph, places: Any, level: int) -> Any:
    table = graph.ancestors_at(level)
    return np.where(places >= 0, table[np.maximum(places, 0)], places) if len(table) else places


def _filled(columns: Mapping[str, Any], schema: Any, length: int) -> Any:
    """A table of the schema; null wherever there is no column."""
    arrays = [
        arrow.nulls(length, field.type) if values is None else arrow.array(values, field.type)
        for field, values in ((field, columns.get(field.name)) for field in schema)
    ]
    return arrow.table(arrays, schema=schema)
