"""What is right raises nothing above an observation: three hundred made-up documents, and the forms of other provinces.

The forms are beside the checkout, on some machines only. Some of them print what contradicts itself, which is told.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_data.checks import examine, message
from graph_data.core.records import Account
from graph_data.core.terms import Severity
from graph_data.reading import Given, read
from tests.documents import CASES
from tests.graph_data.checks.examining import document
from tests.graph_data.checks.test_checks import varied

pytestmark = pytest.mark.slow

FORMS = sorted(path for path in CASES.glob("*.*") if path.suffix != ".md")
FIRST, DOCUMENTS, AT_ONCE = 1_000, 300, 25
WHOLE = {
    "table.basic-detail", "prose.initial-budget", "prose.three-public-counts", "meaning.natures",
    "tables.appropriation",
}  # fmt: skip
CONTRADICT = {
    "B02": {"table.basic-detail"},  # 4863.84 of 4355.63 and 508.23
    "B04": {"table.basic-detail"},
    "D01-no-parts-prose-lost": {"prose.totals"},  # one row of the table, all of the prose
    "S03": {"projects.sources", "indicators.weights", "indicators.scores"},  # 0 in all of 90; 100 points of 90
    "S11-funds-row-dropped": {"projects.sources", "indicators.weights", "indicators.scores"},
    "S09": {"projects.execution"},  # 98.86 % of 706 in 706
    "whole-W02": WHOLE | {"projects.counts"},
    "whole-W05": WHOLE | {"projects.counts", "projects.units"},
    **dict.fromkeys(("whole-W04", "whole-W07", "whole-W09", "whole-W11"), WHOLE),
}


def _told(account: Account) -> dict[str, str]:
    findings = (finding for entry in examine(account) for finding in entry.findings)
    return {each.check: message(each) for each in findings if each.severity is not Severity.INFO}


@pytest.mark.parametrize("first", range(FIRST, FIRST + DOCUMENTS, AT_ONCE))
def test_a_made_up_document_without_a_fault_raises_nothing(first: int) -> None:
    told = {seed: _told(document(seed, varied(seed))) for seed in range(first, first + AT_ONCE)}
    assert {seed: found for seed, found in told.items() if found} == {}


@pytest.mark.skipif(not CASES.exists(), reason="the forms are not on this machine (../shared/cases/reading)")
@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_raises_what_it_contradicts_and_nothing_else(path: Path) -> None:
    account = read(path, Given(division="370300", name="示例局", department="102", year=2022)).account
    found = _told(account)
    assert set(found) == CONTRADICT.get(path.stem, set()), found
