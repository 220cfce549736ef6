"""The tables of a package: which records each holds, what tells its rows apart and which others they name."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Any

from graph_data.core import records
from graph_data.package.cells import Column
from graph_data.package.layout import Place, SourcePlace, places_of


@dataclass(frozen=True, slots=True)
class Reference:
    """What a row names by `fields` is a row of `table`, of the same account, with those `keys`.

    `published` where the Table Schema can say it too, which it cannot for fields that may be empty or derived.
    An error blames `column`.
    """

    fields: tuple[str, ...]
    table: str
    keys: tuple[str, ...]
    column: str
    published: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file. `key` are the record's fields that, with the account, tell its rows apart; `sources` its places."""

    name: str
    record: type[Any]
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    places: tuple[Place, ...]
    columns: tuple[Column, ...] = field(init=False)
    sources: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(column for place in self.places for column in place.columns))
        sources = tuple(place.name for place in self.places if isinstance(place, SourcePlace))
        object.__setattr__(self, "sources", sources)

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    def columns_of(self, fields: tuple[str, ...]) -> list[str]:
        """The names of the columns that these fields of a record take up."""
        places = {place.name: place for place in self.places}
        return [column.name for name in fields for column in places[name].columns]

    def write(self, record: Any) -> list[str]:
        """A record as the cells of a row."""
        return [cell for place in self.places for cell in place.write(getattr(record, place.name))]

    def order(self, record: Any) -> tuple[Any, ...]:
        """Rows stand in this order: enumerations as declared, 2.1.10 after 2.1.9, whatever the locale."""
        return tuple(_rank(name, getattr(record, name)) for name in self.key)


def _rank(name: str, value: Any) -> Any:
    if name == "indicator":
        return tuple((len(part), part) for part in value.split("."))
    return _declared(value) if isinstance(value, Enum) else value


@cache
def _declared(member: Enum) -> int:
    return list(type(member)).index(member)


def _same(fields: tuple[str, ...], table: str) -> Reference:
    return Reference(fields, table, fields, fields[-1])


def _table(
    name: str, record: type[Any], key: tuple[str, ...], *references: Reference, codes: frozenset[str] = frozenset(),
    blanks: frozenset[str] = frozenset(),
) -> Table:  # fmt: skip
    return Table(name, record, key, references, places_of(record, codes, blanks))


_CODE, _TEXT = frozenset({"code"}), frozenset({"text"})
_OF_PROJECT = _same(("project",), "projects")
_OF_STATEMENT = _same(("form",), "statements")
_OF_READ_TABLE = Reference(("table",), "read_tables", ("position",), "table")
_OF_GAP = Reference(("gap",), "gaps", ("position",), "gap")
_OF_SUBJECT = Reference(("classification", "code"), "subjects", ("classification", "code"), "code", published=False)
_OF_PARENT_INDICATOR = Reference(
    ("project", "parent"), "indicators", ("project", "indicator"), "indicator", published=False
)
_OF_PARENT_LINE = Reference(("form", "parent"), "lines", ("form", "line"), "parent", published=False)

TABLES: tuple[Table, ...] = (
    _table("department", records.AccountRecord, ()),
    _table("documents", records.DocumentRecord, ("position",)),
    _table("units", records.UnitRecord, ("unit",)),
    _table("projects", records.ProjectRecord, ("project",), _same(("unit",), "units")),
    _table("project_aliases", records.ProjectAliasRecord, ("project", "name"), _OF_PROJECT),
    _table("funding", records.FundingRecord, ("project", "fund_source", "quantity"), _OF_PROJECT),
    _table("indicators", records.IndicatorRecord, ("project", "indicator"), _OF_PROJECT, _OF_PARENT_INDICATOR),
    _table("subjects", records.SubjectRecord, ("classification", "code"), codes=_CODE),
    _table("statements", records.StatementRecord, ("form",)),
    _table("columns", records.ColumnRecord, ("form", "column"), _OF_STATEMENT),
    _table("lines", records.LineRecord, ("form", "line"), _OF_STATEMENT, _OF_PARENT_LINE, _OF_SUBJECT, codes=_CODE),
    _table(
        "figures",
        records.FigureRecord,
        ("form", "line", "column"),
        _same(("form", "line"), "lines"),
        _same(("form", "column"), "columns"),
    ),
    _table("facts", records.FactRecord, ("topic", "item", "position", "role", "label")),
    _table("comparisons", records.ComparisonRecord, ("item", "position")),
    _table("budget_deviations", records.BudgetDeviationRecord, ("item", "position"), codes=_CODE),
    _table("terms", records.TermRecord, ("position",), _OF_SUBJECT, codes=_CODE),
    _table("narratives", records.NarrativeRecord, ("kind", "about", "position")),
    _table("read_tables", records.ReadTableRecord, ("position",)),
    _table("gaps", records.GapRecord, ("position",), _OF_READ_TABLE, blanks=_TEXT),
    _table("raw_cells", records.RawCellRecord, ("gap", "row", "column"), _OF_GAP, blanks=_TEXT),
    _table("left_over", records.LeftOverRecord, ("position",), _OF_READ_TABLE),
)
