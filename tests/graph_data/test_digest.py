"""The digest: scores with their parts, what dismissals take away, and what stands out among peers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.__main__ import main
from graph_data.conclusions import Conclusion, Conclusions
from graph_data.core.amount import read_number
from graph_data.core.records import Account, FactRecord, Source
from graph_data.core.terms import ConclusionKind, FundingQuantity, FundSource, Language, Role, Severity, Topic
from graph_data.dataset import Dataset
from graph_data.digest import ABSENT, POINTS, account_score, as_json, digest, made_up_of, rule, why
from graph_data.graph import Node, NodeKind
from graph_data.outliers import FEWEST_PEERS, Outlier, Peers, outliers
from graph_data.package import write_package
from graph_data.synthesis import Scale, batches
from tests.graph_data.checked import LINE, PROJECT, SCORES, STATEMENT, SUMS, UNITS, dataset_of, finding
from tests.graph_data.commands.test_check import ZIBO
from tests.graph_data.example import ARCHIVES_2021, ARCHIVES_2022, WEATHER_2022

CITY = Scale(FEWEST_PEERS + 2, years=1, units=1, projects=4)


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> Dataset:
    archives = [
        replace(finding(SUMS, LINE, difference="-0.10", line=7), group=f"{SUMS}/1"),
        replace(finding(SUMS, LINE, difference="-0.10", line=8), group=f"{SUMS}/1"),
        replace(finding(SCORES, PROJECT, Severity.WARNING), group=f"{SCORES}/1"),
        replace(finding(UNITS, STATEMENT, Severity.INFO), group=f"{UNITS}/1"),
    ]
    absent = replace(finding("document.statements", STATEMENT, Severity.INFO), group="document.statements/1")
    return dataset_of(monkeypatch, {ARCHIVES_2022: archives, ARCHIVES_2021: [], WEATHER_2022: [absent]})


def test_a_cause_counts_once_by_its_gravest_finding_and_observations_count_nothing(checked: Dataset) -> None:
    score = account_score(checked, ARCHIVES_2022)
    levels = [each.finding.materiality.level for each in checked.findings_at(score.node.id)]
    wanted = POINTS[Severity.ERROR, levels[0]] + POINTS[Severity.WARNING, levels[2]]
    assert score.score == wanted == sum(part.points for part in score.parts)
    assert [part.count for part in score.parts] == [1, 1]
    assert (score.observations, score.dismissed) == (1, 0)
    assert score.counts == {Severity.ERROR: 1, Severity.WARNING: 1, Severity.INFO: 1}
    assert [each.finding.check for each in score.reasons] == [SUMS, SCORES]


def test_what_is_not_published_counts_and_says_so(checked: Dataset) -> None:
    score = account_score(checked, WEATHER_2022)
    assert score.score == ABSENT
    assert made_up_of(score, Language.ZH) == [f"应公开事项未见1项{ABSENT}分"]
    assert made_up_of(score, Language.EN) == [f"not published: 1 = {ABSENT}"]
    assert made_up_of(account_score(checked, ARCHIVES_2021), Language.ZH) == ["未计分"]


def test_departments_stand_by_score_each_in_its_latest_year_or_in_the_one_asked_for(checked: Dataset) -> None:
    found = digest(checked)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert [each.fiscal_year for each in found] == [2022, 2022]
    assert found[0].node.id == "department:990100/101"
    (earlier,) = digest(checked, 2021)
    assert (earlier.fiscal_year, earlier.score) == (2021, 0)
    assert digest(checked) is found, "it is worked out once"


def test_what_was_dismissed_counts_nothing_once_all_of_its_cause_is(checked: Dataset) -> None:
    def told(kind: ConclusionKind) -> Conclusion:
        return Conclusion(kind, "", "王某", date(2026, 11, 29), "", "conclusions.csv, line 2")

    ids = [f"finding:990100/101/2022/{SUMS}/{number}" for number in (1, 2)]
    before = account_score(checked, ARCHIVES_2022).score
    one = replace(checked, conclusions=Conclusions({ids[0]: told(ConclusionKind.DISMISSED)}))
    assert account_score(one, ARCHIVES_2022).score == before
    kept = replace(checked, conclusions=Conclusions(dict.fromkeys(ids, told(ConclusionKind.CONFIRMED))))
    assert account_score(kept, ARCHIVES_2022).score == before
    both = account_score(
        replace(checked, conclusions=Conclusions(dict.fromkeys(ids, told(ConclusionKind.DISMISSED)))), ARCHIVES_2022
    )
    assert (both.dismissed, [each.finding.check for each in both.reasons]) == (1, [SCORES])
    assert both.score < before


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 10**6).map(Fraction), min_size=1, max_size=30))
def test_quartiles_stand_in_order_and_what_is_among_its_peers_does_not_stand_out(values: list[Fraction]) -> None:
    peers = Peers.of(values)
    assert min(values) <= peers.lower <= peers.median <= peers.upper <= max(values)
    assert not any(peers.is_beyond(each) for each in (peers.lower, peers.median, peers.upper))
    assert peers.is_beyond(1 + 2 * peers.upper + 3 * (peers.upper - peers.lower))


def counted(account: Account, item: str, count: str, unit: str) -> Account:
    number = read_number(count, unit)
    place = Source("第三部分", None, 999)
    fact = FactRecord(account.key, Topic.THREE_PUBLIC, item, 9, Role.COUNT, "公务用车保有量", None, number, place)
    return replace(account, facts=(*account.facts, fact))


@lru_cache(maxsize=1)
def accounts() -> tuple[Account, ...]:
    (batch,) = batches(CITY, 5)
    return tuple(counted(each, "OFFICIAL_VEHICLE_OPERATION", str(_vehicles(each)), "辆") for each in batch.accounts())


def _vehicles(account: Account) -> int:
    """So many that each costs about the same."""
    item, final = "OFFICIAL_VEHICLE_OPERATION", Role.FINAL
    spent = (each.number.value for each in account.facts if (each.item, each.role) == (item, final))
    return 1 + int(4 * (next(spent) or 0))


def test_a_cost_far_beyond_its_peers_is_told_with_them_and_one_among_them_is_not() -> None:
    even = Dataset.of(accounts(), "even")
    assert [each for each in outliers(even) if each.kind == "vehicle"] == []
    first, *others = accounts()
    facts = tuple(each for each in first.facts if each.role is not Role.COUNT)
    odd = Dataset.of((counted(replace(first, facts=facts), "OFFICIAL_VEHICLE_OPERATION", "1", "辆"), *others), "odd")
    (found,) = [each for each in outliers(odd) if each.kind == "vehicle"]
    assert found.department.id == odd.department_node(first.key).id
    assert found.peers is not None
    assert found.peers.count == len(others) + 1
    assert found.said(Language.ZH).startswith("每辆公务用车运行维护费为")
    assert f"同年度{found.peers.count}个部门" in found.said(Language.ZH)
    assert "quartile" in found.said(Language.EN)
    mine = next(each for each in digest(odd) if each.node.id == found.department.id)
    assert found in mine.outliers
    assert found.said(Language.EN) in why(mine, Language.EN)
    few = Dataset.of((odd.accounts[0], *others[: FEWEST_PEERS - 2]), "few")
    assert [each for each in outliers(few) if each.kind == "vehicle"] == [], "of so few peers nothing is said"


def test_an_amount_that_several_projects_spent_to_the_last_digit_is_told() -> None:
    first, *_ = accounts()

    def spent(text: str, projects: int) -> Dataset:
        funding = tuple(
            replace(each, number=read_number(text, "万元"))
            if (each.quantity, each.fund_source) == (FundingQuantity.EXECUTED, FundSource.TOTAL)
            and each.project <= projects
            else each
            for each in first.funding
        )
        return Dataset.of((replace(first, funding=funding),), text)

    repeated = [each for each in outliers(spent("12.34", 4)) if each.kind == "repeated"]
    assert [len(each.projects) for each in repeated] == [4]
    assert repeated[0].said(Language.ZH).startswith("4个项目的全年执行数同为12.34万元：")
    assert [each for each in outliers(spent("12.00", 4)) if each.kind == "repeated"] == []


def test_whole_amounts_of_most_projects_are_told_beside_those_of_the_peers(monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = [
        Node(f"department:990100/{number}", NodeKind.DEPARTMENT, f"第{number}局", None, 3, None) for number in range(9)
    ]

    def spent(round_of_the_first: int) -> list[Outlier]:
        rows = [
            (node, 2022, nodes[0], 1_000_000 if place < (round_of_the_first if node is nodes[0] else 1) else 1_234_567)
            for node in nodes
            for place in range(10)
        ]
        monkeypatch.setattr("graph_data.outliers._spent", lambda _: iter(rows))
        return [each for each in outliers(Dataset.of((), "none")) if each.kind == "round"]

    (found,) = spent(8)
    assert found.department is nodes[0]
    assert found.said(Language.ZH).startswith("项目全年执行数为整万元的比例为80.0%；同年度9个部门")
    assert spent(2) == []


@pytest.mark.parametrize("language", Language)
def test_as_json_every_part_and_every_reason_is_there(checked: Dataset, language: Language) -> None:
    told = as_json(checked, digest(checked), language)
    json.dumps(told)
    assert told["rule"] == rule(language)
    first = told["departments"][0]
    assert (first["rank"], first["score"]) == (1, sum(part["points"] for part in first["accounts"][0]["parts"]))
    assert first["accounts"][0]["reasons"][0]["finding"] == f"finding:990100/101/2022/{SUMS}/1"


def test_the_command_shows_a_table_or_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["digest", str(ZIBO.parent), "--json", "--top", "1"]) == 0
    (department,) = json.loads(capsys.readouterr().out)["departments"]
    assert department["name"] == "淄博市人民政府办公室"
    assert main(["digest", str(ZIBO), "--language", "en", "--year", "2022"]) == 0
    assert "The higher the score" in capsys.readouterr().out
    assert main(["digest", str(tmp_path)]) == 2
    write_package([accounts()[0]], tmp_path / "one")
    assert main(["digest", str(tmp_path / "one")]) == 0
