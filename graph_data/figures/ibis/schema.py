"""The columns of the Parquet files, what each means, and how a row becomes a Figure again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

import pyarrow as arrow  # type: ignore[import-untyped]

from graph_data.core.amount import Number
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
from graph_data.figures.axes import Axis
from graph_data.figures.figure import Figure

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
    ("fen", _LONG, "the amount in whole 分"),
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
    number = Number(row[2], row[3], row[4], None if row[5] is None else Decimal(row[5]), row[6])
    return Figure(
        row[0],
        Measure[row[1]],
        number,
        row[6],
        Source(*row[7:12], row[12], None if row[13] is None else Decimal(row[13])),
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


def _member(enumeration: type[_E], name: str | None) -> _E | None:
    return None if name is None else enumeration[name]
