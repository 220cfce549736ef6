"""Real published accounts: their known contradictions are found with both numbers and both places, and no others."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

import graph_data
from graph_data.checks import examine, message
from graph_data.checks.examination import Finding
from graph_data.core.records import Account
from graph_data.core.terms import CheckOutcome, Severity
from graph_data.package import read_package
from tests.documents import reading_of

PACKAGES = Path(graph_data.__file__).parent / "packages"
ZIBO = "370300-102-2022"

Known = dict[str, tuple[Severity, str | None, str | None, set[int]]]

# check: severity, reported, derived, the lines it must name
KNOWN: Known = {
    "table.basic-detail": (Severity.ERROR, "4863.84", "4863.86", {364, 327, 341}),
    "prose.initial-budget": (Severity.ERROR, "11174.19", "11334.28", {503, *range(505, 532, 2)}),
    "prose.repeated": (Severity.WARNING, "213", "214", {597, 809}),
    "projects.stated": (Severity.ERROR, "1803.49", "1810.76", {811, 713}),
    "indicators.scores": (Severity.ERROR, "100", "95", {728, *range(720, 728), 713}),
    "indicators.achievement": (Severity.WARNING, "10", "15", {720}),
    "meaning.units": (Severity.WARNING, None, None, {771}),
    "meaning.natures": (Severity.WARNING, "3527.18", "0", {212, 661}),
}
# what only the document's own sentences tell, which the shipped package leaves out
IN_WORDS: Known = {
    "document.references": (Severity.WARNING, None, None, {823}),
    "prose.three-public-counts": (Severity.WARNING, None, None, {563}),
    "indicators.verdicts": (Severity.WARNING, None, None, {595, 720}),
}


@lru_cache(maxsize=1)
def _shipped() -> Account:
    return read_package(PACKAGES / ZIBO)[0]


def _found(account: Account) -> dict[str, list[Finding]]:
    """What each check raises above an observation."""
    found = {
        entry.check.id: [finding for finding in entry.findings if finding.severity is not Severity.INFO]
        for entry in examine(account)
    }
    return {check: findings for check, findings in found.items() if findings}


def _assert_known(account: Account, known: Known) -> None:
    found = _found(account)
    assert set(found) == set(known)
    for check, (severity, reported, derived, lines) in known.items():
        (finding,) = found[check]
        assert finding.severity is severity
        assert (_text(finding.reported), _text(finding.derived)) == (reported, derived), check
        assert {source.line for source in finding.sources} == lines, check


def _text(value: object) -> str | None:
    return None if value is None else f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def test_the_document_of_zibo_raises_its_known_contradictions_and_nothing_else() -> None:
    _assert_known(reading_of("zibo-government-office-2022.txt").account, KNOWN | IN_WORDS)


def test_the_shipped_package_of_zibo_raises_the_same() -> None:
    _assert_known(_shipped(), KNOWN)


def test_the_shipped_package_names_the_indicator_the_subject_and_the_unit() -> None:
    found = _found(_shipped())
    assert "来电接通率" in message(found["indicators.achievement"][0])
    assert "租赁时间" in message(found["meaning.units"][0])
    assert "元/人" in message(found["meaning.units"][0])
    assert found["meaning.natures"][0].node.endswith("2010350")


@pytest.mark.parametrize(
    ("check", "words"),
    [("meaning.directions", "用水量"), ("meaning.units", "项目落实率"), ("projects.names", "另写作")],
)
def test_what_contradicts_nothing_is_an_observation(check: str, words: str) -> None:
    entry = next(each for each in examine(_shipped()) if each.check.id == check)
    (told,) = [finding for finding in entry.findings if words in message(finding)]
    assert told.severity is Severity.INFO


def test_growth_that_carry_over_explains_is_no_contradiction() -> None:
    outcomes = {entry.check.id: entry.outcome for entry in examine(_shipped())}
    assert outcomes["prose.growth"] is CheckOutcome.PASSED
    assert outcomes["tables.in-and-out"] is CheckOutcome.PASSED


def test_what_zibo_prints_within_rounding_is_silent() -> None:
    """0.03 over eleven parts of 工资福利支出; 三公 in total beside its part in the basic expenditure."""
    messages = [message(finding) for findings in _found(_shipped()).values() for finding in findings]
    assert not any("工资福利支出" in message or "公务用车" in message for message in messages)


def test_the_shipped_package_of_putuo_raises_the_basic_expenditure_that_its_prose_states_of_another_scope() -> None:
    (folder,) = PACKAGES.glob("310107-*-2024")
    found = _found(read_package(folder)[0])
    numbers = {(_text(one.reported), _text(one.derived)) for one in found.pop("prose.totals")}
    assert numbers == {("4896.98", "4884.09"), ("5377.64", "5364.75")}
    assert not found


def test_putuo_s_carry_over_explains_revenue_beside_expenditure_and_its_roundings_are_silent() -> None:
    (folder,) = PACKAGES.glob("310107-*-2024")
    outcomes = {entry.check.id: entry.outcome for entry in examine(read_package(folder)[0])}
    assert outcomes["tables.in-and-out"] is CheckOutcome.NOT_APPLICABLE
    for check in ("tables.expenditure", "table.subjects", "table.summary", "tables.basic", "prose.initial-budget"):
        assert outcomes[check] is CheckOutcome.PASSED, check
