"""The fifteen questions of docs/asking.md over both shipped accounts and a made-up city.

Each answer is worked out a second time from the CSV exports: what the documents print for exactly that, else the sum of
leaves; quotients and sorting.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from operator import attrgetter
from typing import Any

import pytest

from graph_data import load
from graph_data.core.amount import read_number
from graph_data.core.records import Account
from graph_data.core.terms import FundingQuantity, FundSource
from graph_data.dataset import Dataset
from graph_data.synthesis import Scale, batches
from schema import schema
from schema.context import Context
from serving.process.settings import ROOT
from tests.graph_data.exports.exporting import exported, read_csv

QUERIES = re.findall(r"```graphql\n(.*?)```", (ROOT / "docs" / "asking.md").read_text("utf-8"), re.DOTALL)
MADE_UP = "department:980100/101"
Row = dict[str, str]
Sums = dict[tuple[str, ...], Decimal]
Table = list[tuple[tuple[str, ...], tuple[str | None, ...]]]


@cache
def dataset() -> Dataset:
    made_up = [slower(each) for batch in batches(Scale(5, 5, 3, 2, 3), 7) for each in batch.accounts()]
    shipped = load([ROOT / "graph_data" / "packages"]).lookups.accounts.values()
    return Dataset.of([*shipped, *made_up], "fifteen")


def slower(account: Account) -> Account:
    """The account with other execution rates: 70 for the first project, 79.99, 80, …"""
    rates = iter(("70", "79.99", "80", "99"))
    is_rate = attrgetter("quantity", "fund_source")
    funding = tuple(
        replace(each, number=read_number(next(rates), "%"))
        if is_rate(each) == (FundingQuantity.EXECUTION_RATE, FundSource.TOTAL)
        else each
        for each in account.funding
    )
    return replace(account, funding=funding)


@cache
def rows(what: str) -> list[Row]:
    return read_csv(exported(dataset(), what, "csv", *([("includeTotals", "true")] if what == "figures" else [])))


def leaves(measure: str, **only: str) -> list[Row]:
    found = (row for row in rows("figures") if row["measure"] == measure and row["isTotal"] == "false")
    return [row for row in found if all(row[name] == value for name, value in only.items())]


def published(measure: str, *by: str, category: str = "", nature: str = "", **only: str) -> Sums:
    """What is printed for each group of accounts, where all of them print it, else the sums of leaves."""
    own = [
        row for row in leaves(measure, **only) if row["subject"].startswith(category) and nature in ("", row["nature"])
    ]
    printed = [
        row
        for row in rows("figures")
        if (row["measure"], row["isTotal"], row["subject"], row["nature"]) == (measure, "true", category, nature)
        and all(row[name] == value for name, value in only.items())
    ]
    sums, totals, found = summed(own, *by), summed(printed, *by), {}
    for key in sums:
        accounts, all_print = (
            {(row["departmentId"], row["fiscalYear"]) for row in each if tuple(row[name] for name in by) == key}
            for each in (own, printed)
        )
        found[key] = totals[key] if accounts == all_print else sums[key]
    return found


def summed(found: Iterable[Row], *by: str) -> Sums:
    """Sums of 万元, or of counts, by columns."""
    sums: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for row in found:
        sums[tuple(row[name] for name in by)] += Decimal(row["wanYuan"] or row["count"])
    return sums


def money(amount: Decimal | None) -> str | None:
    """At least two decimals, no more than are needed."""
    if amount is None:
        return None
    text = f"{amount.normalize():f}"
    decimals = len(text.partition(".")[2])
    return text if decimals >= 2 else f"{amount:.2f}"


def percent(part: Decimal | None, whole: Decimal | None) -> str | None:
    if part is None or not whole:
        return None
    return str((100 * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP))


def answered(number: int, department: str = "department:370300/102") -> Any:
    query = QUERIES[number - 1].replace("department:370300/102", department)
    result = schema.execute_sync(query, context_value=Context(dataset()))
    assert result.errors is None, result.errors
    assert result.data is not None
    [answer] = result.data.values()
    return answer


def table(number: int) -> Table:
    """The rows of an analysis: what its keys are called, and its cells."""
    found = answered(number)["rows"]["nodes"]
    return [(tuple(key["name"] for key in row["keys"]), tuple(cell["text"] for cell in row["cells"])) for row in found]


LATEST = "2024"
BY_YEAR = ("departmentName", "fiscalYear")


def top_departments() -> Table:
    spent = published("EXPENDITURE", "departmentName", fiscalYear=LATEST)
    first = sorted(spent.items(), key=lambda pair: -pair[1])[:5]
    return [(name, (money(amount), percent(amount, sum(spent.values(), Decimal())))) for name, amount in first]


def growth() -> Table:
    spent = published("EXPENDITURE", *BY_YEAR)
    found: Table = []
    years = {year for _, year in spent}
    later = {(name, str(int(year) + 1)) for name, year in spent if str(int(year) + 1) in years}
    for name, year in {*spent, *later}:
        amount, before = spent.get((name, year)), spent.get((name, str(int(year) - 1)))
        more = None if before is None or amount is None else amount - before
        found.append(((name, year), (money(amount), money(before), money(more), percent(more, before))))
    return found


def cross_table() -> Table:
    names = {row["code"]: row["name"] for row in rows("subjects")}
    categories = {row["subject"][:3] for row in leaves("EXPENDITURE", fiscalYear="2022")}
    natures = {"BASIC": "基本支出", "PROJECT": "项目支出"}
    found: Table = []
    for category in ("", *categories):
        for nature in ("", *natures):
            total = published("EXPENDITURE", category=category, nature=nature, fiscalYear="2022")
            key = (*filter(None, (category and names[category], nature and natures[nature])),)
            found += [(key, (money(amount),)) for amount in total.values()]
    return found


def three_public() -> Table:
    budget, final = (summed(leaves(f"THREE_PUBLIC_{each}"), *BY_YEAR) for each in ("BUDGET", "FINAL"))
    return [
        (key, (money(budget.get(key)), money(final.get(key)), percent(final.get(key), budget.get(key))))
        for key in {**budget, **final}
    ]


def subject_trend() -> Table:
    found = [row for row in leaves("EXPENDITURE") if row["subject"] == "2080505" and row["fiscalYear"] >= "2020"]
    return [(key, (money(amount),)) for key, amount in summed(found, *BY_YEAR).items()]


def cost_per_vehicle() -> Table:
    cost = summed(leaves("THREE_PUBLIC_FINAL", threePublicItem="OFFICIAL_VEHICLE_OPERATION"), *BY_YEAR)
    kept = summed(leaves("VEHICLES_KEPT"), *BY_YEAR)
    found: Table = []
    for key in {**cost, **kept}:
        own, count = cost.get(key), kept.get(key)
        each = None if own is None or not count else own / count
        found.append((key, (money(own), None if count is None else str(count), each and str(each.normalize()))))
    return found


def mostly_projects() -> Table:
    spent = published("EXPENDITURE", *BY_YEAR)
    projects = published("EXPENDITURE", *BY_YEAR, nature="PROJECT")
    return [
        (key, (money(amount), money(projects[key]), percent(projects[key], amount)))
        for key, amount in spent.items()
        if key in projects and 2 * projects[key] > amount
    ]


def hospitality() -> Table:
    found = summed(
        leaves("THREE_PUBLIC_FINAL", fiscalYear=LATEST, threePublicItem="OFFICIAL_HOSPITALITY"), "departmentName"
    )
    return [(name, (money(amount),)) for name, amount in sorted(found.items(), key=lambda pair: -pair[1])[:5]]


@pytest.mark.parametrize(
    ("number", "expected", "is_ordered"),
    [
        (1, top_departments, True),
        (2, growth, False),
        (3, cross_table, False),
        (4, three_public, False),
        (5, subject_trend, False),
        (9, cost_per_vehicle, False),
        (10, mostly_projects, False),
        (12, hospitality, True),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_tables_hold_what_sums_and_quotients_of_the_exported_figures_give(
    number: int, expected: Callable[[], Table], is_ordered: bool
) -> None:
    own, other = table(number), expected()
    assert len(own) > 1
    assert (own == other) if is_ordered else (sorted(own, key=str) == sorted(other, key=str))


def test_projects_under_a_rate_are_those_whose_printed_rate_is_lower() -> None:
    low = [row for row in rows("projects") if row["executionRate"] and Decimal(row["executionRate"]) < 80]
    found = answered(6)
    assert found["totalCount"] == len(low) > 0
    assert [each["name"] for each in found["nodes"]] == [
        row["name"] for row in sorted(low, key=lambda row: Decimal(row["executionRate"]))[:5]
    ]


def test_missed_indicators_are_those_whose_number_falls_short() -> None:
    missed = [
        row["name"]
        for row in rows("indicators")
        if (row["departmentId"], row["fiscalYear"], row["level"], row["achieved"]) == (MADE_UP, "2022", "3", "false")
    ]
    found = answered(7, department=MADE_UP)
    assert [each["name"] for each in found["nodes"]] == missed != []


def test_the_way_up_from_an_indicator_names_its_project_unit_department_and_division() -> None:
    [found] = answered(8, department=MADE_UP)["nodes"]
    row = next(row for row in rows("indicators") if row["departmentId"] == MADE_UP and row["level"] == "3")
    way = [each["name"] for each in found["ancestorNodes"]]
    assert found["name"] == row["name"]
    above = [row[name] for name in ("divisionName", "departmentName", "unitName")]
    project = next(each["name"] for each in rows("projects") if each["id"] == row["project"])
    assert [name for name in way if name in (*above, project)] == [*above, project]


def test_the_total_of_everything_is_the_sum_of_the_accounts() -> None:
    cells = answered(11)["total"]["cells"]
    for cell, column in zip(cells, ("totalRevenue", "totalExpenditure"), strict=True):
        total = sum(Decimal(row[f"{column}WanYuan"]) for row in rows("accounts") if row["fiscalYear"] == "2022")
        assert cell["text"] == money(Decimal(total))
        assert cell["coverage"] == {"counted": 6, "expected": 6}


def test_the_greatest_deviations_are_the_greatest_differences_from_the_opening_budget() -> None:
    given = [row for row in rows("budgetDeviations") if row["initialBudgetWanYuan"]]
    far = sorted(given, key=lambda row: -abs(Decimal(row["finalWanYuan"]) - Decimal(row["initialBudgetWanYuan"])))[:3]
    found = answered(13)
    assert found["totalCount"] == len(given)
    assert [
        (each["finalAccounts"]["department"]["name"], each["subject"]["code"], each["deviation"]["amount"])
        for each in found["nodes"]
    ] == [
        (
            row["departmentName"],
            row["subject"],
            money(Decimal(row["finalWanYuan"]) - Decimal(row["initialBudgetWanYuan"])),
        )
        for row in far
    ]


def test_findings_are_counted_by_department_and_check() -> None:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows("findings"):
        if row["fiscalYear"] == "2022":
            counts[row["departmentName"], row["check"]] += 1
    found = answered(14)["rows"]
    assert found["totalCount"] == len(counts)
    shown = [((row["keys"][0]["name"], row["keys"][1]["code"]), int(row["cells"][0]["text"])) for row in found["nodes"]]
    assert [count for _, count in shown] == sorted(counts.values(), reverse=True)[:3]
    assert all(counts[key] == count for key, count in shown)


def test_a_project_over_the_years_is_its_rows_in_order() -> None:
    found = answered(15, department=MADE_UP)["nodes"]
    own = [row for row in rows("projects") if row["departmentId"] == MADE_UP and "政务" in row["name"]]
    expected = [(row["name"], int(row["fiscalYear"]), row["executionRate"]) for row in own]
    assert [(each["name"], each["fiscalYear"], each["executionRate"]) for each in found] == sorted(
        expected, key=lambda row: row[1]
    )
    assert len({each["fiscalYear"] for each in answered(15)["nodes"]}) == 1
