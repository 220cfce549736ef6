"""Every engine answers what the records alone say, worked out by the plainest means: random questions, seeded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from graph_data.core.records import AccountKey
from graph_data.core.terms import ColumnKey, Dimension, ExpenditureNature, Measure
from graph_data.figures import FederatedFigures
from graph_data.figures.filters import TreeFilter, Where, YearFilter
from graph_data.figures.rollup import Coverage, Figures, GivenRollup, GroupBy, Rollup, RollupQuestion
from tests.graph_data.figures import brute_force
from tests.graph_data.figures.brute_force import Leaf, Total
from tests.graph_data.figures.conformance import DIVISIONS, made_up, made_up_accounts
from tests.graph_data.figures.engines import opened, params, why_not
from tests.graph_data.figures.odd import CODES
from tests.graph_data.figures.test_federation import Divided

QUESTIONS = {"memory": 300, "federated": 150, "duckdb": 12, "duckdb-divisions": 6, "postgres": 30, "spark": 6}
BY = (Dimension.DIVISION, Dimension.FISCAL_YEAR, Dimension.EXPENDITURE_NATURE)
COLUMNS = {
    ExpenditureNature.BASIC: ColumnKey.BASIC,
    ExpenditureNature.PROJECT: ColumnKey.PROJECT,
    ExpenditureNature.BUSINESS: ColumnKey.BUSINESS_EXPENDITURE,
}
ACCOUNTS = made_up_accounts()
NATURES = {nature.name: column for nature, column in COLUMNS.items()} | {"TOTAL": ColumnKey.TOTAL}


@contextmanager
def engine(name: str, folder: Path) -> Iterator[Figures]:
    if name == "memory":
        yield made_up()[1]
    elif name == "federated":
        yield FederatedFigures(Divided(ACCOUNTS, made_up()[0]))
    else:
        with opened(name, folder) as figures:
            yield figures


class Asked:
    """A random question, for an engine and for the records."""

    def __init__(self, random: Random) -> None:
        self.measure = random.choice((Measure.REVENUE, Measure.EXPENDITURE))
        by = [each for each in BY if random.random() < 0.4]
        if self.measure is Measure.REVENUE:
            by = [each for each in by if each is not Dimension.EXPENDITURE_NATURE]
        self.by = tuple(by)
        self.division = random.choice((None, None, *DIVISIONS))
        self.year = random.choice((None, None, 2021, 2022, 2023))
        self.code = random.choice((None, None, *CODES[:9]))
        self.nature = random.choice((None, None, *COLUMNS)) if self.measure is Measure.EXPENDITURE else None

    def question(self) -> RollupQuestion:
        where = Where(
            division=None if self.division is None else TreeFilter(eq=self.division),
            fiscal_year=None if self.year is None else YearFilter(eq=self.year),
            functional_subject=None if self.code is None else TreeFilter(under=self.code),
            nature=self.nature,
        )
        return RollupQuestion(self.measure, tuple(map(GroupBy, self.by)), where)

    def total(self, keys: dict[Dimension, str | None]) -> Total:
        """What the records say of a group; {} is everything."""
        accounts = [each for each in ACCOUNTS if self._holds(each.key, keys)]
        is_whole = self.code is None and self.nature is None and Dimension.EXPENDITURE_NATURE not in keys
        return brute_force.total(self.measure, accounts, lambda leaf: self._has(leaf, keys), is_whole)

    def _holds(self, key: AccountKey, keys: dict[Dimension, str | None]) -> bool:
        return (
            self.division in (None, key.division)
            and self.year in (None, key.fiscal_year)
            and keys.get(Dimension.DIVISION, key.division) == key.division
            and keys.get(Dimension.FISCAL_YEAR, str(key.fiscal_year)) == str(key.fiscal_year)
        )

    def _has(self, leaf: Leaf, keys: dict[Dimension, str | None]) -> bool:
        column = NATURES.get(str(keys.get(Dimension.EXPENDITURE_NATURE)))
        return (
            (self.code is None or leaf.code.startswith(self.code))
            and (self.nature is None or leaf.column is COLUMNS[self.nature])
            and (column is None or leaf.column is column)
        )


def told(total: Rollup, is_whole: bool) -> Total:
    coverage = total.coverage
    return Total(
        total.derived, total.count, total.reported if is_whole else None, (coverage.counted, coverage.expected)
    )


@pytest.mark.parametrize("name", params(QUESTIONS))
def test_an_engine_answers_what_the_records_say(name: str, tmp_path: Path) -> None:
    if name not in ("memory", "federated") and (reason := why_not(name)) is not None:
        pytest.skip(reason)
    random = Random(13)
    with engine(name, tmp_path) as figures:
        for _ in range(QUESTIONS[name]):
            asked = Asked(random)
            table, question = figures.table(asked.question()), asked.question()
            is_whole = asked.code is None and asked.nature is None
            assert told(table.grand_total, is_whole) == asked.total({}), question
            for row in table.rows:
                keys = {key.dimension: key.code for key in row.keys}
                own = is_whole and Dimension.EXPENDITURE_NATURE not in keys
                assert told(row.rollup, own) == asked.total(keys), (question, keys)
            assert sum(row.rollup.count for row in table.rows) == table.grand_total.count


def test_rounding_is_believed_up_to_half_a_unit_of_each_number_and_no_further() -> None:
    """100 分 is what each of two numbers in whole 元 may be off by half of, and the printed total too: 150 in all."""

    def consistent(reported: int) -> bool | None:
        return GivenRollup(1_000, 200, 2, (reported, 100), Coverage(1, 1)).consistent

    assert [consistent(each) for each in (1_150, 1_151, 850, 849)] == [True, False, True, False]
    assert GivenRollup(1_000, 1, 2, (1_001, 1), Coverage(1, 1)).consistent is True
    assert GivenRollup(1_000, 1, 2, (1_002, 1), Coverage(1, 1)).consistent is False
