"""Random tables: the same over memory and over an index, to the 分 and to the last digit of a rate."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

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
from graph_data.core.errors import QuestionError
from graph_data.core.terms import Dimension, ExpenditureNature, Measure
from graph_data.dataset import Dataset
from graph_data.figures.filters import TreeFilter, Where, YearFilter
from graph_data.figures.measures import DEEPEST, DIMENSIONS
from graph_data.index.engines import with_engine
from graph_data.rollup import GroupBy
from tests.graph_data.index.both import Both
from tests.sampled import sampled

_DIVISIONS = ("990100", "980100", "980200", "370300")


def questions(seed: int, count: int) -> Iterator[AnalysisQuestion]:
    random = Random(seed)
    return (_question(random) for _ in range(count))


def _question(random: Random) -> AnalysisQuestion:
    measures = random.sample(list(Measure), random.randint(1, 3))
    shared = [each for each in Dimension if all(each in DIMENSIONS[measure] for measure in measures)]
    by = [_group(random, each) for each in random.sample(shared, min(len(shared), random.randrange(4)))]
    columns = [
        Expression(each.name, each, None, _narrow(random, each), random.choice((0, 0, 0, 1)))
        for each in measures
        for measure in measures
    ]
    for number in range(random.randrange(4)):
        formula = random.choice([each for each in Formula if each is not Formula.PER])
        names = [each.name for each in columns if each.formula in (None, Formula.DIFFERENCE)]
        needs = formula in (Formula.RATIO, Formula.DIFFERENCE)
        columns.append(
            Expression(
                f"{number}", None, None, None, 1, formula, random.choice(names), random.choice(names) if needs else None
            )
        )
    column = random.choice(columns).name
    orders = (TableOrder(column, None, random.random() < 0.5),) if random.random() < 0.6 else ()
    top = TopN(2, column, tuple(each.dimension for each in by[:1])) if random.random() < 0.3 else None
    having = (Having(column, is_null=False),) if random.random() < 0.3 else ()
    totals = random.choice(list(Totals))
    return AnalysisQuestion(tuple(columns), tuple(by), _where(random), having, orders, top, totals)


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


@pytest.mark.parametrize("seed", sampled(range(4), 2))
def test_an_index_answers_as_memory_does(both: Both, seed: int) -> None:
    answers = [(shown(both.memory, each), shown(both.index, each), each) for each in questions(seed, 60)]
    assert [each for memory, index, each in answers if memory != index] == []
    assert sum(isinstance(memory, tuple) and len(memory[0]) > 2 for memory, _, _ in answers) > 5


@pytest.mark.slow  # each question is several of the engine's, which takes a tenth of a second for each
def test_duckdb_answers_as_memory_does(both: Both) -> None:
    engine = with_engine(both.index, both.folder, "duckdb")
    wrong = [each for each in questions(9, 60) if shown(both.memory, each) != shown(engine, each)]
    assert wrong == []
