"""The ledger that ends every reading: what each table and passage was recognised as, and what was left over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from graph_data.core.records import Account, LeftOverRecord, ReadTableRecord
from graph_data.core.terms import Content, GapReason, ReadingStatus, StatementForm, Topic
from graph_data.reading.layout import Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One title of the document: `recognised` is None where it was not; `figures` the numbers it gave."""

    place: Place
    title: str
    content: Content | None
    form: StatementForm | None
    figures: int

    @property
    def recognised(self) -> str | None:
        """The name of the form, or of the content."""
        return self.form.name if self.form else self.content.name if self.content else None


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A number of the prose that nothing recognised, with what its passage is about and the words around it."""

    place: Place
    section: str
    topic: Topic | None
    number: str
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

    def told(self, account: Account) -> Account:
        """The account with what the ledger says of how it was read."""
        left = tuple(self._left(account))
        return replace(account, read_tables=tuple(self._tables(account, left)), left_over=left)

    def _left(self, account: Account) -> Iterator[LeftOverRecord]:
        for position, each in enumerate(self.left_over, start=1):
            above = [number for number, entry in enumerate(self.entries, start=1) if not each.place < entry.place]
            source = each.place.source(each.section)
            yield LeftOverRecord(
                account.key, position, above[-1] if above else 1, each.topic, each.number, each.text, source
            )

    def _tables(self, account: Account, left: tuple[LeftOverRecord, ...]) -> Iterator[ReadTableRecord]:
        for position, entry in enumerate(self.entries, start=1):
            is_known = entry.content is not None
            status = ReadingStatus.READ if is_known else ReadingStatus.NOT_READ
            reason, left_over = None if is_known else GapReason.UNKNOWN_TABLE, sum(r.table == position for r in left)
            yield ReadTableRecord(
                account.key, position, entry.title, entry.content, entry.form, status, reason, None,
                entry.figures + left_over, entry.figures, 0, 0, left_over, entry.place.source(None),
            )  # fmt: skip
