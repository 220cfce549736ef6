"""The page of the checks, from what each says of itself."""

from __future__ import annotations

from itertools import groupby

from graph_data.checks import CHECKS, Check
from graph_data.core.terms import CheckOutcome, Severity

FAMILIES = {
    "document": "The document",
    "table": "Down a table",
    "row": "Across a row",
    "balance": "Balance",
    "tables": "Table to table",
    "prose": "Prose to table, and within the prose",
    "projects": "Projects",
    "indicators": "Indicator trees",
    "meaning": "Meaning",
    "relations": "Accounts in relation",
}
_SEVERITIES = {
    Severity.ERROR: "two published numbers contradict each other beyond their rounding",
    Severity.WARNING: "they differ, and another scope could explain it: a part left blank or left out, words that may "
    "mean another amount, a rule of scoring that the document does not print",
    Severity.INFO: "an observation that contradicts nothing, such as a percentage whose digits were cut off rather "
    "than rounded; a check with observations alone has passed",
}
_OUTCOMES = {
    CheckOutcome.PASSED: "something was compared and agrees",
    CheckOutcome.FAILED: "at least one finding is an error or a warning",
    CheckOutcome.NOT_APPLICABLE: "the document has nothing of the kind, or says why it must not agree",
    CheckOutcome.INSUFFICIENT_DATA: "the document does not say enough to compare",
    CheckOutcome.NOT_READ: "a table that it needs is in the document and was not read",
}
_OPENING = """\
# Checks

Generated from `graph_data/checks` by `python -m docs`; do not edit.

Each check compares published figures of one document with each other. Nothing published is ever repaired, and nothing
is compared with knowledge from outside the document.

## When two numbers agree

A printed number stands for every amount that rounds to it: ± half a unit of its last digit, where the digits are those
of its table or text (706 in a table printed to two decimals is 706.00 ± 0.005). The bounds of parts add up: a total
agrees with its parts where its interval overlaps or touches theirs. A difference of 0.03 over eleven parts agrees,
one of 0.02 over two does not. Shares divide the bounds. Counts are exact, and so are points printed whole.
A dash and a blank count as nothing; a number where its counterpart is blank is a warning, never an error.

The rule is that of XBRL Calculations 1.1. A finding gives both numbers, their difference, the tolerance (how far apart
they may be) and the source of every number involved."""


def page() -> str:
    """docs/checks.md"""
    parts = [
        _OPENING,
        _list("Severity", {severity.name: text for severity, text in _SEVERITIES.items()}),
        _list("Outcome", {outcome.name: text for outcome, text in _OUTCOMES.items()}),
        "Every check of every document ends in one of these; what was not run never counts as passed.",
    ]
    for family, checks in groupby(CHECKS, key=lambda check: check.id.partition(".")[0]):
        parts.append(f"## {FAMILIES[family]}")
        parts += map(_section, checks)
    return "\n\n".join(parts) + "\n"


def _list(title: str, entries: dict[str, str]) -> str:
    return f"## {title}\n\n" + "\n".join(f"- `{name}`: {text}" for name, text in entries.items())


def _section(check: Check) -> str:
    basis = f"\n\n依据：{check.basis}" if check.basis else ""
    return (
        f"### {check.title.en} ({check.title.zh})\n\n`{check.id}` {check.rule.en}\n\n{check.rule.zh}{basis}\n\n"
        + "\n".join(f"- {case.fact.zh}" for case in check.cases.values())
    )
