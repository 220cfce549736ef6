"""Which engine answers the figures of an index: memory, or through Ibis DuckDB, PostgreSQL or Spark.

Hot questions (the total under a node, a figure by its id) are always answered from the mapped columns of the index:
they are small and many. Group-bys and selections go to the engine, since they may be about everything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph_data.core.errors import QuestionError
from graph_data.core.terms import ExpenditureNature, Measure
from graph_data.dataset import Dataset
from graph_data.figures import Figure
from graph_data.figures.filters import Where
from graph_data.figures.rollup import Figures, Rollup, RollupQuestion, RollupTable
from graph_data.graph import Node
from graph_data.index.integrity import figure_damages
from graph_data.index.layout import FIGURES, read_index

if TYPE_CHECKING:
    from graph_data.figures.ibis.databases import Database, Whole
    from graph_data.figures.ibis.engine import IbisFigures

MEMORY = "memory"
DUCKDB = "duckdb"
_ENGINE = re.compile(r"memory|duckdb|spark://\S+|postgres(?:ql)?://\S+")


def check_engine(text: str) -> str:
    """The same text. Raises QuestionError where it names no engine."""
    if _ENGINE.fullmatch(text) is None:
        there = "memory, duckdb, spark://host:port, postgresql://user@host/database"
        raise QuestionError(f"{text[:60]!r} is no engine; there are {there}")
    return text


def with_engine(dataset: Dataset, index: Path, engine: str) -> Dataset:
    """The dataset of an index, whose group-bys and selections another engine answers.

    Raises QuestionError where there is no such engine or what it needs is not installed, PackageError where the files
    of figures are damaged.
    """
    if check_engine(engine) == MEMORY:
        return dataset
    return replace(
        dataset, figures=DividedFigures(dataset.figures, index_figures(_database(engine), index, dataset.graph))
    )


def index_figures(database: Database, index: Path, trees: Whole) -> IbisFigures:
    """The figures of an index; `trees` is the graph of the dataset that it holds.

    Raises PackageError where it is no index or its figures are damaged, and OverflowError as `IbisFigures` does.
    """
    from graph_data.figures.ibis.databases import tables_of_divisions  # noqa: PLC0415 - Ibis takes seconds to load
    from graph_data.figures.ibis.engine import IbisFigures  # noqa: PLC0415

    places = read_index(index).shards
    for damage in (damage for place in places for damage in figure_damages(index, place)):
        raise damage
    folders = {place.division: index / place.folder / FIGURES for place in places}
    return IbisFigures(database.connection, tables_of_divisions(database, folders, trees), trees)


def _database(engine: str) -> Database:
    from graph_data.figures.ibis import databases  # noqa: PLC0415

    if engine == DUCKDB:
        return databases.DuckDB()
    try:
        return databases.Spark.at(engine) if engine.startswith("spark") else databases.PostgreSQL.at(engine)
    except ImportError as error:
        raise QuestionError(f"{engine}: {error.name} is not installed; `make cluster` installs it") from None


class DividedFigures:
    """Hot questions answered from memory, all others by an engine."""

    answers: dict[tuple[object, ...], Any] | None = None

    def __init__(self, hot: Figures, engine: Figures) -> None:
        self._hot, self._engine = hot, engine

    @property
    def all(self) -> Sequence[Figure]:
        """Every figure, totals included, in the order of accounts, statements, lines, columns."""
        return self._hot.all

    def get(self, id: str) -> Figure | None:
        """A figure by its id."""
        return self._hot.get(id)

    def select(self, measure: Measure, where: Where | None, include_totals: bool) -> Sequence[Figure]:
        """The figures that a checked filter lets through."""
        return self._engine.select(measure, where, include_totals)

    def table(self, question: RollupQuestion) -> RollupTable:
        """The groups of the leaf figures, for a checked question."""
        return self._engine.table(question)

    def under(
        self,
        node: Node,
        measure: Measure,
        fiscal_year: int | None,
        department: str | None,
        nature: ExpenditureNature | None,
    ) -> Rollup:
        """The total under a node."""
        return self._hot.under(node, measure, fiscal_year, department, nature)
