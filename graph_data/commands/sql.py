"""sql: an index in DuckDB, as a prompt or for one statement: the figures, and every list, as published views."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

from graph_data import load
from graph_data.core.errors import PackageError, QuestionError
from graph_data.dataset import Dataset
from graph_data.exports import TABLES, Export
from graph_data.figures.ibis.parquet import MEMBERS_FILE, PLACES_FILE, YEAR_FILES
from graph_data.figures.measures import COUNTED_IN
from graph_data.index.layout import FIGURES, is_index, read_index

_NO_DOWNLOADS: Any = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_MOST_ROWS = 1_000
_MOST_CHARACTERS = 200
_COUNTS = ", ".join(f"'{measure.name}'" for measure in COUNTED_IN)
_EVERY_FIGURE = f"""
SELECT f.id, f.measure, f.fiscal_year AS fiscalYear, f.division, v.name AS divisionName, d.code AS department,
  d.name AS departmentName, f.department_id AS departmentId, u.code AS unit, u.name AS unitName,
  f.project_id AS project, p.name AS projectName,
  split_part(split_part(f.subject_id, ':', 2), '/', 1) AS classification,
  s.code AS subject, s.name AS subjectName, f.nature, f.revenue_source AS revenueSource, f.fund,
  f.fund_source AS fundSource, f.item AS threePublicItem, f.is_total AS isTotal,
  CASE WHEN f.measure NOT IN ({_COUNTS}) THEN f.fen END AS fen,
  CASE WHEN f.measure NOT IN ({_COUNTS}) THEN CAST(f.fen AS DECIMAL(31, 0)) * 0.000001 END AS wanYuan,
  CASE WHEN f.measure IN ({_COUNTS}) THEN f.fen END AS count,
  f.text, f.amount_unit AS amountUnit, f.decimals, f.form AS statement, f.line_id AS statementLine,
  f.source_section AS sourceSection, f.source_page AS sourcePage, f.source_line AS sourceLine,
  f.source_row AS sourceRow, f.source_column AS sourceColumn
FROM stored_figures f
LEFT JOIN nodes v ON v.id = 'division:' || f.division LEFT JOIN nodes d ON d.id = f.department_id
LEFT JOIN nodes u ON u.id = f.unit_id LEFT JOIN nodes p ON p.id = f.project_id LEFT JOIN nodes s ON s.id = f.subject_id
"""
_VIEWS = {
    "figures": f"{_EVERY_FIGURE} WHERE NOT f.is_total",
    "printed_totals": f"{_EVERY_FIGURE} WHERE f.is_total",
    "coverage": """
SELECT m.measure, m.fiscal_year AS fiscalYear, m.division, m.expected, m.counted FROM stored_members m""",
}
"""The views over the files of an index. Only `figures` is ever to be summed."""
_LISTS = tuple(table.name for table in TABLES if table.name not in _VIEWS)
"""The tables that are written when a statement first names them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `sql`."""
    parser.add_argument("index", type=Path, metavar="INDEX", help="an index, as `build` makes it")
    parser.add_argument(
        "-c", "--command", metavar="SQL", dest="statement", help="a statement to run; without it a prompt opens"
    )


def run(options: argparse.Namespace) -> int:
    """0, 1 where the statement of -c is refused, 2 where there is no index or no DuckDB."""
    complaints = Console(stderr=True, soft_wrap=True)
    try:
        import duckdb  # noqa: PLC0415 - the only command that needs it by itself
    except ImportError:
        complaints.print("not opened: this needs DuckDB; install the group `service` of pyproject.toml", style="red")
        return 2
    try:
        if not is_index(options.index):
            raise PackageError(str(options.index), "no index", "one that python -m graph_data build has made")
        dataset = load([options.index])
    except (PackageError, OSError) as error:
        complaints.print(f"not opened: {error}", style="red", markup=False, highlight=False)
        return 2
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config=_NO_DOWNLOADS) as connection:
        tables = Tables(connection, dataset, options.index, Path(folder))
        statements = [options.statement] if options.statement is not None else _typed()
        failed = False
        for statement in statements:
            try:
                tables.show(statement)
            except (duckdb.Error, QuestionError) as error:
                failed = True
                complaints.print(str(error), style="red", markup=False, highlight=False)
        return 1 if failed and options.statement is not None else 0


class Tables:
    """The views of an index in a connection of DuckDB, and the lists of it as they are asked for."""

    def __init__(self, connection: Any, dataset: Dataset, index: Path, folder: Path) -> None:
        self._connection, self._dataset, self._folder = connection, dataset, folder
        shards = [index / shard.folder / FIGURES for shard in read_index(index).shards]
        self._read("stored_figures", [file for shard in shards for file in sorted(shard.glob(YEAR_FILES))])
        self._read("stored_members", [shard / MEMBERS_FILE for shard in shards])
        self._read("stored_nodes", [shard / PLACES_FILE for shard in shards])
        connection.execute(
            "CREATE TABLE nodes AS SELECT DISTINCT ON (id) id, kind, level, code, name FROM stored_nodes ORDER BY id"
        )
        for name, statement in _VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {statement}")
        self._left = set(_LISTS)

    def query(self, statement: str) -> Any:
        """What a statement selects, as a relation of DuckDB; None where it selects nothing."""
        for name in sorted(self._left):
            if re.search(rf"\b{name}\b", statement, re.IGNORECASE) or re.search(r"\bshow\b", statement, re.IGNORECASE):
                self._write(name)
        return self._connection.sql(statement)

    def show(self, statement: str) -> None:
        """Print what a statement selects."""
        found = self.query(statement)
        if found is not None:
            found.show(max_rows=_MOST_ROWS, max_col_width=_MOST_CHARACTERS, max_width=10_000)

    def _read(self, name: str, files: list[Path]) -> None:
        listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
        self._connection.execute(f"CREATE VIEW {name} AS FROM read_parquet([{listed}], hive_partitioning = false)")

    def _write(self, name: str) -> None:
        """A list of the dataset as a view, of the file that its export is."""
        path = self._folder / f"{name}.parquet"
        with path.open("wb") as file:
            for chunk in Export.of(self._dataset, name, "parquet").chunks():
                file.write(chunk)
        self._read(name, [path])
        self._left.discard(name)


def _typed() -> Iterator[str]:
    """The statements that are typed, each up to its semicolon."""
    if sys.stdin.isatty():
        print(f"views: {', '.join((*_VIEWS, 'nodes', *_LISTS))}; a statement ends with ;, the prompt with Ctrl-D")
    lines: list[str] = []
    while True:
        try:
            lines.append(input("  ... " if lines else "sql> ") if sys.stdin.isatty() else input())
        except (EOFError, KeyboardInterrupt):
            break
        if lines[-1].rstrip().endswith(";"):
            yield "\n".join(lines)
            lines.clear()
    if any(line.strip() for line in lines):
        yield "\n".join(lines)
