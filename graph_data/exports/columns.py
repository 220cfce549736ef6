"""What a column of an export holds, the columns that several tables share, and how their rows are filtered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, unique
from itertools import islice
from typing import Any, NamedTuple, TypeAlias, TypeVar

import numpy as np

from graph_data.core.errors import QuestionError
from graph_data.core.records import AccountKey, AccountRecord, Source
from graph_data.core.terms import Dimension
from graph_data.dataset import Dataset
from graph_data.exports.filters import Asked
from graph_data.figures.filters import FilterRows, Where, match
from graph_data.figures.measures import AXES, TOTAL, Axis
from graph_data.graph import Graph, Node

Row: TypeAlias = tuple[Any, ...]


@unique
class Kind(Enum):
    """What the cells of a column hold; None stands for what the document does not say."""

    TEXT = "text"
    KEY = "name or id of ours"
    INTEGER = "whole number"
    FEN = "whole 分"
    MONEY = "exact decimal, 万元"  # rows carry whole 分; each format writes them in 万元
    DECIMAL = "exact decimal"  # as printed: no more than ten decimals
    NUMBER = "exact decimal of any length"  # computed or free: no fixed scale would hold it
    FLAG = "true or false"
    LIST = "list of texts"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name (as the API has it), what it holds, and what that means, with the Chinese term."""

    name: str
    kind: Kind
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be exported. `rows` raises QuestionError at once where a filter does not fit, then streams."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[Dataset, Asked], Iterator[Row]]


ACCOUNT = (
    Column("fiscalYear", Kind.INTEGER, "Fiscal year (年度)"),
    Column("division", Kind.TEXT, "Code of the division (行政区划)"),
    Column("divisionName", Kind.TEXT, "Its name"),
    Column("department", Kind.TEXT, "Code of the department; empty where none is printed (部门)"),
    Column("departmentName", Kind.TEXT, "Its name"),
    Column("departmentId", Kind.KEY, "Its id in the API"),
)
SOURCE = (
    Column("sourceDocument", Kind.KEY, "Id of the document that it was read from (公开文件)"),
    Column("sourceSection", Kind.TEXT, "Part of the document (章节)"),
    Column("sourcePage", Kind.INTEGER, "Page, from 1, of a paged document (页)"),
    Column("sourceLine", Kind.INTEGER, "Line, from 1, of a text (行)"),
    Column("sourceRow", Kind.TEXT, "Label of the row (行标题)"),
    Column("sourceColumn", Kind.TEXT, "Heading of the column (列标题)"),
)


def amount(name: str, meaning: str) -> tuple[Column, Column]:
    """The two columns of an amount: …Fen and …WanYuan; their cells are the same whole 分."""
    head = f"{name}F" if name else "f"
    other = f"{name}W" if name else "w"
    return (
        Column(f"{head}en", Kind.FEN, f"{meaning}, in whole 分"),
        Column(f"{other}anYuan", Kind.MONEY, f"{meaning}, exactly, in 万元"),
    )


_MOST = 10_000  # accounts whose cells are held: some 10 MB; rows of one account stand near each other
NOBODY: tuple[None, None] = (None, None)


class Labels:
    """The cells that several tables share, made once an account. One object serves one export."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._accounts: dict[AccountKey, tuple[int, str, str, str | None, str, str]] = {}
        self._documents: dict[tuple[AccountKey, int], str] = {}
        self._kinds: dict[AccountKey, str | None] = {}

    def account(self, key: AccountKey) -> tuple[int, str, str, str | None, str, str]:
        """The cells of the columns ACCOUNT."""
        if key not in self._accounts:
            if len(self._accounts) >= _MOST:
                self._accounts.clear()
            department = self._dataset.department_node(key)
            division = self._dataset.graph.parent(department.id)
            code, name = (key.division, key.division) if division is None else (division.code or "", division.name)
            self._accounts[key] = (key.fiscal_year, code, name, department.code, department.name, department.id)
        return self._accounts[key]

    def kind(self, key: AccountKey) -> str | None:
        """Whose account it is: a department's or a unit's own."""
        if key not in self._kinds:
            if len(self._kinds) >= _MOST:
                self._kinds.clear()
            record = self._dataset.final_accounts_node(key).record
            self._kinds[key] = record.kind.name if isinstance(record, AccountRecord) else None
        return self._kinds[key]

    def source(
        self, key: AccountKey, source: Source
    ) -> tuple[str, str | None, int | None, int | None, str | None, str | None]:
        """The cells of the columns SOURCE."""
        at = (key, source.document)
        if at not in self._documents:
            if len(self._documents) >= _MOST:
                self._documents.clear()
            self._documents[at] = self._dataset.document_node(*at).id
        return self._documents[at], source.section, source.page, source.line, source.row, source.column

    def node(self, id: str | None) -> Node | None:
        """The node of an id that the dataset itself gave; None where it gave none."""
        return None if id is None else self._dataset.graph[id]

    def named(self, id: str | None) -> tuple[str | None, str] | tuple[None, None]:
        """Code and name of such a node."""
        if id is None:
            return NOBODY
        node = self._dataset.graph[id]
        return node.code, node.name


ACCOUNT_DIMENSIONS = frozenset({Dimension.DIVISION, Dimension.DEPARTMENT, Dimension.FISCAL_YEAR})
ORGANIZATION = ACCOUNT_DIMENSIONS | {Dimension.UNIT, Dimension.PROJECT}
SUBJECTS = frozenset({Dimension.FUNCTIONAL_SUBJECT, Dimension.ECONOMIC_SUBJECT})
_CHUNK = 4096
_Item = TypeVar("_Item")


class Placed(NamedTuple):
    """A row, and where it stands: positions of nodes in the organisation and the subjects, and its year."""

    organization: int
    year: int
    row: Row
    subject: int = TOTAL
    fen: int | None = None


def check_filter(name: str, asked: Asked, dimensions: Collection[Dimension], has_amount: bool = False) -> None:
    """Raises QuestionError where a table of rows that are no figures is asked for what it does not have."""
    if asked.measure is not None or asked.include_totals:
        raise QuestionError(f"{name}: measure and includeTotals are for figures; leave them out, or export figures")
    if asked.where is None:
        return
    foreign = sorted(dimension.name for dimension in _dimensions(asked.where) - set(dimensions))
    if foreign or (_asks_amount(asked.where) and not has_amount):
        possible = ", ".join(sorted(each.name for each in dimensions)) + (", AMOUNT" if has_amount else "")
        found = foreign[0] if foreign else "AMOUNT"
        raise QuestionError(f"{name}: not to be filtered by {found}, but by {possible}; such as fiscalYear=2022")


def filtered(
    graph: Graph, where: Where | None, rows: Iterable[Placed], dimensions: frozenset[Dimension]
) -> Iterator[Row]:
    """The rows that a filter lets through, in their order. A row without an amount passes no filter on amounts."""
    if where is None:
        yield from (placed.row for placed in rows)
        return
    needs_amount = _asks_amount(where)
    for chunk in chunks(rows, _CHUNK):
        asked = [placed for placed in chunk if not needs_amount or placed.fen is not None]
        passes = match(_columns(graph, asked, dimensions), where).certain
        yield from (placed.row for placed, passed in zip(asked, passes.tolist(), strict=True) if passed)


def chunks(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """The items in lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _columns(graph: Graph, rows: list[Placed], dimensions: frozenset[Dimension]) -> FilterRows:
    places = {
        Axis.ORGANIZATION: [placed.organization for placed in rows],
        Axis.YEAR: [placed.year for placed in rows],
        Axis.SUBJECT: [placed.subject for placed in rows],
    }
    held = {AXES[dimension] for dimension in dimensions}
    axes = {axis: np.array(column, dtype=np.int32) for axis, column in places.items() if axis in held}
    return FilterRows(graph, axes, np.array([placed.fen or 0 for placed in rows], dtype=np.int64), dimensions)


def _dimensions(where: Where) -> set[Dimension]:
    found = {dimension for dimension, _ in (*where.trees(), *where.choices())}
    if where.fiscal_year is not None:
        found.add(Dimension.FISCAL_YEAR)
    return found.union(*map(_dimensions, where.inner()))


def _asks_amount(where: Where) -> bool:
    return where.amount is not None or any(map(_asks_amount, where.inner()))
