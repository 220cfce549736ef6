"""Figures as Parquet, for engines and other programs: a row a figure, a row a member of a coverage, a row a place.

    year=<year>.parquet   FIGURES: the figures of a year by measure, in the order of MeasureTable.every
    members.parquet       MEMBERS: who should contribute to each measure, and whether they do
    places.parquet        PLACES: the nodes that positions stand for

Amounts are whole 分 in int64, printed values text: no decimal is lost. Positions are those of the graph that the
tables were made with; TOTAL and UNKNOWN (see `measures`) stand where there is none. The same figures give the same
bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, Protocol, TypeVar

import numpy as np
import pyarrow as arrow  # type: ignore[import-untyped]
import pyarrow.compute  # type: ignore[import-untyped]
import pyarrow.parquet  # type: ignore[import-untyped]

from graph_data.core.amount import MONEY_UNITS, Number
from graph_data.core.records import AccountKey, Source
from graph_data.core.terms import (
    ExpenditureNature,
    Fund,
    FundSource,
    Measure,
    RevenueSource,
    StatementForm,
    ThreePublicItemKind,
)
from graph_data.figures.columns import MeasureTable, Members
from graph_data.figures.measures import Axis, Figure
from graph_data.graph import Graph, NodeKind

MEMBERS_FILE = "members.parquet"
PLACES_FILE = "places.parquet"
YEAR_FILES = "year=*.parquet"
_TEXT, _INT, _LONG, _FLAG = arrow.string(), arrow.int32(), arrow.int64(), arrow.bool_()
_E = TypeVar("_E", bound=Enum)

AXIS_COLUMNS: Mapping[Axis, str] = {
    Axis.ORGANIZATION: "organization",
    Axis.DEPARTMENT: "department_position",
    Axis.SUBJECT: "subject",
    Axis.YEAR: "fiscal_year",
    Axis.NATURE: "nature_ordinal",
    Axis.SOURCE: "revenue_source_ordinal",
    Axis.FUND: "fund_ordinal",
    Axis.FUND_SOURCE: "fund_source_ordinal",
    Axis.ITEM: "item_ordinal",
}
LEVEL_COLUMNS: Mapping[Axis, Mapping[int, str]] = {
    Axis.ORGANIZATION: {1: "organization_1", 2: "organization_2", 3: "organization_3"},
    Axis.SUBJECT: {1: "subject_1", 2: "subject_2", 3: "subject_3"},
}
FUND_COLUMNS: Mapping[Fund, str] = {fund: f"counted_{fund.name.lower()}" for fund in Fund}

# What a Figure is made of, in the order of `figure_of`.
_FIGURE: tuple[tuple[str, Any, str], ...] = (
    ("id", _TEXT, "id of the figure"),
    ("measure", _TEXT, "the measure that it belongs to"),
    ("text", _TEXT, "the number as printed"),
    ("amount_unit", _TEXT, "金额单位: what the number counts"),
    ("decimals", _INT, "decimals that the place of the number prints"),
    ("value", _TEXT, "the exact value in the printed unit, as a decimal"),
    ("fen", _LONG, "the amount in whole 分; of what is no money, how many"),
    ("source_section", _TEXT, "part of the document"),
    ("source_page", _INT, "page"),
    ("source_line", _INT, "line"),
    ("source_row", _TEXT, "label of the row"),
    ("source_column", _TEXT, "heading of the column"),
    ("source_document", _INT, "which of the account's documents"),
    ("source_confidence", _TEXT, "how sure the recognition of an image was, from 0 to 1, as a decimal"),
    ("division", _TEXT, "行政区划 code of the account"),
    ("department", _TEXT, "预算部门代码 of the account, or the name where none is printed"),
    ("fiscal_year", _INT, "year of the account"),
    ("department_id", _TEXT, "node of the department"),
    ("unit_id", _TEXT, "node of the unit"),
    ("project_id", _TEXT, "node of the project"),
    ("subject_id", _TEXT, "node of the subject"),
    ("form", _TEXT, "the statement that prints it"),
    ("line_id", _TEXT, "node of the line that prints it"),
    ("column_number", _INT, "column of the statement"),
    ("nature", _TEXT, "支出性质"),
    ("revenue_source", _TEXT, "收入来源"),
    ("fund", _TEXT, "预算种类"),
    ("fund_source", _TEXT, "项目资金来源"),
    ("item", _TEXT, "“三公”经费项目"),
    ("is_total", _FLAG, "a printed total: only the others are summed"),
)
_GRID: tuple[tuple[str, Any, str], ...] = (
    ("ordinal", _INT, "place among all figures, in the order of accounts, statements, lines, columns"),
    ("rank", _INT, "place among the figures of the measure, by department or project, year, then as published"),
    ("step", _LONG, "分 in one unit of the last printed digit"),
    ("publisher", _INT, "number of the table that prints it and a total of its own"),
    ("cover", _INT, "how many leaves a printed cell sums; null where it sums none, or some only in part"),
    ("is_first", _FLAG, "the first printed cell of its table, row and column"),
)
_ORGANIZATION: tuple[tuple[str, Any, str], ...] = (
    ("organization", _INT, "position of the department, or of the project where the measure is one of projects"),
    ("organization_1", _INT, "position of its division"),
    ("organization_2", _INT, "position of its department"),
    ("organization_3", _INT, "position of its unit, else of its department"),
    ("department_position", _INT, "position of the department"),
)
_SUBJECT: tuple[tuple[str, Any, str], ...] = (
    ("subject", _INT, "position of the subject; -1 for a table's own total, -2 where no code is printed"),
    ("subject_1", _INT, "position of its 类"),
    ("subject_2", _INT, "position of its 款, or of what stands above"),
    ("subject_3", _INT, "position of its 项, or of what stands above"),
    ("subject_level", _INT, "level of the subject; 0 for none"),
)
_ORDINALS = tuple(
    (AXIS_COLUMNS[axis], _INT, f"ordinal of the {axis.value}; -1 for the total of all")
    for axis in (Axis.NATURE, Axis.SOURCE, Axis.FUND, Axis.FUND_SOURCE, Axis.ITEM)
)


def _schema(*columns: tuple[str, Any, str]) -> Any:
    return arrow.schema([arrow.field(name, kind, metadata={"description": told}) for name, kind, told in columns])


FIGURES = _schema(*_FIGURE, *_GRID, *_ORGANIZATION, *_SUBJECT, *_ORDINALS)
MEMBERS = _schema(
    ("division", _TEXT, "行政区划 code"),
    ("measure", _TEXT, "the measure that they should contribute to"),
    *_ORGANIZATION,
    ("fiscal_year", _INT, "year of the account"),
    ("expected", _LONG, "how many should contribute: 1 where the row is one member"),
    ("counted", _LONG, "how many of them do"),
    *((name, _LONG, f"the same for {fund.name}; null without funds") for fund, name in FUND_COLUMNS.items()),
)
PLACES = _schema(
    ("position", _INT, "position in the depth-first order"),
    ("stop", _INT, "position behind the last one below it"),
    ("parent", _INT, "position of the parent; -1 for a root"),
    ("id", _TEXT, "id of the node"),
    ("kind", _TEXT, "kind of the node"),
    ("level", _INT, "division 1 … project 4; subject 1-3"),
    ("code", _TEXT, "code of the node"),
    ("name", _TEXT, "name of the node"),
    *((f"ancestor_{level}", _INT, f"position of the nearest at level {level} or above") for level in (1, 2, 3, 4)),
)
FIGURE_COLUMNS = tuple(name for name, _, _ in _FIGURE)


def year_file(year: int) -> str:
    """The name of the file of a year's figures."""
    return f"year={year}.parquet"


def figure_of(row: Sequence[Any]) -> Figure:
    """The figure of a row that opens with `FIGURE_COLUMNS`."""
    fen = row[6] if row[3] in MONEY_UNITS else None
    number = Number(row[2], row[3], row[4], None if row[5] is None else Decimal(row[5]), fen)
    return Figure(
        row[0],
        Measure[row[1]],
        number,
        row[6],
        _source(*row[7:14]),
        AccountKey(*row[14:17]),
        row[17],
        row[18],
        row[19],
        row[20],
        _member(StatementForm, row[21]),
        row[22],
        row[23],
        _member(ExpenditureNature, row[24]),
        _member(RevenueSource, row[25]),
        _member(Fund, row[26]),
        _member(FundSource, row[27]),
        _member(ThreePublicItemKind, row[28]),
        row[29],
    )


def _source(
    section: str | None, page: int | None, line: int | None, row: str | None, column: str | None, document: int,
    confidence: str | None,
) -> Source:  # fmt: skip
    return Source(section, page, line, row, column, document, None if confidence is None else Decimal(confidence))


def _member(enumeration: type[_E], name: str | None) -> _E | None:
    return None if name is None else enumeration[name]


_ROW_GROUP = 8192
_LEVELS = (1, 2, 3, 4)
_PLACED = (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.PROJECT, NodeKind.SUBJECT)
_SORTED = [("measure", "ascending"), ("rank", "ascending")]


class ColumnEngine(Protocol):
    """The columns of an engine that are to be written."""

    @property
    def all(self) -> Sequence[Figure]: ...
    @property
    def tables(self) -> Mapping[Measure, MeasureTable]: ...
    @property
    def members(self) -> Mapping[Measure, Members]: ...


def figure_files(held: ColumnEngine, graph: Graph) -> Iterator[tuple[str, bytes]]:
    """The name and the content of every file. `graph` is the one whose positions the columns hold.

    Where there are no figures at all, the year 0 has none.
    """
    figures = figure_table(held, graph)
    for year in sorted(set(figures["fiscal_year"].to_pylist()) or {0}):
        of_year = figures.filter(arrow.compute.equal(figures["fiscal_year"], year))
        yield year_file(year), to_bytes(of_year.sort_by(_SORTED))
    yield MEMBERS_FILE, to_bytes(member_table(held, graph))
    yield PLACES_FILE, to_bytes(place_table(graph))


def figure_table(held: ColumnEngine, graph: Graph) -> Any:
    """Every figure, by measure as declared and in the order of MeasureTable.every."""
    ordinals = {figure.id: ordinal for ordinal, figure in enumerate(held.all)}
    return arrow.concat_tables([_measure_table(held.tables[measure], ordinals, graph) for measure in Measure])


def member_table(held: ColumnEngine, graph: Graph) -> Any:
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
