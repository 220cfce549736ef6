"""One cell of a table: its kinds, each with how it is written, read and described to other programs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, Protocol

_TO_QUOTE = re.compile(r'[",\r\n]')
MAX_DIGITS = 40
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_FLAGS = {"true": True, "false": False, "TRUE": True, "FALSE": False}  # capitals: what spreadsheets save


class CellError(Exception):
    """A cell that does not hold what its column is for; the caller adds the file and the row."""

    def __init__(self, column: str, found: str, expected: str) -> None:
        super().__init__(f"column {column}: found {found}; expected {expected}")
        self.column, self.found, self.expected = column, found, expected


class Kind(Protocol):
    """What the cells of a column hold. `read` raises ValueError where the cell is something else."""

    @property
    def expected(self) -> str: ...

    def write(self, value: Any) -> str: ...

    def read(self, cell: str) -> Any: ...

    def schema(self) -> dict[str, Any]:
        """The type and the constraints, as the Table Schema standard spells them."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """Words or a code; `pattern` is what all of the cell has to match."""

    pattern: str | None = None
    example: str = "text"

    @property
    def expected(self) -> str:
        return self.example if self.pattern is None else f"text such as {self.example}"

    def write(self, value: str) -> str:
        return value

    def read(self, cell: str) -> str:
        if self.pattern is not None and re.fullmatch(self.pattern, cell) is None:
            raise ValueError(cell)
        return cell

    def schema(self) -> dict[str, Any]:
        constraints = {} if self.pattern is None else {"pattern": f"^{self.pattern}$"}
        return {"type": "string", "constraints": constraints}


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number in plain notation, within bounds that are both included."""

    minimum: int
    maximum: int

    @property
    def expected(self) -> str:
        return f"a whole number from {self.minimum} to {self.maximum}"

    def write(self, value: int) -> str:
        return str(value)

    def read(self, cell: str) -> int:
        if len(cell) > MAX_DIGITS or _INTEGER.fullmatch(cell) is None:
            raise ValueError(cell)
        value = int(cell)
        if not self.minimum <= value <= self.maximum:
            raise ValueError(cell)
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "constraints": {"minimum": self.minimum, "maximum": self.maximum}}


@dataclass(frozen=True, slots=True)
class Plain:
    """An exact decimal in plain notation: no exponent, no grouping; from 0 to 1 where `is_share`."""

    is_share: bool = False

    @property
    def expected(self) -> str:
        return "a decimal from 0 to 1, such as 0.98" if self.is_share else "a decimal such as 1883.42"

    def write(self, value: Decimal) -> str:
        return format(value, "f")

    def read(self, cell: str) -> Decimal:
        if len(cell) > MAX_DIGITS or _DECIMAL.fullmatch(cell) is None:
            raise ValueError(cell)
        value = Decimal(cell)
        if self.is_share and not 0 <= value <= 1:
            raise ValueError(cell)
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "number", "constraints": {"minimum": 0, "maximum": 1} if self.is_share else {}}


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    expected: str = "true or false"

    def write(self, value: bool) -> str:
        return "true" if value else "false"

    def read(self, cell: str) -> bool:
        if cell not in _FLAGS:
            raise ValueError(cell)
        return _FLAGS[cell]

    def schema(self) -> dict[str, Any]:
        yes, no = ([cell for cell, flag in _FLAGS.items() if flag is answer] for answer in (True, False))
        return {"type": "boolean", "trueValues": yes, "falseValues": no, "constraints": {}}


@dataclass(frozen=True, slots=True)
class Term:
    """One of the field's enumerations, by name."""

    members: Mapping[str, Enum]

    @property
    def expected(self) -> str:
        return "one of " + ", ".join(self.members)

    def write(self, value: Enum) -> str:
        return value.name

    def read(self, cell: str) -> Enum:
        member = self.members.get(cell)
        if member is None:
            raise ValueError(cell)
        return member

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "constraints": {"enum": list(self.members)}}


@dataclass(frozen=True, slots=True)
class Terms:
    """Several members of an enumeration, by name, one space between them; none is an empty cell."""

    members: Mapping[str, Enum]

    @property
    def expected(self) -> str:
        return "names, one space between them, out of " + ", ".join(self.members)

    def write(self, value: tuple[Enum, ...]) -> str:
        return " ".join(member.name for member in value)

    def read(self, cell: str) -> tuple[Enum, ...]:
        names = cell.split(" ") if cell else []
        if any(name not in self.members for name in names):
            raise ValueError(cell)
        return tuple(self.members[name] for name in names)

    def schema(self) -> dict[str, Any]:
        one = "|".join(self.members)
        return {"type": "string", "constraints": {"pattern": f"^({one})( ({one}))*$"}}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. An empty cell is None where `nullable`, "" where `blank`, else refused."""

    name: str
    kind: Kind
    nullable: bool
    blank: bool = False

    @property
    def required(self) -> bool:
        return not self.nullable and not self.blank

    def write(self, value: Any) -> str:
        return "" if value is None else self.kind.write(value)

    def read(self, cell: str) -> Any:
        """The cell's value; CellError where it is empty and must not be, or holds something else."""
        if not cell and self.nullable:
            return None
        if not cell and not self.blank:
            raise CellError(self.name, "an empty cell", self.kind.expected)
        try:
            return self.kind.read(cell)
        except ValueError:
            raise CellError(self.name, shown(cell), self.kind.expected) from None


def shown(cell: str) -> str:
    """A cell as an error shows it: quoted, control characters escaped, cut where it is long."""
    return repr(cell if len(cell) <= MAX_DIGITS else cell[:MAX_DIGITS] + "…")


def line_of(cells: Sequence[str]) -> str:
    """One line of CSV, its end included; a cell is quoted only where it must be."""
    return ",".join('"' + cell.replace('"', '""') + '"' if _TO_QUOTE.search(cell) else cell for cell in cells) + "\n"
