"""Random tables: the same over memory and over an index, to the 分 and to the last digit of a rate."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from graph_data.analysis import (
    AnalysisQuestion,
    ColumnKind,
    Expression,
    Formula,
    Having,
    TableOrder,
    TopN,
    Totals,
    analyze,
    kinds_of,
)
from graph_data.core.errors import QuestionError
from graph_data.core.terms import Dimension, ExpenditureNature, Measure
from graph_data.counts import Counted
from graph_data.dataset import Dataset
from graph_data.figures.filters import TreeFilter, Where, YearFilter
from graph_data.figures.measures import DEEPEST, DIMENSIONS
from graph_data.index.engines import with_engine
from graph_data.rollup import GroupBy
from tests.graph_data.index.both import Both
from tests.sampled import sampled

_COUNTED_BY = {Dimension.DIVISION, Dimension.DEPARTMENT, Dimension.FISCAL_YEAR}
_DIVISIONS = ("990100", "980100", "980200", "370300")


def questions(seed: int, count: int) -> Iterator[AnalysisQuestion]:
    random = Random(seed)
    return (_question(random) for _ in range(count))


def _question(random: Random) -> AnalysisQuestion:
    measures = random.sample(list(Measure), random.randint(1, 3))
    shared = [each for each in Dimension if all(each in DIMENSIONS[measure] for measure in measures)]
    by = [_group(random, each) for each in random.sample(shared, min(len(shared), random.randrange(4)))]
    columns = [
        Expression(each.name, each, None, _narrow(random, each), random.choice((0, 0, 0, 1))) for each in measures
    ]
    if random.random() < 0.5 and {each.dimension for each in by} <= _COUNTED_BY:
        columns.append(Expression("counted", None, random.choice(list(Counted))))
    for number in range(random.randrange(4)):
        columns.append(_formula(random, f"{number}", columns))
    column = random.choice(columns).name
    orders = (TableOrder(column, None, random.random() < 0.5),) if random.random() < 0.6 else ()
    top = TopN(2, column, tuple(each.dimension for each in by[:1])) if random.random() < 0.3 else None
    having = (Having(column, is_null=False),) if random.random() < 0.3 else ()
    totals = random.choice(list(Totals))
    return AnalysisQuestion(tuple(columns), tuple(by), _where(random), having, orders, top, totals)


def _formula(random: Random, name: str, columns: list[Expression]) -> Expression:
    """A formula over columns that can be held against each other."""
    kinds = kinds_of(columns)
    formula = random.choice([each for each in Formula if each is not Formula.PER or ColumnKind.COUNT in kinds.values()])
    of = random.choice([each for each, kind in kinds.items() if kind is not ColumnKind.PERCENT])
    wanted = ColumnKind.COUNT if formula is Formula.PER else kinds[of]
    to = random.choice([each for each, kind in kinds.items() if kind is wanted])
    needs = formula in (Formula.RATIO, Formula.DIFFERENCE, Formula.PER)
    return Expression(name, None, None, None, 1, formula, of, to if needs else None)


def _group(random: Random, dimension: Dimension) -> GroupBy:
    deepest = DEEPEST.get(dimension)
    return GroupBy(dimension, None if deepest is None or random.random() < 0.5 else random.randint(1, deepest))


def _narrow(random: Random, measure: Measure) -> Where | None:
    if Dimension.EXPENDITURE_NATURE in DIMENSIONS[measure] and random.random() < 0.5:
        return Where(nature=random.choice((ExpenditureNature.BASIC, ExpenditureNature.PROJECT)))
    return None


def _where(random: Random) -> Where | None:
    return random.choice(
        (
            None,
            Where(division=TreeFilter(eq=random.choice(_DIVISIONS))),
            Where(fiscal_year=YearFilter(gte=2022)),
            Where(fiscal_year=YearFilter(eq=2022)),
        )
    )


def shown(dataset: Dataset, question: AnalysisQuestion) -> object:
    """All that a table says, as far as it can be compared; the refusal where it is one."""
    try:
        table = analyze(dataset, question)
        rows = [
            (
                [(key.dimension, key.code, key.name) for key in row.keys],
                [(cell.number, cell.basis, cell.coverage) for cell in row.cells],
                row.summed_away,
            )
            for row in [*table.rows, table.total]
        ]
        return rows, table.fiscal_year, table.caveats
    except QuestionError as error:
        return str(error)


SEEDS, AT_ONCE = 17, 60  # 1,020 questions


@pytest.mark.parametrize("seed", sampled(range(SEEDS), 4))
def test_an_index_answers_as_memory_does(both: Both, seed: int) -> None:
    answers = [(shown(both.memory, each), shown(both.index, each), each) for each in questions(seed, AT_ONCE)]
    assert [each for memory, index, each in answers if memory != index] == []
    assert sum(isinstance(memory, tuple) and len(memory[0]) > 2 for memory, _, _ in answers) > AT_ONCE // 4


@pytest.mark.slow  # each question is several of the engine's, which takes a tenth of a second for each
@pytest.mark.parametrize("seed", range(SEEDS))
def test_duckdb_answers_as_memory_does(both: Both, seed: int) -> None:
    engine = with_engine(both.index, both.folder, "duckdb")
    wrong = [each for each in questions(seed, AT_ONCE) if shown(both.memory, each) != shown(engine, each)]
    assert wrong == []
