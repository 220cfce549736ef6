"""check: packages against themselves, with every place where published figures contradict each other."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from graph_data.checks import BY_ID, CheckEntry, Finding, Text, examine_all, message, suggestion
from graph_data.checks.wording import word
from graph_data.core.errors import PackageError
from graph_data.core.reading_state import expected, left_over_of, status_of
from graph_data.core.records import Account, Source
from graph_data.core.terms import CheckOutcome, Language, ReadingStatus, Severity
from graph_data.package import Packages, read_packages

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
HEADINGS = (Text("核查", "check"), Text("程度", "severity"), Text("事实与差异", "what"), Text("出处", "where"))
Ledgers = Sequence[tuple[Account, Sequence[CheckEntry]]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `check`."""
    parser.add_argument("packages", type=Path, nargs="+", metavar="DIR", help="packages, or folders of packages")
    parser.add_argument("--json", action="store_true", help="print every check of every document as JSON")
    languages = [language.name.lower() for language in Language]
    parser.add_argument("--language", choices=languages, default="zh", help="of all words: Chinese where none is given")


def run(options: argparse.Namespace) -> int:
    """0 where nothing is an error, 1 where something is or a package is refused, 2 where a folder has no package."""
    complaints = Console(stderr=True, soft_wrap=True)
    try:
        packages = read_packages(options.packages, strict=False)
    except PackageError as error:
        complaints.print(f"not checked: {error}", style="red", markup=False, highlight=False)
        return 2
    examined = examine_all(packages.accounts)
    ledgers = [(account, examined[account.key]) for account in packages.accounts]
    language = Language[options.language.upper()]
    if options.json:
        print(json.dumps(_as_json(packages, ledgers, language), ensure_ascii=False, indent=2))
    else:
        _show(Console(), ledgers, language)
    for refused in packages.refused:
        complaints.print(f"refused: {refused}", style="red", markup=False, highlight=False)
    return 1 if packages.refused or any(_count(ledger)[Severity.ERROR] for _, ledger in ledgers) else 0


def _count(ledger: Sequence[CheckEntry]) -> Mapping[Severity, int]:
    return Counter(finding.severity for entry in ledger for finding in entry.findings)


def _show(console: Console, ledgers: Ledgers, language: Language) -> None:
    for account, ledger in ledgers:
        table = _table(account.department.title, language)
        for finding in sorted(_findings(ledger), key=lambda finding: list(Severity).index(finding.severity)):
            severity = Styled(word(finding.severity, language), STYLES[finding.severity])
            title = BY_ID[finding.check].title.of(language)
            table.add_row(title, severity, Styled(message(finding, language)), _places(finding.sources, language))
        if table.row_count:
            console.print(table)
        console.print(f"{account.department.title}: {_summary(ledger, language)}", markup=False, highlight=False)
        if (status := status_of(account)) is not ReadingStatus.READ:
            lost = Text("{}：未读之处{}个，未归类数字{}个", "{}: {} gaps, {} numbers left over").of(language)
            told = lost.format(word(status, language), len(account.gaps), left_over_of(account))
            console.print(told, markup=False, highlight=False)


def _table(title: str, language: Language) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in HEADINGS:
        table.add_column(heading.of(language), overflow="fold")
    return table


def _findings(ledger: Sequence[CheckEntry]) -> list[Finding]:
    return [finding for entry in ledger for finding in entry.findings]


def _summary(ledger: Sequence[CheckEntry], language: Language) -> str:
    """1 ERROR, 2 WARNING; 40 passed, 2 failed, 3 not applicable."""
    comma, semicolon = ("、", "；") if language is Language.ZH else (", ", "; ")
    severities, outcomes = _count(ledger), Counter(entry.outcome for entry in ledger)
    found = [f"{severities[each]} {word(each, language)}" for each in Severity if severities[each]]
    nothing = Text("未发现问题", "nothing found").of(language)
    named = (f"{outcomes[outcome]} {word(outcome, language)}" for outcome in CheckOutcome)
    return f"{comma.join(found) or nothing}{semicolon}{comma.join(named)}"


def _places(sources: Sequence[Source], language: Language) -> str:
    """page 3 line 364, 327; each once, in the order of the finding."""
    lines = dict.fromkeys((at.page, at.line) for at in sources)
    pages = {page: [str(line) for of, line in lines if of == page and line is not None] for page, _ in lines}
    return "; ".join(filter(None, (_of_page(page, found, language) for page, found in pages.items())))


def _of_page(page: int | None, lines: Sequence[str], language: Language) -> str:
    named = (Text("第{}页", "page {}"), Text("第{}行", "line {}"))
    parts = [named[0].of(language).format(page)] if page is not None else []
    return " ".join([*parts, *([named[1].of(language).format(", ".join(lines))] if lines else [])])


def _as_json(packages: Packages, ledgers: Ledgers, language: Language) -> dict[str, Any]:
    return {
        "accounts": [
            {
                "division": account.key.division,
                "department": account.key.department,
                "fiscalYear": account.key.fiscal_year,
                "title": account.department.title,
                "reading": _reading(account, language),
                "checks": [_entry(entry, language) for entry in ledger],
            }
            for account, ledger in ledgers
        ],
        "refused": [str(error) for error in packages.refused],
    }


def _reading(account: Account, language: Language) -> dict[str, Any]:
    return {
        "status": status_of(account).name,
        "gaps": [
            {
                "reason": gap.reason.name,
                "text": gap.text,
                "expected": expected(gap.reason, language),
                "page": gap.source.page,
                "line": gap.source.line,
            }
            for gap in account.gaps
        ],
        "leftOver": left_over_of(account),
    }


def _entry(entry: CheckEntry, language: Language) -> dict[str, Any]:
    return {
        "id": entry.check.id,
        "title": entry.check.title.of(language),
        "rule": entry.check.rule.of(language),
        "basis": entry.check.basis,
        "outcome": entry.outcome.name,
        "reason": None if entry.reason is None else entry.reason.of(language),
        "findings": [_finding(finding, language) for finding in entry.findings],
    }


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    """Decimals as strings in plain notation, so that no reader rounds them."""
    numbers = ("reported", "derived", "difference", "tolerance")
    values = {name: getattr(finding, name) for name in numbers}
    return {
        "severity": finding.severity.name,
        "message": message(finding, language),
        "suggestion": suggestion(finding, language),
        "group": finding.group,
        "materiality": finding.materiality.level.name,
        **{name: None if value is None else f"{value:f}" for name, value in values.items()},
        "unit": finding.unit,
        "node": finding.node,
        "sources": [
            {"section": at.section, "page": at.page, "line": at.line, "row": at.row, "column": at.column}
            for at in finding.sources
        ],
    }
