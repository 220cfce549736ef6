"""Any accounts of several divisions, with figures of every measure, and any question about them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from graph_data.core.records import Account, AccountKey, SubjectRecord
from graph_data.core.terms import (
    Classification,
    ColumnKey,
    Dimension,
    ExpenditureNature,
    Fund,
    FundSource,
    Measure,
    Side,
    StatementForm,
)
from graph_data.figures.filters import AmountFilter, TreeFilter, Where, YearFilter
from graph_data.figures.measures import DEEPEST, DIMENSIONS
from graph_data.figures.rollup import GroupBy, OrderKey, Rollup, RollupOrder, RollupQuestion, RollupRow
from tests.graph_data import example
from tests.graph_data.example import AccountBuilder

DIVISIONS = ("110000", "120000", "130100")
CODES = ("201", "20101", "2010101", "2010102", "20102", "2010201", "208", "2080501", "2080502", "210")
DETAIL = ("301", "30101", "30102", "302", "30201")
YEARS = (2020, 2021, 2022)
UNITS = (("101001", "本级"), ("101002", "二级"))
example.NAMES.update({code: example.NAMES.get(code, f"科目{code}") for code in CODES})

T = TypeVar("T")
_NATURES = (ColumnKey.TOTAL, ColumnKey.BASIC, ColumnKey.PROJECT)
_FORMS = {
    StatementForm.REVENUE: (ColumnKey.TOTAL, ColumnKey.FISCAL_APPROPRIATION, ColumnKey.OTHER_REVENUE),
    StatementForm.EXPENDITURE: _NATURES,
    StatementForm.GENERAL_PUBLIC_BUDGET: _NATURES,
    StatementForm.GOVERNMENT_MANAGED_FUNDS: _NATURES,
}


def accounts() -> st.SearchStrategy[tuple[Account, ...]]:
    """In the order of their keys, as packages are read. Drawn from a seed: hypothesis would take far longer."""
    return st.integers(0, 2**32 - 1).map(lambda seed: _accounts(Random(seed)))


def _accounts(random: Random) -> tuple[Account, ...]:
    keys = [(division, department, year) for division in DIVISIONS for department in ("101", "102") for year in YEARS]
    chosen = sorted(random.sample(keys, random.randint(1, 6)))
    return tuple(_account(random, AccountKey(*key)) for key in chosen)


def _account(random: Random, key: AccountKey) -> Account:
    builder = AccountBuilder(key, f"{key.division}第{key.department}局").units(*UNITS)
    for form, columns in _FORMS.items():
        if random.random() < 0.7:
            builder.statement(form, columns, _rows(random))
    if random.random() < 0.7:
        rows = [(code, _amount(random)) for code in _some(random, DETAIL)]
        builder.basic_detail({Side.PERSONNEL: [*rows, ("人员经费合计", _amount(random))]})
    if random.random() < 0.7:
        builder.three_public(*([_amount(random) for _ in range(6)] for _ in range(2)))
    stated = _some(random, CODES)
    named = {each.code for each in builder.tables["subjects"] if isinstance(each, SubjectRecord)}
    subjects = (SubjectRecord(key, Classification.FUNCTIONAL, code, example.NAMES[code]) for code in stated)
    builder.add("subjects", *(subject for subject in subjects if subject.code not in named))
    builder.initial_budget({item: _printed(random) for item in _some(random, ("TOTAL",)) + stated})
    for number in range(1, random.randint(0, 2) + 1):
        sources = _some(random, (FundSource.TOTAL, FundSource.FISCAL_APPROPRIATION, FundSource.OTHER))
        funds = {source: [_printed(random) for _ in range(3)] for source in sources}
        builder.project(number, f"项目{number}", UNITS[number - 1][0], funds)
    return builder.build()


def _rows(random: Random) -> list[tuple[str, tuple[str, ...]]]:
    return [(code, tuple(_amount(random) for _ in range(3))) for code in _some(random, ("合计", *CODES))]


def _some(random: Random, these: Sequence[T]) -> list[T]:
    return [each for each in these if random.random() < 0.5]


def _amount(random: Random) -> str:
    return random.choice(("", "-", "1", "2", _printed(random)))


def _printed(random: Random) -> str:
    fen = random.randrange(10**5)
    return f"{fen // 100}.{fen % 100:02}"


def _of_trees(measure: Measure) -> st.SearchStrategy[Where]:
    """A filter on one tree that the measure has."""
    values = {
        Dimension.DIVISION: (*DIVISIONS, "division:110000", "nobody"),
        Dimension.DEPARTMENT: ("101", "102", "department:120000/101", "department:990000/101", "division:110000"),
        Dimension.UNIT: ("101001", "unit:110000/101/101001"),
        Dimension.PROJECT: ("project:110000/101/2020/1", "project:120000/102/2021/2", "unit:110000/101/101002"),
        Dimension.FUNCTIONAL_SUBJECT: (*CODES, "20805", "subject:FUNCTIONAL/208"),
        Dimension.ECONOMIC_SUBJECT: (*DETAIL, "subject:ECONOMIC/301"),
    }
    possible = sorted(DIMENSIONS[measure] & set(values), key=list(Dimension).index)
    return st.sampled_from(possible).flatmap(
        lambda dimension: _tree(dimension, values[dimension]).map(
            lambda tree: Where(**{dimension.name.lower(): tree})  # type: ignore[arg-type]
        )
    )


def _tree(dimension: Dimension, values: Sequence[str]) -> st.SearchStrategy[TreeFilter]:
    one = st.sampled_from(values)
    several = st.lists(one, max_size=3).map(tuple)
    return st.one_of(
        one.map(lambda value: TreeFilter(eq=value)),
        one.map(lambda value: TreeFilter(under=value)),
        several.map(lambda these: TreeFilter(any_of=these)),
        several.map(lambda these: TreeFilter(under_any=these)),
        st.integers(1, DEEPEST[dimension]).map(lambda level: TreeFilter(level=level)),
    )


def _of_choices(measure: Measure) -> list[Where]:
    found = [Where(fiscal_year=YearFilter(eq=2021)), Where(fiscal_year=YearFilter(gte=2021)), Where(any_of=())]
    found += [Where(fiscal_year=YearFilter(any_of=(2020, 2022), lte=2021)), Where(amount=AmountFilter(gte=Decimal(2)))]
    if Dimension.EXPENDITURE_NATURE in DIMENSIONS[measure]:
        found += [Where(nature=ExpenditureNature.BASIC), Where(nature=ExpenditureNature.PROJECT)]
    if Dimension.FUND in DIMENSIONS[measure]:
        found += [Where(fund=Fund.GENERAL_PUBLIC_BUDGET), Where(fund=Fund.GOVERNMENT_MANAGED_FUNDS)]
    if Dimension.FUND_SOURCE in DIMENSIONS[measure]:
        found += [Where(fund_source=FundSource.TOTAL), Where(fund_source=FundSource.FISCAL_APPROPRIATION)]
    return found


def filters(measure: Measure) -> st.SearchStrategy[Where]:
    """Any filter that fits the measure."""
    return st.recursive(
        st.one_of(st.sampled_from(_of_choices(measure)), _of_trees(measure)),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda these: Where(all_of=tuple(these))),
            st.lists(inner, min_size=1, max_size=2).map(lambda these: Where(any_of=tuple(these))),
            inner.map(lambda one: Where(negated=one)),
        ),
        max_leaves=3,
    )


def keys(measure: Measure) -> st.SearchStrategy[tuple[GroupBy, ...]]:
    """Any dimensions to group by, at any level."""
    one = st.sampled_from(sorted(DIMENSIONS[measure], key=list(Dimension).index)).flatmap(
        lambda dimension: st.sampled_from((None, *range(1, DEEPEST.get(dimension, 0) + 1))).map(
            lambda level: GroupBy(dimension, level)
        )
    )
    return st.lists(one, max_size=3, unique_by=lambda each: each.dimension).map(tuple)


_orders = st.lists(st.builds(RollupOrder, st.sampled_from(OrderKey), st.booleans()), max_size=2).map(tuple)
measures = st.sampled_from((*Measure, Measure.EXPENDITURE, Measure.APPROPRIATION_EXPENDITURE))


@st.composite
def questions(draw: st.DrawFn) -> RollupQuestion:
    """Any question that fits its measure."""
    measure = draw(measures)
    where = draw(st.none() | filters(measure))
    return RollupQuestion(measure, draw(keys(measure)), where, draw(_orders), draw(st.booleans()))


def told(total: Rollup) -> tuple[object, ...]:
    """Everything that a total says."""
    return (
        (total.derived, total.reported, total.difference, total.consistent, total.coverage),
        (total.step, total.count, total.printed, total.reported_step),
        tuple(total.figures),
        tuple(total.reported_figures),
        (len(total.figures), len(total.reported_figures)),
    )


def told_by(row: RollupRow) -> tuple[object, ...]:
    """Everything that a row says."""
    return row.keys, row.summed_away, told(row.rollup)
