"""The Ibis engine over an index: the Parquet files of all divisions as one, in DuckDB, PostgreSQL or Spark."""

from __future__ import annotations

from pathlib import Path

from graph_data.figures.ibis.databases import Database, Whole, tables_of_divisions
from graph_data.figures.ibis.engine import IbisFigures
from graph_data.index.layout import FIGURES, read_index


def index_figures(database: Database, index: Path, trees: Whole) -> IbisFigures:
    """The figures of an index; `trees` is the graph of the dataset that it holds.

    Raises PackageError where it is no index, and OverflowError as `IbisFigures` does.
    """
    folders = {place.division: index / place.folder / FIGURES for place in read_index(index).shards}
    return IbisFigures(database.connection, tables_of_divisions(database, folders, trees), trees)
