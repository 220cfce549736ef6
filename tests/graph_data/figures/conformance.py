"""The conformance of engines: asked the same, two of them answer the same in every attribute."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from graph_data.core.records import Account
from graph_data.core.terms import Measure
from graph_data.figures import MemoryFigures
from graph_data.figures.filters import Where
from graph_data.figures.ibis.parquet import figure_files
from graph_data.figures.measures import Figure
from graph_data.figures.rollup import Figures, Rollup, RollupQuestion, RollupTable
from graph_data.graph import Graph, build
from tests.graph_data.example import archives_2021, archives_2022, weather_2022
from tests.graph_data.figures.odd import odd_accounts
from tests.graph_data.figures.random_questions import Asking, NodeQuestion

SEED = 8
DIVISIONS = ("110000", "370300", "440100")
_ROWS_LOOKED_INTO = 2  # of each answer: where its figures are read one by one


@cache
def made_up() -> tuple[Graph, MemoryFigures]:
    """Three divisions of odd accounts, and the example: with every trait that a published table may have."""
    return _linked(made_up_accounts())


def write(folder: Path) -> None:
    """The made-up figures as Parquet."""
    _write(folder, *made_up())


def write_divisions(folder: Path) -> dict[str, Path]:
    """The made-up figures of each division alone, as if there were no others; the folder of each by its code."""
    by_division: dict[str, list[Account]] = {}
    for account in made_up_accounts():
        by_division.setdefault(account.key.division, []).append(account)
    folders = {code: folder / code for code in by_division}
    for code, accounts in by_division.items():
        folders[code].mkdir(exist_ok=True)
        _write(folders[code], *_linked(accounts))
    return folders


def made_up_accounts() -> list[Account]:
    """The accounts of `made_up`."""
    accounts = odd_accounts(SEED, DIVISIONS, 3, (2021, 2022, 2023))
    return [*accounts, archives_2021(), archives_2022(), weather_2022()]


def _linked(accounts: Sequence[Account]) -> tuple[Graph, MemoryFigures]:
    graph, identities = build(accounts)
    return graph, MemoryFigures.of(accounts, graph, identities)


def _write(folder: Path, graph: Graph, figures: MemoryFigures) -> None:
    for name, content in figure_files(figures, graph):
        (folder / name).write_bytes(content)


def asking(seed: int = SEED) -> Asking:
    graph, figures = made_up()
    return Asking(seed, graph, figures)


def check_table(oracle: Figures, engine: Figures, question: RollupQuestion, lineage: int = _ROWS_LOOKED_INTO) -> None:
    """Both give the same rows; of the first `lineage` of them also the same figures, one by one."""
    expected, found = oracle.table(question), engine.table(question)
    assert [_told(row.rollup) for row in found.rows] == [_told(row.rollup) for row in expected.rows], question
    assert [row.keys for row in found.rows] == [row.keys for row in expected.rows], question
    assert [row.summed_away for row in found.rows] == [row.summed_away for row in expected.rows], question
    for one, other in list(zip(_totals(expected), _totals(found), strict=True))[:lineage]:
        _check_lineage(one, other, question)


def check_node(oracle: Figures, engine: Figures, asked: NodeQuestion, lineage: bool = True) -> None:
    """Both give the same total under a node."""
    given = (asked.node, asked.measure, asked.fiscal_year, asked.department, asked.nature)
    expected, found = oracle.under(*given), engine.under(*given)
    assert _told(found) == _told(expected), asked
    if lineage:
        _check_lineage(expected, found, asked)


def check_selection(oracle: Figures, engine: Figures, measure: Measure, where: Where | None, totals: bool) -> None:
    """Both select the same figures, in the same order."""
    expected, found = oracle.select(measure, where, totals), engine.select(measure, where, totals)
    assert len(found) == len(expected), where
    assert list(found[2:9]) == list(expected[2:9]), where
    assert list(found[-3:]) == list(expected[-3:]), where


def _totals(table: RollupTable) -> Sequence[Rollup]:
    return [table.grand_total, *(row.rollup for row in table.rows)]


def _told(total: Rollup) -> tuple[object, ...]:
    return (
        total.derived,
        total.step,
        total.count,
        total.reported,
        total.reported_step,
        total.difference,
        total.consistent,
        total.coverage,
        len(total.figures),
        len(total.reported_figures),
    )


def _check_lineage(expected: Rollup, found: Rollup, asked: object) -> None:
    assert _ids(found.figures) == _ids(expected.figures), asked
    assert list(found.reported_figures) == list(expected.reported_figures), asked


def _ids(figures: Sequence[Figure]) -> list[str]:
    return [figure.id for figure in figures]
