"""Tables of several columns, held against sums and quotients that are worked out here, figure by figure."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from graph_data.analysis import (
    AnalysisQuestion,
    Expression,
    Formula,
    Having,
    TableOrder,
    TopN,
    Totals,
    analyze,
)
from graph_data.core.achievement import is_achieved
from graph_data.core.amount import rounded
from graph_data.core.deadline import OutOfTimeError, until
from graph_data.core.errors import QuestionError
from graph_data.core.terms import Dimension, ExpenditureNature, Measure, ThreePublicItemKind, Topic
from graph_data.counts import Counted
from graph_data.dataset import Dataset
from graph_data.figures.filters import Where, YearFilter
from graph_data.figures.rollup import Coverage
from graph_data.rollup import GroupBy, select
from graph_data.scope import Caveat
from graph_data.synthesis import Scale, batches

SPENT = Expression("spent", Measure.EXPENDITURE)
PROJECTS = Expression("projects", Measure.EXPENDITURE, where=Where(nature=ExpenditureNature.PROJECT))
SHARE = Expression("share", formula=Formula.RATIO, of="projects", to="spent")
BY_DEPARTMENT, BY_YEAR = GroupBy(Dimension.DEPARTMENT), GroupBy(Dimension.FISCAL_YEAR)
YEAR = 2024
PATIENCE = 60 * 10**9  # nanoseconds


@pytest.fixture(scope="module")
def city() -> Dataset:
    """A made-up city: five departments, three years."""
    accounts = [each for batch in batches(Scale(5, 5, 3, 2, 3), 7) for each in batch.accounts()]
    return Dataset.of(accounts, "analysis")


def numbers(dataset: Dataset, question: AnalysisQuestion) -> dict[tuple[str, ...], list[Fraction | None]]:
    """The cells by the names of the keys, in the order of the rows."""
    table = analyze(dataset, question)
    return {tuple(key.name for key in row.keys): [cell.number for cell in row.cells] for row in table.rows}


def spent_by_hand(
    dataset: Dataset, year: int, measure: Measure = Measure.EXPENDITURE, **only: object
) -> dict[str, int]:
    """What each department spent, leaf by leaf."""
    found: dict[str, int] = {}
    for figure in select(dataset, measure):
        if figure.fiscal_year == year and all(getattr(figure, name) is member for name, member in only.items()):
            name = dataset.graph[figure.department].name
            found[name] = found.get(name, 0) + figure.fen
    return found


def test_shares_of_projects_are_quotients_of_sums_and_only_those_above_a_limit_are_kept(city: Dataset) -> None:
    spent = spent_by_hand(city, YEAR)
    projects = spent_by_hand(city, YEAR, nature=ExpenditureNature.PROJECT)
    shares = {name: Fraction(100 * projects.get(name, 0), total) for name, total in spent.items()}
    limit = sorted(shares.values())[2]
    having = (Having("share", gt=Decimal(str(rounded(limit, 12)))),)
    question = AnalysisQuestion((SPENT, PROJECTS, SHARE), (BY_DEPARTMENT,), having=having)
    found = numbers(city, question)
    assert {name: cells[2] for (name,), cells in found.items()} == {
        name: share for name, share in shares.items() if share > Fraction(rounded(limit, 12))
    }
    assert analyze(city, question).fiscal_year == YEAR


def test_growth_is_against_the_year_before_and_empty_where_there_is_none(city: Dataset) -> None:
    growth = Expression("growth", formula=Formula.GROWTH, of="spent", years_before=1)
    before = Expression("before", Measure.EXPENDITURE, years_before=1)
    found = numbers(city, AnalysisQuestion((SPENT, growth, before), (BY_DEPARTMENT, BY_YEAR)))
    sums = {year: spent_by_hand(city, year) for year in city.fiscal_years}
    assert len(found) == 15
    for (name, year), (own, grown, last) in found.items():
        earlier = sums.get(int(year) - 1, {}).get(name)
        assert own == sums[int(year)][name]
        assert last == earlier
        assert grown == (None if earlier is None else Fraction(100 * (own - earlier), abs(earlier)))


def test_totals_both_ways_add_up_and_years_are_never_added_up_unasked(city: Dataset) -> None:
    by = (BY_DEPARTMENT, GroupBy(Dimension.EXPENDITURE_NATURE))
    found = numbers(city, AnalysisQuestion((SPENT,), by, totals=Totals.CUBE))
    whole = sum(spent_by_hand(city, YEAR).values())
    assert found[()] == [whole]
    assert sum(cells[0] or 0 for key, cells in found.items() if len(key) == 2) == whole
    years = analyze(city, AnalysisQuestion((SPENT,), (BY_DEPARTMENT, BY_YEAR), totals=Totals.CUBE))
    assert {row.summed_away for row in years.rows} == {(), (Dimension.DEPARTMENT,)}
    assert years.total.cells[0].number is None
    summed = analyze(city, replace(years.question, across_years=True))
    assert summed.total.cells[0].number == sum(sum(spent_by_hand(city, year).values()) for year in city.fiscal_years)
    assert Caveat.YEARS_SUMMED not in years.caveats


def test_the_share_of_the_total_is_of_the_rows_own_year_and_that_of_the_parent_of_the_level_above(
    city: Dataset,
) -> None:
    total = Expression("of all", formula=Formula.SHARE_OF_TOTAL, of="spent")
    parent = Expression("of parent", formula=Formula.SHARE_OF_PARENT, of="spent")
    by = (BY_YEAR, GroupBy(Dimension.FUNCTIONAL_SUBJECT, 2))
    table = analyze(city, AnalysisQuestion((SPENT, total, parent), by))
    for row in table.rows:
        year, subject = row.keys
        leaves = [each for each in select(city, Measure.EXPENDITURE) if str(each.fiscal_year) == year.name]
        above = (subject.code or "")[:3]
        in_category = sum(each.fen for each in leaves if f"/{above}" in (each.subject or ""))
        own, of_all, of_parent = (cell.number for cell in row.cells)
        assert own is not None
        assert of_all == 100 * own / sum(each.fen for each in leaves)
        assert of_parent == 100 * own / in_category


def test_the_first_groups_are_taken_within_others_and_ordered(city: Dataset) -> None:
    top = TopN(2, "spent", (Dimension.FISCAL_YEAR,))
    order = (TableOrder(dimension=Dimension.FISCAL_YEAR, descending=False), TableOrder("spent"))
    found = numbers(city, AnalysisQuestion((SPENT,), (BY_DEPARTMENT, BY_YEAR), order_by=order, top=top))
    expected = []
    for year in city.fiscal_years:
        ranked = sorted(spent_by_hand(city, year).items(), key=lambda pair: -pair[1])[:2]
        expected += [(name, str(year)) for name, _ in ranked]
    assert list(found) == expected


def test_an_item_stands_for_what_is_below_it(city: Dataset) -> None:
    vehicles = Where(item=ThreePublicItemKind.OFFICIAL_VEHICLES)
    column = Expression("vehicles", Measure.THREE_PUBLIC_FINAL, where=vehicles)
    found = numbers(city, AnalysisQuestion((column,), (BY_DEPARTMENT,)))
    parts = [
        spent_by_hand(city, YEAR, Measure.THREE_PUBLIC_FINAL, item=item)
        for item in (
            ThreePublicItemKind.OFFICIAL_VEHICLES,
            ThreePublicItemKind.OFFICIAL_VEHICLE_PURCHASE,
            ThreePublicItemKind.OFFICIAL_VEHICLE_OPERATION,
        )
    ]
    assert {name: cells[0] for (name,), cells in found.items()} == {
        name: sum(part.get(name, 0) for part in parts) for part in parts for name in part
    }


def test_an_empty_cell_is_not_zero_and_tells_who_should_have_filled_it(city: Dataset) -> None:
    remitted = Expression("sent", Measure.EXPENDITURE, where=Where(nature=ExpenditureNature.REMITTANCE_TO_SUPERIOR))
    of_spent = Expression("part", formula=Formula.RATIO, of="sent", to="spent")
    table = analyze(city, AnalysisQuestion((SPENT, remitted, of_spent), (BY_DEPARTMENT,)))
    assert [cell.number for cell in table.rows[0].cells[1:]] == [None, None]
    assert table.rows[0].cells[1].coverage.expected == 1


def test_rates_are_rounded_half_away_from_zero() -> None:
    assert [str(rounded(Fraction(*each), 2)) for each in ((5, 1000), (-5, 1000), (2, 3), (-1, 1000), (4, 1))] == [
        "0.01",
        "-0.01",
        "0.67",
        "0.00",
        "4.00",
    ]


RATIO_OF_NOTHING = Expression("share", formula=Formula.RATIO, of="spent", to="nothing")


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (AnalysisQuestion(()), "1 to 20"),
        (AnalysisQuestion((SPENT, SPENT)), "two columns"),
        (AnalysisQuestion((SHARE, SPENT)), "no column before it"),
        (AnalysisQuestion((SPENT, RATIO_OF_NOTHING)), "'nothing' is no column"),
        (AnalysisQuestion((SPENT, Expression("p", formula=Formula.PER, of="spent", to="spent"))), "by a count"),
        (AnalysisQuestion((SPENT,), (GroupBy(Dimension.PROJECT),)), "is not published by PROJECT"),
        (AnalysisQuestion((SPENT,), (BY_YEAR,), top=TopN(0, "spent")), "one or more"),
        (AnalysisQuestion((SPENT,), top=TopN(1, "spent", (Dimension.DIVISION,))), "not grouped by it"),
        (AnalysisQuestion((SPENT,), having=(Having("no"),)), "'no' is no column"),
        (AnalysisQuestion((SPENT,), having=(Having("spent"),) * 51), "having: 51 of them; give at most 50"),
        (AnalysisQuestion((SPENT,), order_by=(TableOrder("spent"),) * 51), "orderBy: 51 of them"),
        (AnalysisQuestion((replace(SHARE, decimals=99),)), "0 to 10"),
    ],
)
def test_what_does_not_fit_together_is_refused(city: Dataset, question: AnalysisQuestion, says: str) -> None:
    with pytest.raises(QuestionError, match=says):
        analyze(city, question)


def test_columns_that_each_follow_twice_from_the_one_before_are_worked_out_once(city: Dataset) -> None:
    """Twenty of them are half a million sums a cell otherwise."""
    follow = [Expression(f"b{at}", formula=Formula.DIFFERENCE, of=f"b{at - 1}", to=f"b{at - 1}") for at in range(1, 20)]
    question = AnalysisQuestion((replace(SPENT, name="b0"), *follow), (BY_DEPARTMENT, BY_YEAR))
    with until(time.monotonic_ns() + PATIENCE):
        rows = analyze(city, question).rows
        assert len(rows) == 15
        assert all([cell.number for cell in row.cells[1:]] == [0] * 19 for row in rows)
        assert {row.cells[-1].coverage for row in rows} == {Coverage(1, 1)}


def test_an_analysis_ends_when_its_time_is_over(city: Dataset) -> None:
    table = analyze(city, AnalysisQuestion((SPENT, PROJECTS, SHARE), (BY_DEPARTMENT, BY_YEAR)))
    with until(time.monotonic_ns() - 1), pytest.raises(OutOfTimeError):
        _ = table.rows
    assert len(table.rows) == 15


def test_years_within_or_cannot_be_looked_back_from(city: Dataset) -> None:
    where = Where(any_of=(Where(fiscal_year=YearFilter(eq=YEAR)),))
    growth = Expression("growth", formula=Formula.GROWTH, of="spent", years_before=1)
    with pytest.raises(QuestionError, match="plainly"):
        _ = [cell.number for cell in analyze(city, AnalysisQuestion((SPENT, growth), where=where)).total.cells]


def test_things_are_counted_by_who_has_them_and_divide_money(city: Dataset) -> None:
    columns = (
        Expression("projects", count=Counted.PROJECTS),
        Expression("missed", count=Counted.INDICATORS_MISSED),
        Expression("findings", count=Counted.FINDINGS),
        Expression("vehicles", Measure.VEHICLES),
        SPENT,
        Expression("each", formula=Formula.PER, of="spent", to="vehicles"),
    )
    found = numbers(city, AnalysisQuestion(columns, (BY_DEPARTMENT,)))
    for account in city.accounts:
        if account.key.fiscal_year != YEAR:
            continue
        name = city.department_node(account.key).name
        stated = [f for f in account.facts if f.topic is Topic.STATE_ASSETS and f.item == "VEHICLES"]
        vehicles = Fraction(stated[0].number.value or 0)
        spent = spent_by_hand(city, YEAR)[name]
        assert found[name,] == [
            len(account.projects),
            sum(each.level == 3 and is_achieved(each) is False for each in account.indicators),
            sum(each.account == account.key for each in city.findings),
            vehicles,
            spent,
            spent / vehicles if vehicles else None,
        ]


def test_findings_are_counted_by_check_and_nothing_else_is(city: Dataset) -> None:
    by = (BY_DEPARTMENT, GroupBy(Dimension.CHECK))
    table = analyze(city, AnalysisQuestion((Expression("n", count=Counted.FINDINGS),), by, across_years=True))
    assert sum(row.cells[0].number or 0 for row in table.rows) == len(city.findings)
    with pytest.raises(QuestionError, match="not counted by CHECK"):
        analyze(city, AnalysisQuestion((Expression("n", count=Counted.PROJECTS),), by))
    where = Where(nature=ExpenditureNature.PROJECT)
    total = analyze(city, AnalysisQuestion((Expression("n", count=Counted.PROJECTS),), where=where)).total
    with pytest.raises(QuestionError, match="not counted by subject"):
        _ = total.cells
