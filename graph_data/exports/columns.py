"""What a column of an export holds, and the columns that several tables share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, unique
from typing import Any, TypeAlias

from graph_data.dataset import Dataset
from graph_data.exports.asking import Asked

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
