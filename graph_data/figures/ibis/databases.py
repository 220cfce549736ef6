"""Where the Ibis engine finds its tables: DuckDB over Parquet files, PostgreSQL, Spark.

PostgreSQL and Spark need the packages of the dependency group `cluster`; both are connected to by whoever uses them.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import ibis  # type: ignore[import-untyped]
import pyarrow.parquet  # type: ignore[import-untyped]

_THREADS = 2
_NO_DOWNLOADS = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
_INDEXES = {"figures": ("measure, rank", "measure, publisher", "id"), "members": ("measure",)}
_BATCH = 4096


class Database(Protocol):
    """A connection of Ibis, and how tables come into it."""

    @property
    def connection(self) -> Any:
        """What `IbisFigures` takes."""

    def read(self, name: str, files: Sequence[Path]) -> None:
        """Parquet files as one table."""

    def hold(self, name: str, table: Any) -> None:
        """A small table of pyarrow."""

    def define(self, name: str, statement: str) -> None:
        """What a statement selects, as a table."""


class DuckDB:
    """A DuckDB in this process. Files are only read, as questions need them; nothing is ever downloaded."""

    def __init__(self, threads: int = _THREADS) -> None:
        self.connection = ibis.duckdb.connect(threads=threads, **_NO_DOWNLOADS)

    def read(self, name: str, files: Sequence[Path]) -> None:
        listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
        # A view that every cursor sees: what Ibis registers is seen by one connection alone.
        self.define(name, f"FROM read_parquet([{listed}], hive_partitioning = false)")

    def hold(self, name: str, table: Any) -> None:
        given = f"{name}_given"
        self.connection.con.register(given, table)
        self.connection.con.execute(f"CREATE TABLE {name} AS FROM {given}")
        self.connection.con.unregister(given)

    def define(self, name: str, statement: str) -> None:
        self.connection.con.execute(f"CREATE VIEW {name} AS {statement}")


class PostgreSQL:
    """A PostgreSQL database that `ibis.postgres.connect` has connected to. It holds tables of its own."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def read(self, name: str, files: Sequence[Path]) -> None:
        for number, file in enumerate(files):
            with pyarrow.parquet.ParquetFile(file) as opened:
                if not number:
                    self._create(name, opened.schema_arrow)
                for batch in opened.iter_batches(_BATCH):
                    self._copy(name, batch)
        self._finish(name)

    def hold(self, name: str, table: Any) -> None:
        self._create(name, table.schema)
        self._copy(name, table)
        self._finish(name)

    def define(self, name: str, statement: str) -> None:
        self._run(f"CREATE TABLE {name} AS {statement}")
        self._finish(name)

    def _create(self, name: str, schema: Any) -> None:
        self.connection.create_table(name, schema=ibis.Schema.from_pyarrow(schema))

    def _copy(self, name: str, rows: Any) -> None:
        with self.connection.con.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for row in zip(*(column.to_pylist() for column in rows.columns), strict=True):
                copy.write_row(row)

    def _finish(self, name: str) -> None:
        for columns in _INDEXES.get(name, ()):
            self._run(f"CREATE INDEX ON {name} ({columns})")
        self._run(f"ANALYZE {name}")

    def _run(self, statement: str) -> None:
        with self.connection.con.cursor() as cursor:
            cursor.execute(statement)


class Spark:
    """A Spark session, whose workers must see the files. They keep the tables in their memory once they were read."""

    def __init__(self, session: Any) -> None:
        self._session = session
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of pandas, which Ibis loads; no figure passes it
            self.connection = ibis.pyspark.connect(session)

    def read(self, name: str, files: Sequence[Path]) -> None:
        self._session.read.parquet(*map(str, files)).cache().createOrReplaceTempView(name)

    def hold(self, name: str, table: Any) -> None:
        kinds = {pyarrow.string(): "string", pyarrow.int32(): "int"}
        schema = ", ".join(f"{field.name} {kinds[field.type]}" for field in table.schema)
        rows = list(zip(*(column.to_pylist() for column in table.columns), strict=True))
        self._session.createDataFrame(rows, schema).createOrReplaceTempView(name)

    def define(self, name: str, statement: str) -> None:
        self._session.sql(statement).cache().createOrReplaceTempView(name)
