"""One wrong number at a time in correct made-up documents: nearly every one that can be told is found, where it is."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from random import Random

import pytest

from graph_data.checks import examine, message
from graph_data.checks.examination import Finding
from graph_data.core.amount import Number
from graph_data.core.records import Account
from graph_data.core.terms import Severity
from graph_data.dataset import Dataset
from tests.graph_data.checks.examining import document, read_text
from tests.graph_data.checks.relations import relations
from tests.graph_data.checks.sites import Site, fault, sites
from tests.made_up import Options, make

DOCUMENTS = (
    (3, Options(projects=4, sheets=3)),
    (5, Options(managed_funds=True, trimmed=False, split_codes=True, total_last=True)),
    (11, Options(managed_funds=True, yuan_tables=True, grouped_tables=True, shuffled=True, other_revenue=False)),
)
REQUIRED = 0.95
REQUIRED_OF_A_FAMILY = 0.95


@lru_cache(maxsize=1)
def planted() -> tuple[tuple[int, Site, Number, bool, tuple[Finding, ...]], ...]:
    """Every printed number of every document with a fault: its document, whether it is detectable, what was found."""
    results = []
    for seed, options in DOCUMENTS:
        account, random = document(seed, options), Random(seed)
        listed = list(sites(account))
        told = relations(account, listed)
        for site in listed:
            wrong = fault(site.number, random)
            if wrong is not None:
                detectable = any(site in relation.sites and relation.is_broken_by(site, wrong) for relation in told)
                results.append((seed, site, wrong, detectable, _found(site.planted(account, wrong))))
    return tuple(results)


def _found(account: Account) -> tuple[Finding, ...]:
    """What the checks raise above an observation."""
    findings = (finding for entry in examine(account) for finding in entry.findings)
    return tuple(finding for finding in findings if finding.severity is not Severity.INFO)


@pytest.mark.parametrize(("seed", "options"), DOCUMENTS)
def test_the_documents_are_correct_to_begin_with(seed: int, options: Options) -> None:
    account = document(seed, options)
    assert _found(account) == ()
    listed = list(sites(account))
    told = relations(account, listed)
    assert len(told) > 200
    for relation in told:
        assert not relation.is_broken_by(relation.sites[0], relation.sites[0].number), relation


def test_many_faults_are_planted_in_every_table_and_family() -> None:
    families = Counter(site.family for _, site, _, _, _ in planted())
    assert sum(families.values()) >= 300
    assert {family.partition(" ")[0] for family in families} >= {
        "REVENUE", "EXPENDITURE", "GENERAL_PUBLIC_BUDGET", "GOVERNMENT_MANAGED_FUNDS", "BASIC_EXPENDITURE",
        "FISCAL_APPROPRIATION", "REVENUE_AND_EXPENDITURE", "THREE_PUBLIC_EXPENSES", "SHEET", "PROJECT", "PROSE",
    }  # fmt: skip


def test_nearly_all_that_can_be_told_is_found() -> None:
    detectable = [(site, wrong, found) for _, site, wrong, can_be_told, found in planted() if can_be_told]
    hits, of = (
        Counter(site.family for site, _, found in detectable if found),
        Counter(s.family for s, _, _ in detectable),
    )
    shares = {family: hits[family] / count for family, count in of.items()}
    print("\n".join(f"{family}: {hits[family]} of {of[family]}" for family in sorted(of)))
    missed = [
        (site.family, site.source.line, site.number.text, wrong.text) for site, wrong, found in detectable if not found
    ]
    assert len(detectable) >= 300
    assert sum(hits.values()) / len(detectable) > REQUIRED, missed
    assert min(shares.values()) >= REQUIRED_OF_A_FAMILY, missed


def test_what_is_found_names_the_planted_place_and_a_node_of_the_graph() -> None:
    graphs = {seed: Dataset.of((document(seed, options),), "example").graph for seed, options in DOCUMENTS}
    for seed, site, wrong, _, found in planted():
        lines = {(source.page, source.line) for finding in found for source in finding.sources}
        assert not found or (site.source.page, site.source.line) in lines, (site, wrong)
        for finding in found:
            assert graphs[seed].node(finding.node) is not None, message(finding)


def test_a_finding_gives_two_numbers_that_differ_by_what_it_says_and_at_least_by_its_tolerance() -> None:
    for _, site, wrong, _, found in planted():
        for finding in found:
            reported, derived, difference = finding.reported, finding.derived, finding.difference
            if reported is not None and derived is not None and difference is not None:
                assert difference == reported - derived
                assert finding.tolerance is not None
                assert abs(difference) >= finding.tolerance, (site, wrong, message(finding))


def test_an_amount_left_out_of_a_table_is_found_where_its_neighbours_still_tell_of_it() -> None:
    seed, options = DOCUMENTS[1]
    account = document(seed, options)
    cells = [site for site in sites(account) if site.table == "figures" and site.number.fen]
    missed = [site for site in cells if not _found(site.planted(account, None))]
    assert len(missed) / len(cells) < 1 - REQUIRED, missed


def test_a_fault_in_the_text_is_found_as_one_in_the_account_is() -> None:
    seed, options = DOCUMENTS[0]
    made, account, random = make(seed, options), document(seed, options), Random("text")
    in_text = 0
    for site in list(sites(account))[::19]:
        wrong, lines = fault(site.number, random), made.text.split("\n")
        at = (site.source.line or 1) - 1
        if wrong is None or lines[at].count(site.number.text.lstrip("-")) != 1:
            continue
        lines[at] = lines[at].replace(site.number.text.lstrip("-"), wrong.text.lstrip("-"))
        in_text += 1
        found = {message(finding) for finding in _found(read_text(made, "\n".join(lines)))}
        assert found == {message(finding) for finding in _found(site.planted(account, wrong))}, site
    assert in_text >= 10
