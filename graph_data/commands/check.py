"""check: packages against themselves, with every place where published figures contradict each other."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph_data.checks import CheckEntry, examine
from graph_data.checks.examination import Finding, shown
from graph_data.core.errors import PackageError
from graph_data.core.records import Account, Source
from graph_data.core.terms import CheckOutcome, Severity
from graph_data.package import Packages, read_packages

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
Ledgers = Sequence[tuple[Account, Sequence[CheckEntry]]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `check`."""
    parser.add_argument("packages", type=Path, nargs="+", metavar="DIR", help="packages, or folders of packages")
    parser.add_argument("--json", action="store_true", help="print every check of every document as JSON")


def run(options: argparse.Namespace) -> int:
    """0 where nothing is an error, 1 where something is or a package is refused, 2 where a folder has no package."""
    complaints = Console(stderr=True, soft_wrap=True)
    try:
        packages = read_packages(options.packages, strict=False)
    except PackageError as error:
        complaints.print(f"not checked: {error}", style="red", markup=False, highlight=False)
        return 2
    ledgers = [(account, examine(account)) for account in packages.accounts]
    if options.json:
        print(json.dumps(_as_json(packages, ledgers), ensure_ascii=False, indent=2))
    else:
        _show(Console(), ledgers)
    for refused in packages.refused:
        complaints.print(f"refused: {refused}", style="red", markup=False, highlight=False)
    return 1 if packages.refused or any(_count(ledger)[Severity.ERROR] for _, ledger in ledgers) else 0


def _count(ledger: Sequence[CheckEntry]) -> Mapping[Severity, int]:
    return Counter(finding.severity for entry in ledger for finding in entry.findings)


def _show(console: Console, ledgers: Ledgers) -> None:
    for account, ledger in ledgers:
        table = _table(account.department.title)
        for finding in sorted(_findings(ledger), key=lambda finding: list(Severity).index(finding.severity)):
            severity = Text(finding.severity.name, STYLES[finding.severity])
            numbers = (_amount(finding.reported, finding.unit), _amount(finding.derived, finding.unit))
            table.add_row(finding.check, severity, Text(finding.message), *numbers, _places(finding.sources))
        if table.row_count:
            console.print(table)
        console.print(f"{account.department.title}: {_summary(ledger)}", markup=False, highlight=False)


def _table(title: str) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in ("check", "severity"):
        table.add_column(heading, no_wrap=True)
    for heading in ("what", "reported", "derived", "where"):
        table.add_column(heading, overflow="fold")
    return table


def _findings(ledger: Sequence[CheckEntry]) -> list[Finding]:
    return [finding for entry in ledger for finding in entry.findings]


def _summary(ledger: Sequence[CheckEntry]) -> str:
    """1 ERROR, 2 WARNING; 40 passed, 2 failed, 3 not applicable."""
    severities, outcomes = _count(ledger), Counter(entry.outcome for entry in ledger)
    found = ", ".join(f"{severities[severity]} {severity.name}" for severity in Severity if severities[severity])
    named = (f"{outcomes[outcome]} {outcome.name.lower().replace('_', ' ')}" for outcome in CheckOutcome)
    return f"{found or 'nothing found'}; {', '.join(named)}"


def _amount(value: Decimal | None, unit: str | None) -> str:
    return "" if value is None else f"{shown(value)} {unit}"


def _places(sources: Sequence[Source]) -> str:
    """line 364, 327; each once, in the order of the finding."""
    lines = dict.fromkeys((at.page, at.line) for at in sources)
    pages = {page: [str(line) for of, line in lines if of == page and line is not None] for page, _ in lines}
    return "; ".join(filter(None, (_of_page(page, found) for page, found in pages.items())))


def _of_page(page: int | None, lines: Sequence[str]) -> str:
    parts = [f"page {page}"] if page is not None else []
    return " ".join([*parts, *([f"line {', '.join(lines)}"] if lines else [])])


def _as_json(packages: Packages, ledgers: Ledgers) -> dict[str, Any]:
    return {
        "accounts": [
            {
                "division": account.key.division,
                "department": account.key.department,
                "fiscalYear": account.key.fiscal_year,
                "title": account.department.title,
                "checks": [_entry(entry) for entry in ledger],
            }
            for account, ledger in ledgers
        ],
        "refused": [str(error) for error in packages.refused],
    }


def _entry(entry: CheckEntry) -> dict[str, Any]:
    return {
        "id": entry.check.id,
        "title": entry.check.title,
        "outcome": entry.outcome.name,
        "reason": entry.reason,
        "findings": [_finding(finding) for finding in entry.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    """Decimals as strings in plain notation, so that no reader rounds them."""
    numbers = ("reported", "derived", "difference", "tolerance")
    values = {name: getattr(finding, name) for name in numbers}
    return {
        "severity": finding.severity.name,
        "message": finding.message,
        **{name: None if value is None else f"{value:f}" for name, value in values.items()},
        "unit": finding.unit,
        "node": finding.node,
        "sources": [
            {"section": at.section, "page": at.page, "line": at.line, "row": at.row, "column": at.column}
            for at in finding.sources
        ],
    }
