"""What the peers are given: the part of a dataset that the five questions touch, as JSON, SQLite and SQL.

Tables of plain rows, decimals and money in the text or whole 分 that Juesuan holds. `rank` is the place in the order
in which Juesuan lists search results, so that a database needs no more than a sort by a column.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson

from graph_data.core.records import IndicatorRecord, ProjectRecord
from graph_data.core.terms import Comparator, FundingQuantity, FundSource, Measure
from graph_data.dataset import Dataset
from graph_data.graph import Node, NodeKind

TABLES = {
    "departments": ("id", "division", "code", "name"),
    "units": ("id", "department", "code", "name"),
    "projects": ("id", "unit", "place", "name", "fiscal_year", "executed", "rank"),
    "indicators": (
        *("id", "project", "place", "name", "max_score", "score", "target_text", "target_comparator"),
        *("target_value", "target_unit", "actual_text", "actual_value", "actual_unit"),
    ),
    "subjects": ("code", "name", "parent", "level"),
    "spent": ("id", "department", "fiscal_year", "code", "fen"),
}
INTEGERS = {"fiscal_year", "executed", "rank", "place", "level", "fen"}
KEYS = {table: columns[0] for table, columns in TABLES.items()}
REFERENCES = (
    ("units", "department", "departments"), ("projects", "unit", "units"), ("indicators", "project", "projects"),
    ("subjects", "parent", "subjects"), ("spent", "department", "departments"), ("spent", "code", "subjects"),
)  # fmt: skip
INDEXED = (
    *(("units", "code"), ("projects", "fiscal_year"), ("projects", "rank"), ("projects", "place")),
    *(("departments", "division"), ("departments", "code"), ("subjects", "level"), ("indicators", "place")),
    ("spent", "fiscal_year"),
)
Rows = dict[str, list[tuple[Any, ...]]]


def rows_of(dataset: Dataset) -> Rows:
    """The rows of every table, in Juesuan's own order."""
    return {
        "departments": [
            (node.id, node.id.split(":")[1].split("/")[0], node.code, node.name)
            for node in dataset.graph.nodes(NodeKind.DEPARTMENT)
        ],
        "units": [
            (node.id, _above(dataset, node), node.code, node.name) for node in dataset.graph.nodes(NodeKind.UNIT)
        ],
        "projects": [_project(dataset, place, *ranked) for place, ranked in enumerate(_ranked(dataset))],
        "indicators": list(_indicators(dataset)),
        "subjects": [
            (node.code, node.name, above.code if (above := dataset.graph.parent(node.id)) else None, node.level)
            for node in dataset.graph.nodes(NodeKind.SUBJECT)
            if node.id.startswith("subject:FUNCTIONAL/")
        ],
        "spent": list(_spent(dataset)),
    }


def write_json(rows: Rows, file: Path) -> None:
    """For servers that hold everything in memory."""
    named = {table: [dict(zip(TABLES[table], row, strict=True)) for row in found] for table, found in rows.items()}
    file.write_bytes(orjson.dumps(named))


def write_sqlite(rows: Rows, file: Path) -> None:
    """For Datasette: tables with keys, indexes, and the totals as views."""
    file.unlink(missing_ok=True)
    with sqlite3.connect(file) as connection:
        for statement in definitions():
            connection.execute(statement)
        for table, found in rows.items():
            marks = ", ".join("?" * len(TABLES[table]))
            connection.executemany(f"insert into {table} values ({marks})", found)
        connection.executescript(
            """
            create view unit_totals as
              select u.code, u.name, sum(p.executed) as fen from units u join projects p on p.unit = u.id group by u.id;
            create view tree_totals as
              select s.code, s.name, s.parent, s.level, f.department, f.fiscal_year, sum(f.fen) as fen
              from subjects s join spent f on f.code >= s.code and f.code < s.code || 'a'
              group by s.code, f.department, f.fiscal_year;
            create view category_totals as
              select s.code, s.name, f.fiscal_year, sum(f.fen) as fen
              from spent f join subjects s on s.code = substr(f.code, 1, 3) group by s.code, f.fiscal_year;
            """
        )


def write_sql(rows: Rows, file: Path) -> None:
    """For PostgreSQL: one script that makes the tables and copies their rows in, in the order of their references."""
    lines = [f"{statement};" for statement in definitions()]
    for table, found in rows.items():
        lines.append(f"copy {table} from stdin;")
        lines += ["\t".join("\\N" if cell is None else str(cell) for cell in row) for row in found]
        lines.append("\\.")
    file.write_text("\n".join(lines) + "\n")


def definitions() -> Iterator[str]:
    """CREATE TABLE and CREATE INDEX, alike in SQLite and PostgreSQL."""
    targets = {(table, column): target for table, column, target in REFERENCES}
    for table, columns in TABLES.items():
        parts = [_column(table, column, targets.get((table, column))) for column in columns]
        yield f"create table {table} ({', '.join(parts)})"
    for table, column in (*INDEXED, *((table, column) for table, column, _ in REFERENCES)):
        yield f"create index {table}_{column} on {table} ({column})"


def _column(table: str, column: str, target: str | None) -> str:
    kind = "bigint" if column in INTEGERS else "text"
    key = " primary key" if column == KEYS[table] else ""
    return f"{column} {kind}{key}" + (f" references {target} ({KEYS[target]})" if target else "")


def _above(dataset: Dataset, node: Node) -> str:
    above = dataset.graph.parent(node.id)
    if above is None:
        raise ValueError(f"{node.id} stands under nothing; expected a synthetic dataset")
    return above.id


def _ranked(dataset: Dataset) -> list[tuple[int, Node]]:
    """Projects in the order of the graph, each with its place where equals are ranked by length of name."""
    nodes = dataset.graph.nodes(NodeKind.PROJECT)
    order = sorted(range(len(nodes)), key=lambda place: len(nodes[place].name))
    ranks = {place: rank for rank, place in enumerate(order)}
    return [(ranks[place], node) for place, node in enumerate(nodes)]


def _project(dataset: Dataset, place: int, rank: int, node: Node) -> tuple[Any, ...]:
    record = node.record
    assert isinstance(record, ProjectRecord)
    executed = next(
        fund.number.fen
        for fund in dataset.funding(record.account, record.project)
        if fund.fund_source is FundSource.TOTAL and fund.quantity is FundingQuantity.EXECUTED
    )
    return node.id, _above(dataset, node), place, node.name, record.account.fiscal_year, executed, rank


def _indicators(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    place = 0
    for project in dataset.graph.nodes(NodeKind.PROJECT):
        for node in dataset.graph.descendants(project.id, leaves_only=True):
            record = node.record
            assert isinstance(record, IndicatorRecord)
            place += 1
            yield (
                node.id, project.id, place, record.name,
                record.max_score and _plain(record.max_score.value), record.score and _plain(record.score.value),
                record.target_text, _name(record.target_comparator), _plain(record.target_value), record.target_unit,
                record.actual_text, _plain(record.actual_value), record.actual_unit,
            )  # fmt: skip


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _name(comparator: Comparator | None) -> str | None:
    return None if comparator is None else comparator.name


def _spent(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    """本年支出 of each department, year and 项."""
    totals: dict[tuple[str, int, str], int] = {}
    for figure in _leaves(dataset):
        key = figure.department, figure.fiscal_year, str(figure.subject).partition("/")[2]
        totals[key] = totals.get(key, 0) + figure.fen
    for number, ((department, year, code), fen) in enumerate(totals.items()):
        yield str(number), department, year, code, fen


def _leaves(dataset: Dataset) -> Iterable[Any]:
    return (each for each in dataset.all_figures if each.measure is Measure.EXPENDITURE and not each.is_total)
