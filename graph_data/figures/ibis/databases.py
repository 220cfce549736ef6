"""Where the Ibis engine finds its tables: DuckDB over Parquet files, PostgreSQL, Spark.

PostgreSQL and Spark need the packages of the dependency group `cluster`. Each division wrote its figures with positions
of its own. Put together, organisations stand one after another as the trees of the whole place them, and subjects are
matched by their ids. Ranks, ordinals and publishers stay those of their division, which is why every statement names
the division beside them.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import ibis  # type: ignore[import-untyped]
import pyarrow  # type: ignore[import-untyped]
import pyarrow.parquet  # type: ignore[import-untyped]

from graph_data.figures.columns import Trees
from graph_data.figures.ibis.parquet import FIGURES, LEVEL_COLUMNS, MEMBERS, MEMBERS_FILE, YEAR_FILES
from graph_data.figures.measures import Axis
from graph_data.graph import Node, NodeKind
from graph_data.graph.ids import division_id

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

    @classmethod
    def at(cls, url: str) -> PostgreSQL:
        """The database at postgresql://…, in tables that go with the connection. ImportError without psycopg."""
        connection = ibis.connect(url)
        with connection.con.cursor() as cursor:
            cursor.execute("SET search_path TO pg_temp, public")
        return cls(connection)

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

    @classmethod
    def at(cls, url: str) -> Spark:
        """A session of its own at spark://host:port. ImportError without pyspark."""
        from pyspark.sql import SparkSession  # noqa: PLC0415 - a group of its own, only where it is used

        builder = SparkSession.builder.master(url).appName("juesuan figures")
        return cls(builder.config("spark.ui.enabled", "false").getOrCreate())

    def read(self, name: str, files: Sequence[Path]) -> None:
        self._session.read.parquet(*map(str, files)).cache().createOrReplaceTempView(name)

    def hold(self, name: str, table: Any) -> None:
        kinds = {pyarrow.string(): "string", pyarrow.int32(): "int"}
        schema = ", ".join(f"{field.name} {kinds[field.type]}" for field in table.schema)
        rows = list(zip(*(column.to_pylist() for column in table.columns), strict=True))
        self._session.createDataFrame(rows, schema).createOrReplaceTempView(name)

    def define(self, name: str, statement: str) -> None:
        self._session.sql(statement).cache().createOrReplaceTempView(name)


_FIGURES, _MEMBERS = "figures", "members"
_OWN_FIGURES, _OWN_MEMBERS = "figures_of_divisions", "members_of_divisions"
_DIVISIONS, _SUBJECTS = "divisions", "subjects"
_ORGANIZATION = ("organization", "organization_1", "organization_2", "organization_3", "department_position")
_LEVELS = LEVEL_COLUMNS[Axis.SUBJECT]
_TEXT, _INT = pyarrow.string(), pyarrow.int32()
_DIVISION_SCHEMA = pyarrow.schema([("division", _TEXT), ("start", _INT)])
_SUBJECT_SCHEMA = pyarrow.schema(
    [("subject_id", _TEXT), ("position", _INT), *((f"at_{name}", _INT) for name in _LEVELS.values())]
)


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """The table expressions that hold FIGURES and MEMBERS (see `parquet_schema`)."""

    figures: Any
    members: Any

    @classmethod
    def named(cls, figures: str = _FIGURES, members: str = _MEMBERS) -> Tables:
        """The tables or views of these names; what columns they have is known."""
        return cls(_table(FIGURES, figures), _table(MEMBERS, members))


class Whole(Trees, Protocol):
    """The trees of all divisions together."""

    def nodes(self, kind: NodeKind) -> Sequence[Node]:
        """Every node of a kind."""


def tables_of(database: Database, folder: Path) -> Tables:
    """The tables in the files that `parquet.figure_files` made. Raises FileNotFoundError where there are none."""
    database.read(_FIGURES, _years(folder))
    database.read(_MEMBERS, [folder / MEMBERS_FILE])
    return Tables.named()


def tables_of_divisions(database: Database, folders: Mapping[str, Path], trees: Whole) -> Tables:
    """The tables of all divisions in one; `folders` gives the files of each by its code.

    `trees` hold the organisations of a division in the order, and as close together, as its own trees did.
    """
    database.read(_OWN_FIGURES, [file for folder in folders.values() for file in _years(folder)])
    database.read(_OWN_MEMBERS, [folder / MEMBERS_FILE for folder in folders.values()])
    database.hold(_DIVISIONS, _division_table(folders, trees))
    database.hold(_SUBJECTS, _subject_table(trees))
    own = Tables.named(_OWN_FIGURES, _OWN_MEMBERS)
    divisions, subjects = _table(_DIVISION_SCHEMA, _DIVISIONS), _table(_SUBJECT_SCHEMA, _SUBJECTS)
    database.define(_FIGURES, database.connection.compile(_placed_figures(own.figures, divisions, subjects)))
    database.define(_MEMBERS, database.connection.compile(_placed_members(own.members, divisions)))
    return Tables.named()


def _years(folder: Path) -> list[Path]:
    years = sorted(folder.glob(YEAR_FILES))
    if not years:
        raise FileNotFoundError(f"{folder}: no file {YEAR_FILES}; expected a folder that a build has written")
    return years


def _table(schema: Any, name: str) -> Any:
    return ibis.table(ibis.Schema.from_pyarrow(schema), name)


def _division_table(codes: Mapping[str, Path], trees: Whole) -> Any:
    starts = [trees.interval(division_id(code))[0] for code in codes]
    return pyarrow.table([list(codes), starts], schema=_DIVISION_SCHEMA)


def _subject_table(trees: Whole) -> Any:
    ids = [node.id for node in trees.nodes(NodeKind.SUBJECT)]
    positions = [trees.interval(id)[0] for id in ids]
    above: list[Any] = [trees.ancestors_at(level)[positions] if positions else [] for level in _LEVELS]
    return pyarrow.table([ids, positions, *above], schema=_SUBJECT_SCHEMA)


def _placed_figures(own: Any, divisions: Any, subjects: Any) -> Any:
    joined = own.inner_join(divisions, "division").left_join(subjects, "subject_id")
    moved = _moved(joined)
    has_place = joined.subject >= 0
    moved["subject"] = has_place.ifelse(joined.position, joined.subject)
    moved |= {name: has_place.ifelse(joined[f"at_{name}"], joined[name]) for name in _LEVELS.values()}
    return joined.select(**{name: moved.get(name, joined[name]) for name in own.columns})


def _placed_members(own: Any, divisions: Any) -> Any:
    joined = own.inner_join(divisions, "division")
    moved = _moved(joined)
    return joined.select(**{name: moved.get(name, joined[name]) for name in own.columns})


def _moved(joined: Any) -> dict[str, Any]:
    """Positions behind those of the divisions before."""
    return {name: joined[name] + joined.start for name in _ORGANIZATION}
