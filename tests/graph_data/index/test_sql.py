"""python -m graph_data sql: the views hold what is exported, and the examples of docs/sql.md run."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from graph_data import load
from graph_data.__main__ import main
from graph_data.commands.sql import Tables
from graph_data.core.terms import Measure
from graph_data.exports import TABLES
from graph_data.rollup import rollup
from tests.graph_data.exports.exporting import rows
from tests.graph_data.index.both import Both

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "sql.md").read_text("utf-8")
STATEMENTS = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def tables(both: Both, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tables]:
    with duckdb.connect() as connection:
        yield Tables(connection, load([both.folder]), both.folder, tmp_path_factory.mktemp("lists"))


def selected(tables: Tables, statement: str) -> list[dict[str, Any]]:
    found = tables.query(statement)
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def test_the_figures_are_those_that_are_exported(tables: Tables, both: Both) -> None:
    exported = {row["id"]: row for row in rows(both.memory, "figures")}
    found = {row["id"]: row for row in selected(tables, "FROM figures")}
    assert set(found) == set(exported)
    assert len(found) > 100
    for id, row in found.items():
        same = {name: value for name, value in row.items() if name not in ("wanYuan",)}
        assert same == {name: exported[id][name] for name in same}
        assert (row["wanYuan"] is None) == (row["fen"] is None)
        assert row["wanYuan"] is None or row["wanYuan"] * 1_000_000 == row["fen"]
    totals = {row["id"] for row in rows(both.memory, "figures", ("includeTotals", "true"))} - set(exported)
    assert {row["id"] for row in selected(tables, "SELECT id FROM printed_totals")} == totals


def test_every_other_table_is_a_view_with_its_columns(tables: Tables, both: Both) -> None:
    for table in TABLES:
        if table.name != "figures":
            found = tables.query(f"FROM {table.name}")
            assert found.columns == [column.name for column in table.columns]
            assert table.name not in ("projects", "findings") or len(found) == len(rows(both.memory, table.name))


def test_the_coverage_is_that_of_a_total(tables: Tables, both: Both) -> None:
    told = "SELECT sum(counted) c, sum(expected) e FROM coverage WHERE measure = 'EXPENDITURE'"
    (found,) = selected(tables, told)
    coverage = rollup(both.memory, Measure.EXPENDITURE, []).grand_total.coverage
    assert (found["c"], found["e"]) == (coverage.counted, coverage.expected)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_examples_run(tables: Tables, statement: str) -> None:
    assert tables.query(statement).columns


def test_every_view_is_named_on_the_page(tables: Tables) -> None:
    shown = {row["name"] for row in selected(tables, "SHOW TABLES") if not row["name"].startswith("stored_")}
    assert {name for name in shown if f"`{name}`" not in PAGE} == set()


def test_one_statement_is_printed_and_a_wrong_one_refused(both: Both, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", str(both.folder), "-c", "SELECT 6 * 7 AS answer"]) == 0
    assert "42" in capsys.readouterr().out
    assert main(["sql", str(both.folder), "-c", "SELECT nothing"]) == 1
    assert "nothing" in capsys.readouterr().err


def test_the_prompt_goes_on_after_a_wrong_statement(
    both: Both, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT\n 40 + 2;\nSELECT nope;\nSELECT 1 + 1"))
    assert main(["sql", str(both.folder)]) == 0
    told = capsys.readouterr()
    assert "42" in told.out
    assert " 2 " in told.out
    assert "nope" in told.err


def test_what_is_no_index_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", str(tmp_path), "-c", "SELECT 1"]) == 2
    assert "graph_data build" in capsys.readouterr().err
