"""check: packages against themselves, with every place where published figures contradict each other."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from graph_data.checks import BY_ID, CheckEntry, Finding, Text, examine_all, message, suggestion
from graph_data.checks.wording import word
from graph_data.conclusions import Conclusion, Conclusions, blank_rows, mark_of, read_conclusions
from graph_data.core.errors import PackageError
from graph_data.core.reading_state import expected, left_over_of, status_of
from graph_data.core.records import Account, Source
from graph_data.core.terms import CheckOutcome, Language, ReadingStatus, Severity
from graph_data.graph.identities import identify
from graph_data.graph.ids import finding_id
from graph_data.package import Packages, read_packages
from graph_data.package.reading import packages_in

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
HEADINGS = (Text("核查", "check"), Text("程度", "severity"), Text("事实与差异", "what"), Text("出处", "where"))
CONCLUSION = Text("结论", "conclusion")


@dataclass(frozen=True, slots=True)
class _Checked:
    """An account with its ledger, its findings by their ids, and what was concluded of them."""

    account: Account
    ledger: Sequence[CheckEntry]
    key: str
    conclusions: Conclusions

    @property
    def findings(self) -> Iterator[tuple[str, Finding]]:
        for entry in self.ledger:
            for number, finding in enumerate(entry.findings, start=1):
                yield finding_id(self.key, entry.check.id, number), finding


Ledgers = Sequence[_Checked]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `check`."""
    parser.add_argument("packages", type=Path, nargs="+", metavar="DIR", help="packages, or folders of packages")
    parser.add_argument("--json", action="store_true", help="print every check of every document as JSON")
    told = "write a CSV with a row for each finding, to be filled in and kept as conclusions.csv beside the package"
    parser.add_argument("--conclusions", type=Path, metavar="FILE", help=told)
    languages = [language.name.lower() for language in Language]
    parser.add_argument("--language", choices=languages, default="zh", help="of all words: Chinese where none is given")


def run(options: argparse.Namespace) -> int:
    """0 where nothing is an error, 1 where something is, was not read or is refused, 2 where there is no package."""
    complaints = Console(stderr=True, soft_wrap=True)
    try:
        packages = read_packages(options.packages, strict=False)
    except PackageError as error:
        complaints.print(f"not checked: {error}", style="red", markup=False, highlight=False)
        return 2
    ledgers = _checked(packages, options.packages)
    conclusions = ledgers[0].conclusions if ledgers else Conclusions()
    refused = [*packages.refused, *conclusions.errors]
    findings = dict(each for checked in ledgers for each in checked.findings)
    refused += conclusions.outdated(findings, (checked.key for checked in ledgers))
    language = Language[options.language.upper()]
    if options.conclusions is not None:
        try:
            with options.conclusions.open("xb") as file:  # nothing that was concluded is written over
                file.write(blank_rows(findings.items(), conclusions, language))
        except OSError as error:
            complaints.print(f"not written: {error}", style="red", markup=False, highlight=False)
            return 2
    if options.json:
        print(json.dumps(_as_json(refused, ledgers, language), ensure_ascii=False, indent=2))
    else:
        _show(Console(), ledgers, language)
    for each in refused:
        complaints.print(f"refused: {each}", style="red", markup=False, highlight=False)
    return 1 if refused or any(map(_is_doubtful, ledgers)) else 0


def _is_doubtful(checked: _Checked) -> bool:
    """Does a check of an account find an error, or could one not be made, since what it needs was not read?"""
    is_unread = any(entry.outcome is CheckOutcome.NOT_READ for entry in checked.ledger)
    return is_unread or _count(checked.ledger)[Severity.ERROR] > 0


def _checked(packages: Packages, paths: Sequence[Path]) -> list[_Checked]:
    examined = examine_all(packages.accounts)
    try:
        keys = identify(packages.accounts).accounts
    except PackageError:  # they cannot be served together, and may be checked
        told = (each.key for each in packages.accounts)
        keys = {key: f"{key.division}/{key.department}/{key.fiscal_year}" for key in told}
    folders = [*(folder for path in paths for folder in packages_in(path)), *paths]
    conclusions = read_conclusions(folders)
    return [_Checked(each, examined[each.key], keys[each.key], conclusions) for each in packages.accounts]


def _count(ledger: Sequence[CheckEntry]) -> Mapping[Severity, int]:
    return Counter(finding.severity for entry in ledger for finding in entry.findings)


def _show(console: Console, ledgers: Ledgers, language: Language) -> None:
    for checked in ledgers:
        account, ledger = checked.account, checked.ledger
        told = {id: checked.conclusions.of(id, finding) for id, finding in checked.findings}
        is_concluded = any(told.values())
        table = _table(account.department.title, language, is_concluded)
        for id, finding in sorted(checked.findings, key=lambda each: list(Severity).index(each[1].severity)):
            severity = Styled(word(finding.severity, language), STYLES[finding.severity])
            title = BY_ID[finding.check].title.of(language)
            cells: list[str | Styled] = [
                title,
                severity,
                Styled(message(finding, language)),
                _places(finding.sources, language),
            ]
            table.add_row(*cells, *([Styled(_concluded(told[id], language))] if is_concluded else []))
        if table.row_count:
            console.print(table)
        console.print(f"{account.department.title}: {_summary(ledger, language)}", markup=False, highlight=False)
        if (status := status_of(account)) is not ReadingStatus.READ:
            lost = Text("{}：未读之处{}个，未归类数字{}个", "{}: {} gaps, {} numbers left over").of(language)
            unread = lost.format(word(status, language), len(account.gaps), left_over_of(account))
            console.print(unread, markup=False, highlight=False)


def _concluded(conclusion: Conclusion | None, language: Language) -> str:
    if conclusion is None:
        return ""
    told = word(conclusion.kind, language), conclusion.note, conclusion.name, conclusion.date.isoformat()
    return " ".join(filter(None, told))


def _table(title: str, language: Language, is_concluded: bool) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in (*HEADINGS, *([CONCLUSION] if is_concluded else [])):
        table.add_column(heading.of(language), overflow="fold")
    return table


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


def _as_json(refused: Sequence[PackageError], ledgers: Ledgers, language: Language) -> dict[str, Any]:
    return {
        "accounts": [
            {
                "division": checked.account.key.division,
                "department": checked.account.key.department,
                "fiscalYear": checked.account.key.fiscal_year,
                "title": checked.account.department.title,
                "reading": _reading(checked.account, language),
                "checks": [_entry(checked, entry, language) for entry in checked.ledger],
            }
            for checked in ledgers
        ],
        "refused": [str(error) for error in refused],
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


def _entry(checked: _Checked, entry: CheckEntry, language: Language) -> dict[str, Any]:
    return {
        "id": entry.check.id,
        "title": entry.check.title.of(language),
        "rule": entry.check.rule.of(language),
        "basis": entry.check.basis,
        "outcome": entry.outcome.name,
        "reason": None if entry.reason is None else entry.reason.of(language),
        "findings": [
            _finding(checked, finding_id(checked.key, entry.check.id, number), finding, language)
            for number, finding in enumerate(entry.findings, start=1)
        ],
    }


def _finding(checked: _Checked, id: str, finding: Finding, language: Language) -> dict[str, Any]:
    """Decimals as strings in plain notation, so that no reader rounds them."""
    numbers = ("reported", "derived", "difference", "tolerance")
    values = {name: getattr(finding, name) for name in numbers}
    told = checked.conclusions.of(id, finding)
    return {
        "id": id,
        "mark": mark_of(finding),
        "severity": finding.severity.name,
        "message": message(finding, language),
        "suggestion": suggestion(finding, language),
        "group": finding.group,
        "materiality": finding.materiality.level.name,
        **{name: None if value is None else f"{value:f}" for name, value in values.items()},
        "unit": finding.unit,
        "node": finding.node,
        "conclusion": None if told is None else _conclusion(told),
        "sources": [
            {"section": at.section, "page": at.page, "line": at.line, "row": at.row, "column": at.column}
            for at in finding.sources
        ],
    }


def _conclusion(told: Conclusion) -> dict[str, str]:
    return {"kind": told.kind.name, "note": told.note, "name": told.name, "date": told.date.isoformat()}
