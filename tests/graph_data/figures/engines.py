"""The Ibis engine over each database that it is proven with, opened over the made-up figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import ibis  # type: ignore[import-untyped]
import pytest

from graph_data.figures.ibis.databases import Database, DuckDB, PostgreSQL, Spark, tables_of, tables_of_divisions
from graph_data.figures.ibis.engine import IbisFigures
from tests.clusters import postgres, spark_cluster, spark_session, why_no_postgres, why_no_spark
from tests.graph_data.figures.conformance import made_up, write, write_divisions


@contextmanager
def _duckdb(folder: Path) -> Iterator[IbisFigures]:
    yield _whole(DuckDB(), folder)


@contextmanager
def _duckdb_divisions(folder: Path) -> Iterator[IbisFigures]:
    yield _divided(DuckDB(), folder)


@contextmanager
def _postgres(folder: Path) -> Iterator[IbisFigures]:
    with postgres() as place:
        database = PostgreSQL(ibis.postgres.connect(**place))
        yield _divided(database, folder)
        database.connection.disconnect()


@contextmanager
def _spark(folder: Path) -> Iterator[IbisFigures]:
    with spark_cluster() as cluster, spark_session(cluster) as session:
        yield _divided(Spark(session), folder)


def _whole(database: Database, folder: Path) -> IbisFigures:
    """Over one set of files."""
    write(folder)
    return IbisFigures(database.connection, tables_of(database, folder), made_up()[0])


def _divided(database: Database, folder: Path) -> IbisFigures:
    """Over the files of each division, as an index holds them."""
    trees = made_up()[0]
    return IbisFigures(database.connection, tables_of_divisions(database, write_divisions(folder), trees), trees)


_OPENERS: Mapping[str, tuple[Callable[[Path], AbstractContextManager[IbisFigures]], Callable[[], str | None]]] = {
    "duckdb": (_duckdb, lambda: None),
    "duckdb-divisions": (_duckdb_divisions, lambda: None),
    "postgres": (_postgres, why_no_postgres),
    "spark": (_spark, why_no_spark),
}
NAMES = tuple(_OPENERS)
_CLUSTERS = ("postgres", "spark")


def params(names: Iterable[str] = NAMES) -> list[object]:
    """The names of engines as parameters of a test, which is slow with those that need a server."""
    return [pytest.param(name, marks=[pytest.mark.slow] if name in _CLUSTERS else []) for name in names]


def why_not(name: str) -> str | None:
    """What is missing to open an engine; None where nothing is."""
    return _OPENERS[name][1]()


def opened(name: str, folder: Path) -> AbstractContextManager[IbisFigures]:
    """An engine over the made-up figures, whose Parquet files are written into the folder."""
    return _OPENERS[name][0](folder)
