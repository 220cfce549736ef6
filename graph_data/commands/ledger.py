"""The ledger of a reading, as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Column, Table

from graph_data.core.reading_state import why
from graph_data.core.records import AccountKey, GapRecord, LeftOverRecord, ReadTableRecord, Source
from graph_data.core.terms import Language
from graph_data.reading import Ledger

SHOWN = 20  # names of files that are passed over
COUNTS = ("numbers", "figures", "headings", "raw", "left over")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the reading of one account's documents ended: their package and ledger, or why they were refused.

    `left_out` are files that were not read, each with the one that was read in its place; `is_account` is False for a
    document that is no final account; `is_as_before` where an earlier run has written the package.
    """

    documents: tuple[Path, ...]
    package: Path | None
    account: AccountKey | None
    ledger: Ledger | None
    error: str | None
    left_out: Mapping[Path, Path] = field(default_factory=dict)
    is_as_before: bool = False
    is_account: bool = True

    @property
    def verdict(self) -> str:
        if self.ledger is None:
            return "refused"
        return "read whole" if self.ledger.is_whole else "read in part"

    @property
    def warnings(self) -> Sequence[str]:
        """What may be wrong about whose account it is."""
        return self.ledger.warnings if self.ledger is not None else ()

    @property
    def names(self) -> str:
        """The files' names."""
        return " + ".join(path.name for path in self.documents)


def show(console: Console, outcome: Outcome, in_full: bool) -> None:
    """The ledger in full for one account, a line for each of many."""
    ledger = outcome.ledger
    if ledger is not None and in_full:
        _show_tables(console, ledger)
    figures = f", {ledger.figures} figures → {outcome.package}" if ledger is not None else ""
    _say(console, f"{outcome.verdict}: {outcome.names}{figures}{' (as before)' if outcome.is_as_before else ''}")
    for path, other in outcome.left_out.items():
        _say(console, f"left out: {path}, for {other}")


def show_summary(console: Console, outcomes: Sequence[Outcome], passed_over: Sequence[str]) -> None:
    """What became of all files, in a few lines."""
    counts = summary(outcomes)
    _say(console, "{accounts} accounts of {placed} files, {asBefore} of them as before; {leftOut} files left out; "
         "{noAccounts} are no final accounts; {refused} could not be read or placed".format(**counts))  # fmt: skip
    if passed_over:
        _say(console, f"{len(passed_over)} files of other kinds passed over: {', '.join(passed_over[:SHOWN])}")


def summary(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many accounts there are, how many files are in them, left out, no accounts, or refused."""
    read = [each for each in outcomes if each.ledger is not None]
    others = [each for each in outcomes if each.ledger is None]
    return {
        "accounts": len(read),
        "asBefore": sum(each.is_as_before for each in read),
        "placed": sum(len(each.documents) for each in read),
        "leftOut": sum(len(each.left_out) for each in outcomes),
        "noAccounts": sum(not each.is_account for each in others),
        "refused": sum(len(each.documents) for each in others if each.is_account),
    }


def _show_tables(console: Console, ledger: Ledger) -> None:
    titles = Column("title", overflow="fold", ratio=1)
    table = Table("place", titles, "status", *COUNTS, title="ledger", title_justify="left", box=SIMPLE)
    for (title, status), alike in groupby(ledger.tables, lambda one: (one.title, one.status)):
        found = list(alike)
        counts = zip(*((one.numbers, one.figures, one.headings, one.raw, one.left_over) for one in found), strict=True)
        named = title if len(found) == 1 else f"{title} × {len(found)}"
        table.add_row(_where(found[0].source), named, status.name, *(str(sum(each)) for each in counts))
    console.print(table)
    for what, said in ledger.found_by.items():
        _say(console, f"{what}: {said.value} (by {said.how})")
    for gap in ledger.gaps:
        reason = why(gap.reason, gap.detail, Language.ZH)
        _say(console, f"gap: {_where(gap.source)}, {gap.source.section}: {reason}: {gap.text}")
    for left in ledger.left_over:
        _say(console, f"left over: {_where(left.source)}, {left.source.section}: …{left.around}…")
    for lacking in ledger.lacking:
        _say(console, f"lacking: {lacking.value}")


def _say(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False)


def _where(source: Source) -> str:
    page = f"page {source.page}" if source.page is not None else ""
    return ", ".join(filter(None, (page, f"line {source.line}" if source.line is not None else "")))


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The outcome of one document for programs."""
    names = [path.name for path in outcome.documents]
    found: dict[str, Any] = {
        "document": names[0],
        "documents": names,
        "paths": list(map(str, outcome.documents)),
        "read": outcome.ledger is not None,
        "asBefore": outcome.is_as_before,
        "leftOut": [{"document": str(path), "for": str(other)} for path, other in outcome.left_out.items()],
    }
    if outcome.ledger is None or outcome.account is None:
        return {**found, "error": outcome.error, "isAccount": outcome.is_account}
    key = outcome.account
    account = {"division": key.division, "department": key.department, "fiscalYear": key.fiscal_year}
    return {**found, "package": str(outcome.package), "account": account, **ledger_json(outcome.ledger)}


def ledger_json(ledger: Ledger) -> dict[str, Any]:
    """A ledger for programs."""
    return {
        "whole": ledger.is_whole,
        "foundBy": {what: {"value": said.value, "by": said.how} for what, said in ledger.found_by.items()},
        "warnings": list(ledger.warnings),
        "numbers": ledger.numbers,
        "figures": ledger.figures,
        "tables": [
            {
                "title": one.title,
                "form": one.form and one.form.name,
                "status": one.status.name,
                "reason": one.reason and one.reason.name,
                "numbers": one.numbers,
                "figures": one.figures,
                "headings": one.headings,
                "raw": one.raw,
                "leftOver": one.left_over,
                **_place(one),
            }
            for one in ledger.tables
        ],
        "gaps": [
            {"reason": gap.reason.name, "detail": gap.detail, "text": gap.text, **_place(gap)} for gap in ledger.gaps
        ],
        "leftOver": [
            {"section": left.source.section, "number": left.text, "text": left.around, **_place(left)}
            for left in ledger.left_over
        ],
        "lacking": [form.value for form in ledger.lacking],
    }


def _place(of: ReadTableRecord | GapRecord | LeftOverRecord) -> dict[str, int | None]:
    return {"page": of.source.page, "line": of.source.line}
