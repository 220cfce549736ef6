"""What a table and a column of an export are, and the columns that several tables share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, unique
from itertools import islice
from typing import Any, TypeAlias, TypeVar

from graph_data.core.records import AccountKey, AccountRecord, Source
from graph_data.dataset import Dataset
from graph_data.exports.asked import Asked
from graph_data.graph import Node
from graph_data.lists import OPERATORS, Entry, Field
from graph_data.lists import Kind as FieldKind

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
    """A column: its name (as the API has it), what it holds, and what that means, with the Chinese term.

    `words` is the enumeration whose names its cells are, where they are.
    """

    name: str
    kind: Kind
    meaning: str
    words: type[Enum] | None = None

    @property
    def term(self) -> str:
        """Its Chinese term, which heads it in a workbook."""
        found: list[str] = _TERM.findall(self.meaning)
        return found[-1] if found else self.name


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be exported. `rows` raises QuestionError at once where a filter does not fit, then streams.

    `fields` are what it is filtered by, with the operators of each kind of field; `row` makes one row of a list's.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[Dataset, Asked], Iterator[Row]]
    fields: tuple[Field, ...] = ()
    operators: Mapping[FieldKind, tuple[str, ...]] = field(default_factory=lambda: OPERATORS)
    row: Callable[[Dataset, Labels, Entry, Asked], Row] | None = None


_TERM = re.compile(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)")
ACCOUNT = (
    Column("fiscalYear", Kind.INTEGER, "Fiscal year (年度)"),
    Column("division", Kind.TEXT, "Code of the division (行政区划代码)"),
    Column("divisionName", Kind.TEXT, "Its name (行政区划名称)"),
    Column("department", Kind.TEXT, "Code of the department; empty where none is printed (部门代码)"),
    Column("departmentName", Kind.TEXT, "Its name (部门名称)"),
    Column("departmentId", Kind.KEY, "Its id in the API (部门标识)"),
)
SOURCE = (
    Column("sourceDocument", Kind.KEY, "Id of the document that it was read from (公开文件)"),
    Column("sourceSection", Kind.TEXT, "Part of the document (章节)"),
    Column("sourcePage", Kind.INTEGER, "Page, from 1, of a paged document (页)"),
    Column("sourceLine", Kind.INTEGER, "Line, from 1, of a text (行)"),
    Column("sourceRow", Kind.TEXT, "Label of the row (出处行标题)"),
    Column("sourceColumn", Kind.TEXT, "Heading of the column (出处列标题)"),
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
        """Code and name of such a node, or of one that the dataset has not: a term may name any subject."""
        node = None if id is None else self._dataset.node(id)
        return (node.code, node.name) if isinstance(node, Node) else (None, None)


_Item = TypeVar("_Item")


def chunks(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """The items in lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
