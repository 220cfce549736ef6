"""Every engine gives the answers of the memory engine: the same questions, equal in every attribute, to the 分."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import ibis  # type: ignore[import-untyped]
import pyarrow as arrow  # type: ignore[import-untyped]
import pytest

from graph_data import figures as room
from graph_data.figures import FederatedFigures, MemoryFigures
from graph_data.figures.ibis.databases import DuckDB, Tables
from graph_data.figures.ibis.engine import IbisFigures
from graph_data.figures.ibis.parquet import figure_table
from graph_data.figures.rollup import Figures
from tests.graph_data.figures.conformance import asking, check_node, check_selection, check_table, made_up
from tests.graph_data.figures.engines import opened, params, why_not
from tests.sampled import sampled

ENGINES = (MemoryFigures, FederatedFigures, IbisFigures)
# How many of each kind of question an engine is asked here, a tenth of them in `make test`: benchmarks/engines.py asks
# them all.
COUNTS = {
    "duckdb": (400, 100, 60),
    "duckdb-divisions": (100, 40, 40),
    "postgres": (200, 60, 40),
    "spark": (25, 8, 4),
}


TENTHS = pytest.mark.parametrize("tenth", sampled(range(10), 10))


def modules() -> list[str]:
    """Every module of the room of figures."""
    return [module.name for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")]


def answering() -> set[type]:
    """Every class of the room that answers all that engines are asked."""
    asked = [name for name, member in vars(Figures).items() if callable(member) and not name.startswith("_")]
    assert {"select", "table", "under"} <= set(asked)
    classes = [each for name in modules() for each in vars(importlib.import_module(name)).values()]
    return {
        each
        for each in classes
        if isinstance(each, type) and each is not Figures and all(hasattr(each, name) for name in asked)
    }


def test_every_engine_is_listed_once_and_tells_what_it_is() -> None:
    assert set(ENGINES) == answering()
    assert len(ENGINES) == len({engine.__module__ for engine in ENGINES}) >= 3
    assert all(engine.__doc__ and sys.modules[engine.__module__].__doc__ for engine in ENGINES)


def test_every_module_of_the_room_tells_what_it_is() -> None:
    assert [name for name in modules() if not importlib.import_module(name).__doc__] == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("figures")


@pytest.fixture(scope="module", params=params())
def engine(request: pytest.FixtureRequest, folder: Path) -> Iterator[tuple[str, IbisFigures]]:
    """The name of an engine, and the engine over the made-up figures."""
    reason = why_not(request.param)
    if reason is not None:
        pytest.skip(reason)
    with opened(request.param, folder) as figures:
        yield request.param, figures


@pytest.fixture(scope="module")
def oracle() -> Figures:
    return made_up()[1]


@TENTHS
def test_random_rollups_are_answered_alike(engine: tuple[str, IbisFigures], oracle: Figures, tenth: int) -> None:
    name, figures = engine
    for place, question in islice(enumerate(asking().questions(COUNTS[name][0])), tenth, None, 10):
        check_table(oracle, figures, question, lineage=1 if place % 5 == 0 else 0)


@TENTHS
def test_totals_under_random_nodes_are_answered_alike(
    engine: tuple[str, IbisFigures], oracle: Figures, tenth: int
) -> None:
    name, figures = engine
    for place, question in islice(enumerate(asking().nodes(COUNTS[name][1])), tenth, None, 10):
        check_node(oracle, figures, question, lineage=place % 4 == 0)


@TENTHS
def test_random_selections_are_the_same_figures_in_the_same_order(
    engine: tuple[str, IbisFigures], oracle: Figures, tenth: int
) -> None:
    name, figures = engine
    for selection in islice(asking().selections(COUNTS[name][2]), tenth, None, 10):
        check_selection(oracle, figures, *selection)


def test_every_figure_comes_back_as_it_was(engine: tuple[str, IbisFigures], oracle: Figures) -> None:
    _, figures = engine
    assert list(figures.all) == list(oracle.all)
    assert [figures.get(figure.id) for figure in islice(oracle.all, 0, None, 700)] == list(oracle.all[::700])
    unknown = ("figure:110000/101/2021/X/1/1", "", "'; drop table figures", "\\' or 1=1 --", "figure:a\\")
    assert [figures.get(id) for id in unknown] == [None] * len(unknown)


class Fetching:
    """Keeps the statements of an engine, and how many rows each fetches."""

    def __init__(self, figures: IbisFigures, monkeypatch: pytest.MonkeyPatch) -> None:
        self.statements: list[str] = []
        self.rows: list[int] = []
        fetch = figures.rows

        def kept(expression: Any) -> list[tuple[Any, ...]]:
            rows = fetch(expression)
            self.statements.append(str(ibis.to_sql(expression, dialect="duckdb")))
            self.rows.append(len(rows))
            return rows

        monkeypatch.setattr(figures, "rows", kept)


def test_a_page_is_one_small_statement_and_the_next_begins_behind_its_last_key(
    folder: Path, oracle: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened("duckdb", folder) as figures:
        fetching = Fetching(figures, monkeypatch)
        everything = figures.all
        assert list(everything[:20]) == list(oracle.all[:20])
        assert list(everything[20:40]) == list(oracle.all[20:40])
        assert everything[-1] == oracle.all[-1]
        assert list(everything[40:60:7]) == list(oracle.all[40:60:7])
    assert fetching.rows == [1, 20, 20, 1, 1, 1, 1]  # how many there are, two pages, and figures one by one
    first, second = fetching.statements[1:3]
    assert "OFFSET" not in first + second
    assert '"ordinal" >' in second
    assert '"ordinal" >' not in first


def test_threads_may_share_an_engine(folder: Path, oracle: Figures) -> None:
    questions = list(asking(1).questions(24))
    with opened("duckdb", folder) as figures, ThreadPoolExecutor(4) as pool:
        for _ in pool.map(lambda question: check_table(oracle, figures, question), questions):
            pass


def test_amounts_beyond_int64_are_refused_as_the_memory_engine_refuses_them() -> None:
    graph, figures = made_up()
    table = figure_table(figures, graph)
    most = arrow.array([2**62] * len(table), arrow.int64())
    database = DuckDB()
    database.hold("figures", table.set_column(table.schema.get_field_index("fen"), table.schema.field("fen"), most))
    with pytest.raises(OverflowError, match="expected at most 9223372036854775807"):
        IbisFigures(database.connection, Tables.named(), graph)
