"""The paper that a synthetic account is written on: its key, and the lines that have been used up so far."""

from __future__ import annotations

from dataclasses import dataclass

from graph_data.core.record_factory import maker
from graph_data.core.records import AccountKey, Source

_source = maker(Source)


@dataclass(slots=True)
class Paper:
    """Sources count lines as a document does."""

    key: AccountKey
    section: str = ""
    line: int = 0

    def turn_to(self, section: str) -> None:
        """Go on in another part of the document."""
        self.section = section
        self.line += 2

    def next(self, row: str | None = None, column: str | None = None) -> Source:
        """A place on the next line."""
        self.line += 1
        place: Source = _source(self.section, None, self.line, row, column, 1, None)
        return place

    def here(self, row: str | None = None, column: str | None = None) -> Source:
        """A place on this line."""
        place: Source = _source(self.section, None, self.line, row, column, 1, None)
        return place
