"""The ledger that ends every reading: what each table and passage was recognised as, and what was left over."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph_data.reading.layout import Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One title of the document: `recognised` is None where it was not; `figures` the numbers it gave."""

    place: Place
    title: str
    recognised: str | None
    figures: int


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A number or table that nothing recognised, with the words around it."""

    place: Place
    section: str
    text: str


@dataclass(slots=True)
class Ledger:
    """Entries in the order of the document."""

    entries: list[Entry] = field(default_factory=list)
    left_over: list[LeftOver] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    @property
    def figures(self) -> int:
        return sum(entry.figures for entry in self.entries)

    @property
    def unrecognised(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.recognised is None)

    @property
    def is_whole(self) -> bool:
        """Was every table of the document recognised?"""
        return not self.unrecognised
