"""Which columns the fields of a record become: read off the records' own type hints.

AccountKey → division, department, fiscal_year. A Number `number` → text, unit, decimals, value, fen; another
Number x → x_text and so on. A Source x → x_section, x_page, x_line, x_row, x_column, x_document (empty for the first)
and x_confidence. An enumeration is written by name, a tuple of them with one space between, anything else as itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Protocol, get_args, get_type_hints

from graph_data.core.amount import MAX_FEN, Number, read_number
from graph_data.core.records import AccountKey, Source
from graph_data.package.cells import MAX_DIGITS, CellError, Column, Flag, Integer, Kind, Plain, Term, Terms, Text, shown

COUNTER = Integer(0, 999_999_999)
DOCUMENT = Column("document", Integer(1, 99_999), nullable=True)
CONFIDENCE = Column("confidence", Plain(is_share=True), nullable=True)
CODE = Text("[0-9]{3}([0-9]{2}){0,3}", "2010301")
PATTERNS = {
    "sha256": Text("[0-9a-f]{64}", "64 hexadecimal digits"),
    "indicator": Text(r"[1-9][0-9]{0,3}(\.[1-9][0-9]{0,3}){0,2}", "2.1.3"),
    "as_of": Text("[0-9]{4}-[0-9]{2}-[0-9]{2}", "2022-12-31"),
}
MAY_BE_BLANK = frozenset({"label", "heading", "item", "about"})


class Place(Protocol):
    """The columns that one field of a record takes up, and the way there and back."""

    @property
    def name(self) -> str: ...

    @property
    def columns(self) -> tuple[Column, ...]: ...

    def write(self, value: Any) -> list[str]: ...

    def read(self, cells: Sequence[str]) -> Any:
        """The field's value; CellError where a cell does not hold what it should."""
        ...


@dataclass(frozen=True, slots=True)
class Single:
    """A field of one column."""

    name: str
    columns: tuple[Column, ...]

    def write(self, value: Any) -> list[str]:
        return [self.columns[0].write(value)]

    def read(self, cells: Sequence[str]) -> Any:
        return self.columns[0].read(cells[0])


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """The account's key. Equal keys are one object, so that a large table stays small."""

    name: str
    columns: tuple[Column, ...] = (
        Column("division", Text("[0-9]{6}", "370300"), nullable=False),
        Column("department", Text(), nullable=False),
        Column("fiscal_year", Integer(1990, 2100), nullable=False),
    )
    known: dict[tuple[str, ...], AccountKey] = field(default_factory=dict, compare=False, repr=False)

    def write(self, value: AccountKey) -> list[str]:
        return [value.division, value.department, str(value.fiscal_year)]

    def read(self, cells: Sequence[str]) -> AccountKey:
        found = tuple(cells)
        key = self.known.get(found)
        if key is None:
            key = AccountKey(*(column.read(cell) for column, cell in zip(self.columns, cells, strict=True)))
            self.known[found] = key
        return key


@dataclass(frozen=True, slots=True)
class NumberPlace:
    """A printed number. `value` and `fen` say again what `text` says; where they do not, the package is refused."""

    name: str
    columns: tuple[Column, ...]
    nullable: bool

    @classmethod
    def of(cls, name: str, nullable: bool) -> NumberPlace:
        prefix = "" if name == "number" else f"{name}_"
        return cls(
            name,
            (
                Column(f"{prefix}text", Text(example="a printed number such as 1,883.42, or a dash"), nullable),
                Column(f"{prefix}unit", Text(), nullable, blank=not nullable),
                Column(f"{prefix}decimals", Integer(0, 20), nullable),
                Column(f"{prefix}value", Plain(), nullable=True),
                Column(f"{prefix}fen", Integer(-MAX_FEN, MAX_FEN), nullable=True),
            ),
            nullable,
        )

    def write(self, value: Number | None) -> list[str]:
        if value is None:
            return [""] * len(self.columns)
        cells = (value.text, value.unit, value.decimals, value.value, value.fen)
        return [column.write(cell) for column, cell in zip(self.columns, cells, strict=True)]

    def read(self, cells: Sequence[str]) -> Number | None:
        if self.nullable and not any(cells):
            return None
        text, unit, decimals, value, fen = (column.read(cell) for column, cell in zip(self.columns, cells, strict=True))
        if not text or decimals is None:
            column = self.columns[0 if not text else 2]
            raise CellError(column.name, "an empty cell beside a number", column.kind.expected)
        number = self._printed(text, unit or "", decimals)
        self._agree(cells, (decimals, value, fen), number)
        return number

    def _printed(self, text: str, unit: str, decimals: int) -> Number:
        column = self.columns[0]
        if len(text) > MAX_DIGITS or text != text.strip():
            raise CellError(column.name, shown(text), column.kind.expected)
        try:
            return read_number(text, unit, decimals)
        except ValueError as error:
            raise CellError(column.name, f"{shown(text)} ({error})", column.kind.expected) from None

    def _agree(self, cells: Sequence[str], found: tuple[object, ...], number: Number) -> None:
        printed = (number.decimals, number.value, number.fen)
        for column, cell, said, reads in zip(self.columns[2:], cells[2:], found, printed, strict=True):
            if said != reads:
                expected = "an empty cell" if reads is None else str(reads)
                raise CellError(column.name, shown(cell), f"{expected}, as the text {shown(cells[0])} reads")


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """Where something stands in the document. Where there may be none, all cells are empty for none."""

    name: str
    columns: tuple[Column, ...]
    nullable: bool

    @classmethod
    def of(cls, name: str, nullable: bool) -> SourcePlace:
        kinds: dict[str, Kind] = {"section": Text(), "page": COUNTER, "line": COUNTER, "row": Text(), "column": Text()}
        kinds |= {each.name: each.kind for each in (DOCUMENT, CONFIDENCE)}
        return cls(name, tuple(Column(f"{name}_{part}", kind, nullable=True) for part, kind in kinds.items()), nullable)

    def write(self, value: Source | None) -> list[str]:
        if value is None:
            return [""] * len(self.columns)
        document = None if value.document == 1 else value.document
        cells = (value.section, value.page, value.line, value.row, value.column, document, value.confidence)
        return [column.write(cell) for column, cell in zip(self.columns, cells, strict=True)]

    def read(self, cells: Sequence[str]) -> Source | None:
        if self.nullable and not any(cells):
            return None
        section, page, line, row, column, document, confidence = (
            each.read(cell) for each, cell in zip(self.columns, cells, strict=True)
        )
        return Source(section, page, line, row, column, document or 1, confidence)


def places_of(record: type, codes: frozenset[str], blanks: frozenset[str]) -> tuple[Place, ...]:
    """The columns of a record's class, field by field; `codes` hold subject codes, `blanks` may be empty text."""
    hints, may_be_blank = get_type_hints(record), MAY_BE_BLANK | blanks
    return tuple(_place(each.name, hints[each.name], each.name in codes, may_be_blank) for each in fields(record))


def _place(name: str, hint: Any, is_code: bool, may_be_blank: frozenset[str]) -> Place:
    nullable = isinstance(hint, UnionType) and NoneType in get_args(hint)
    kind = next(part for part in get_args(hint) if part is not NoneType) if nullable else hint
    if kind is AccountKey:
        return KeyPlace(name)
    if kind is Number:
        return NumberPlace.of(name, nullable)
    if kind is Source:
        return SourcePlace.of(name, nullable)
    blank = not nullable and (name in may_be_blank or get_args(kind) != ())
    return Single(name, (Column(name, CODE if is_code else _kind(name, kind), nullable, blank),))


def _kind(name: str, hint: Any) -> Kind:
    if get_args(hint):
        return Terms(get_args(hint)[0].__members__)
    if issubclass(hint, Enum):
        return Term(hint.__members__)
    if hint is str:
        return PATTERNS.get(name, Text())
    kinds: dict[type, Kind] = {bool: Flag(), int: COUNTER, Decimal: Plain()}
    return kinds[hint]
