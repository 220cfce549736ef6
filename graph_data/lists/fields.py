"""What a list and a field of one are, and the fields that several lists share.

A field is read of an `Entry`: what the list is of, with the account that it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, unique
from fractions import Fraction
from operator import attrgetter
from typing import Any, TypeAlias

from graph_data.core.amount import Number, rounded
from graph_data.core.records import Account, AccountKey
from graph_data.core.terms import Dimension
from graph_data.dataset import Dataset
from graph_data.graph import Node, NodeKind
from graph_data.graph.ids import id_of


@unique
class Kind(Enum):
    """What the values of a field are, and so how they are compared. None stands for what is not told."""

    TEXT = "text"
    ENUM = "one of an enumeration"
    ENUMS = "some of an enumeration"
    MEMBER = "id of a member of a tree"
    YEAR = "fiscal year"
    INTEGER = "whole number"
    DECIMAL = "exact decimal"
    MONEY = "whole 分"
    FLAG = "true or false"


Value: TypeAlias = str | int | Decimal | bool | Enum | Sequence[Enum] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a list: its record, its node where it has one, and the account that it stands in."""

    dataset: Dataset
    record: Any
    node: Node | None = None
    key: AccountKey | None = None
    number: str = ""

    @property
    def account(self) -> Account:
        assert self.key is not None
        return self.dataset.lookups.accounts[self.key]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name in the API, what its values are, what it means, and how it is read of an entry.

    `members` is the enumeration of an ENUM, `dimension` the tree of a MEMBER, `known` what a TEXT may be, each with its
    name, where that is settled beforehand. A `hidden` one only orders.
    """

    name: str
    kind: Kind
    meaning: str
    read: Callable[[Entry], Value]
    members: type[Enum] | None = None
    dimension: Dimension | None = None
    hidden: bool = False
    known: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ListType:
    """A list: its name as the root field of the API, its fields, and its entries in their own order.

    `order` are the fields that order it where its entries of several divisions are merged; a minus is descending.
    """

    name: str
    meaning: str
    kind: NodeKind | None
    fields: tuple[Field, ...]
    entries: Callable[[Dataset], Iterator[Entry]]
    order: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        """The field of this name."""
        return next((each for each in self.fields if each.name == name), None)


def at(path: str) -> Callable[[Entry], Any]:
    """The attribute at a dotted path of the record."""
    return attrgetter(f"record.{path}")


def _department(entry: Entry) -> str:
    assert entry.key is not None
    return entry.dataset.identities.department_of[entry.key]


def _account_id(entry: Entry) -> str:
    assert entry.key is not None
    return entry.dataset.identities.accounts[entry.key]


def _fiscal_year(entry: Entry) -> int:
    assert entry.key is not None
    return entry.key.fiscal_year


def name_at(entry: Entry) -> str:
    assert entry.node is not None
    return entry.node.name


def _code(entry: Entry) -> str | None:
    assert entry.node is not None
    return entry.node.code


def level_at(entry: Entry) -> int:
    assert entry.node is not None
    return entry.node.level


def id_at(entry: Entry) -> str:
    assert entry.node is not None
    return entry.node.id


def _division(entry: Entry) -> str:
    assert entry.key is not None
    return id_of(NodeKind.DIVISION, entry.key.division)


def above(kind: NodeKind) -> Callable[[Entry], str | None]:
    """The id of the entry's own node or of the nearest one above it of a kind."""

    def read(entry: Entry) -> str | None:
        assert entry.node is not None
        if entry.node.kind is kind:
            return entry.node.id
        above = entry.dataset.graph.ancestors(entry.node.id)
        return next((each.id for each in reversed(above) if each.kind is kind), None)

    return read


def value_of(number: Number | None) -> Decimal | None:
    return None if number is None else number.value


def percent(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """A part in percent of a whole, to two decimals; None where either is missing or the whole is nothing."""
    return None if part is None or not whole else rounded(100 * Fraction(part) / Fraction(whole), 2)


def _findings(entry: Entry) -> int:
    assert entry.node is not None
    return len(entry.dataset.findings_at(entry.node.id))


YEAR = Field("fiscalYear", Kind.YEAR, "Fiscal year (年度)", _fiscal_year)
DIVISION = Field("division", Kind.MEMBER, "Division (行政区划)", _division, dimension=Dimension.DIVISION)
DEPARTMENT = Field("department", Kind.MEMBER, "Department (部门)", _department, dimension=Dimension.DEPARTMENT)
ACCOUNT = (
    YEAR,
    DIVISION,
    DEPARTMENT,
    Field("account", Kind.TEXT, "Key of the account", _account_id, hidden=True),
    Field("number", Kind.TEXT, "Its number there", lambda entry: entry.number, hidden=True),
)
UNIT = Field("unit", Kind.MEMBER, "Unit (预算单位)", above(NodeKind.UNIT), dimension=Dimension.UNIT)
NAME = Field("name", Kind.TEXT, "Name (名称)", name_at)
CODE = Field("code", Kind.TEXT, "Code (编码)", _code)
FOUND = Field("findings", Kind.INTEGER, "How many findings concern it or a part of it (核查发现数)", _findings)


def by_account(dataset: Dataset) -> Iterator[tuple[AccountKey, str]]:
    """The keys of all accounts with those of their ids, in the order of the graph."""
    accounts = dataset.identities.accounts
    return iter(sorted(((key, accounts[key]) for key in dataset.keys), key=lambda pair: pair[1]))


def of_kind(kind: NodeKind, number: Callable[[Any], str]) -> Callable[[Dataset], Iterator[Entry]]:
    """The entries of nodes whose records know their account."""

    def entries(dataset: Dataset) -> Iterator[Entry]:
        for node in dataset.graph.nodes(kind):
            record: Any = node.record
            yield Entry(dataset, record, node, record.account, number(record))

    return entries
