"""The ledger that ends every reading: how far each table and passage was read, its gaps, and what was left over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph_data.core.records import GapRecord, LeftOverRecord, RawCellRecord, ReadTableRecord
from graph_data.core.terms import ReadingStatus, StatementForm


@dataclass(frozen=True, slots=True)
class Said:
    """A value of whose account it is, and how it was found: in words for people."""

    value: str
    how: str


@dataclass(slots=True)
class Ledger:
    """All in the order of the document; `lacking` are those of the nine forms that it does not print.

    `found_by` says what department, division and year were found by, `warnings` where one of these may be wrong.
    """

    tables: list[ReadTableRecord] = field(default_factory=list)
    gaps: list[GapRecord] = field(default_factory=list)
    raw_cells: list[RawCellRecord] = field(default_factory=list)
    left_over: list[LeftOverRecord] = field(default_factory=list)
    lacking: Sequence[StatementForm] = ()
    found_by: Mapping[str, Said] = field(default_factory=dict)
    warnings: Sequence[str] = ()

    @property
    def figures(self) -> int:
        """How many numbers of the document became figures, facts or values of a sheet."""
        return sum(table.figures for table in self.tables)

    @property
    def numbers(self) -> int:
        """Every numeric token of the document."""
        return sum(table.numbers for table in self.tables)

    @property
    def unread(self) -> tuple[ReadTableRecord, ...]:
        """What was read in part, was not read or is absent."""
        return tuple(table for table in self.tables if table.status is not ReadingStatus.READ)

    @property
    def is_whole(self) -> bool:
        """Was everything that the document prints or promises read?"""
        return not self.unread
