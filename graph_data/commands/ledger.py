"""The ledger of a reading, as a table for people and as JSON for programs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from graph_data.core.records import AccountKey
from graph_data.reading import Ledger
from graph_data.reading.ledger import Entry, LeftOver


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the reading of one document ended: its package and ledger, or why it was refused."""

    document: Path
    package: Path | None
    account: AccountKey | None
    ledger: Ledger | None
    error: str | None

    @property
    def verdict(self) -> str:
        if self.ledger is None:
            return "refused"
        return "read whole" if self.ledger.is_whole else "read in part"


def show(console: Console, outcome: Outcome, in_full: bool) -> None:
    """The ledger in full for one document, a line for each of many."""
    ledger = outcome.ledger
    if ledger is not None and in_full:
        _show_entries(console, ledger)
    figures = f", {ledger.figures} figures → {outcome.package}" if ledger is not None else ""
    console.print(f"{outcome.verdict}: {outcome.document.name}{figures}", markup=False, highlight=False)


def _show_entries(console: Console, ledger: Ledger) -> None:
    table = Table("place", "title", "recognised as", "figures", title="ledger", title_justify="left")
    for entry in ledger.entries:
        recognised = entry.recognised or "[red]not recognised[/red]"
        table.add_row(str(entry.place), entry.title, recognised, str(entry.figures))
    console.print(table)
    for left in ledger.left_over:
        console.print(f"left over: {left.place}, {left.section}: …{left.text}…", markup=False, highlight=False)
    for form in ledger.lacking:
        console.print(f"lacking: {form}", markup=False, highlight=False)


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The outcome of one document for programs."""
    found: dict[str, Any] = {"document": outcome.document.name, "read": outcome.ledger is not None}
    if outcome.ledger is None or outcome.account is None:
        return {**found, "error": outcome.error}
    ledger, key = outcome.ledger, outcome.account
    return {
        **found,
        "whole": ledger.is_whole,
        "package": str(outcome.package),
        "account": {"division": key.division, "department": key.department, "fiscalYear": key.fiscal_year},
        "figures": ledger.figures,
        "entries": [
            {"title": entry.title, "recognised": entry.recognised, "figures": entry.figures, **_place(entry)}
            for entry in ledger.entries
        ],
        "leftOver": [{"section": left.section, "text": left.text, **_place(left)} for left in ledger.left_over],
        "lacking": ledger.lacking,
    }


def _place(of: Entry | LeftOver) -> dict[str, int | None]:
    return {"page": of.place.page, "line": of.place.line}
