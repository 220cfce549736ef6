"""What the checks find of what a careful reader found by hand in three real accounts, and whether they find more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from graph_data.checks import examine, message
from graph_data.checks.examination import Finding
from graph_data.core.terms import Severity
from tests.documents import reading_of

TRUTH = Path(__file__).with_name("truth.md")
NAMES = ("zibo-government-office-2022.txt", "putuo-planning-bureau-2024.pdf", "putuo-social-work-2024.pdf")
REQUIRED = 0.8
Place = tuple[int | None, int | None]


@dataclass(frozen=True)
class Row:
    """A contradiction or doubt: its places, and the check that should find it."""

    name: str
    places: frozenset[Place]
    check: str

    def is_found_in(self, findings: list[Finding]) -> bool:
        return any(self.check in (one.check, f"{one.check}/{one.case}") and self.holds(one) for one in findings)

    def holds(self, finding: Finding) -> bool:
        """Does a finding stand at one of its places? A page alone holds all of its lines."""
        found = {(source.page, source.line) for source in finding.sources}
        return bool(self.places & (found | {(page, None) for page, _ in found if page is not None}))


@lru_cache(maxsize=1)
def truth() -> dict[str, list[Row]]:
    """The rows of each document."""
    found: dict[str, list[Row]] = {}
    for part in TRUTH.read_text(encoding="utf-8").split("\n## ")[1:]:
        name, _, table = part.partition("\n")
        rows = re.findall(r"^\| ([ZPS]\d\d) \| ([^|]+) \| [^|]+ \| (\S+) \|$", table, re.MULTILINE)
        is_paged = name.endswith(".pdf")
        found[name] = [Row(row, frozenset(_place(at, is_paged) for at in places.split(", ")), check)
                       for row, places, check in rows]  # fmt: skip
    return found


def _place(text: str, is_paged: bool) -> Place:
    page, _, line = text.strip().rpartition(":")
    if not is_paged:
        return None, int(line)
    return (int(page), int(line)) if page else (int(line), None)


@lru_cache(maxsize=3)
def findings(name: str) -> list[Finding]:
    """Everything that the checks say of a document."""
    return [finding for entry in examine(reading_of(name).account) for finding in entry.findings]


def test_the_list_is_whole() -> None:
    assert tuple(truth()) == NAMES
    assert [len(rows) for rows in truth().values()] == [41, 22, 14]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_above_an_observation_is_said_that_the_list_does_not_hold(name: str) -> None:
    told = [finding for finding in findings(name) if finding.severity is not Severity.INFO]
    false = [message(one) for one in told if not any(row.is_found_in([one]) for row in truth()[name])]
    assert false == []


@pytest.mark.parametrize("name", NAMES)
def test_four_fifths_of_the_list_are_found(name: str) -> None:
    rows = truth()[name]
    missed = [row.name for row in rows if not row.is_found_in(findings(name))]
    print(f"{name}: {len(rows) - len(missed)} of {len(rows)}; missed {', '.join(missed)}")
    assert len(missed) <= (1 - REQUIRED) * len(rows), missed
