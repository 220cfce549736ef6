"""An engine over the Parquet files of an index gives the answers of the index itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_data import Dataset, load
from graph_data.figures.ibis.databases import DuckDB
from graph_data.figures.ibis.engine import IbisFigures
from graph_data.index.engines import index_figures
from tests.graph_data.figures.conformance import check_node, check_selection, check_table
from tests.graph_data.figures.random_questions import Asking
from tests.sampled import rounds


@pytest.fixture(scope="module")
def dataset(index: Path) -> Dataset:
    return load([index])


@pytest.fixture(scope="module")
def engine(index: Path, dataset: Dataset) -> IbisFigures:
    return index_figures(DuckDB(), index, dataset.graph)


def test_random_questions_are_answered_alike(dataset: Dataset, engine: IbisFigures) -> None:
    asking = Asking(3, dataset.graph, dataset.figures)
    for question in asking.questions(rounds(5)):
        check_table(dataset.figures, engine, question, lineage=1)
    for node in asking.nodes(rounds(3)):
        check_node(dataset.figures, engine, node)
    for selection in asking.selections(rounds(5)):
        check_selection(dataset.figures, engine, *selection)


def test_all_figures_stand_in_the_order_of_accounts(dataset: Dataset, engine: IbisFigures) -> None:
    assert list(engine.all) == list(dataset.figures.all)
