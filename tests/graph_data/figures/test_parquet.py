"""Figures as Parquet: every figure comes back as it was, amounts are whole 分, and the bytes are always the same."""

from __future__ import annotations

from pathlib import Path

import pyarrow as arrow  # type: ignore[import-untyped]
import pyarrow.parquet  # type: ignore[import-untyped]
import pytest

from graph_data.core.terms import Measure
from graph_data.figures import MemoryFigures
from graph_data.figures.ibis.databases import DuckDB, tables_of
from graph_data.figures.ibis.engine import IbisFigures
from graph_data.figures.ibis.parquet import (
    AXIS_COLUMNS,
    FIGURE_COLUMNS,
    FIGURES,
    LEVEL_COLUMNS,
    MEMBERS,
    PLACES,
    figure_files,
    figure_of,
    figure_table,
    member_table,
    place_table,
)
from graph_data.figures.measures import TOTAL, UNKNOWN, Axis
from graph_data.graph import build
from tests.graph_data.example import ARCHIVES, archives_2022
from tests.graph_data.figures.conformance import made_up, write

GRAPH, HELD = made_up()


def columns(table: object, *names: str) -> list[tuple[object, ...]]:
    return list(zip(*(table[name].to_pylist() for name in names), strict=True))  # type: ignore[index]


def test_every_figure_is_a_row_that_gives_it_back() -> None:
    rows = columns(figure_table(HELD, GRAPH), *FIGURE_COLUMNS)
    assert {row[0]: figure_of(row) for row in rows} == {figure.id: figure for figure in HELD.all}
    assert len(rows) == len(HELD.all)


@pytest.mark.parametrize("schema", [FIGURES, MEMBERS, PLACES])
def test_nothing_is_a_float_and_every_column_says_what_it_means(schema: object) -> None:
    for field in schema:  # type: ignore[attr-defined]
        assert field.type in (arrow.string(), arrow.int32(), arrow.int64(), arrow.bool_())
        assert field.metadata[b"description"]


def test_rows_stand_in_the_order_of_their_table_and_know_their_place_in_the_order_of_accounts() -> None:
    table = figure_table(HELD, GRAPH)
    for measure in Measure:
        own = table.filter(arrow.compute.equal(table["measure"], measure.name))
        assert own["id"].to_pylist() == [figure.id for figure in HELD.tables[measure].every.figures]
        assert own["rank"].to_pylist() == list(range(len(own)))
    by_ordinal = sorted(columns(table, "ordinal", "id"))
    assert [id for _, id in by_ordinal] == [figure.id for figure in HELD.all]


def test_places_and_what_stands_above_them_are_those_of_the_columns() -> None:
    table = figure_table(HELD, GRAPH)
    for measure in Measure:
        own = table.filter(arrow.compute.equal(table["measure"], measure.name))
        every = HELD.tables[measure].every
        for axis, name in AXIS_COLUMNS.items():
            held = every.axes[axis].tolist() if axis in every.axes else [None] * len(own)
            assert own[name].to_pylist() == held
    for level, name in LEVEL_COLUMNS[Axis.SUBJECT].items():
        for place, above in columns(table, "subject", name):
            if place is not None:
                assert above == (GRAPH.ancestors_at(level)[place] if place >= 0 else place)  # type: ignore[operator]
    assert {TOTAL, UNKNOWN} < set(table["subject"].to_pylist())


def test_members_are_those_who_should_contribute() -> None:
    table = member_table(HELD, GRAPH)
    for measure in Measure:
        own = table.filter(arrow.compute.equal(table["measure"], measure.name))
        members = HELD.members[measure]
        assert own["counted"].to_pylist() == members.counted[None].tolist()
        assert own["fiscal_year"].to_pylist() == members.axes[Axis.YEAR].tolist()
        for division, place in columns(own, "division", "organization_1"):
            assert GRAPH.at(place).code == division  # type: ignore[arg-type]


def test_places_name_every_position_that_a_figure_stands_at() -> None:
    ids = dict(columns(place_table(GRAPH), "position", "id"))
    assert columns(figure_table(HELD, GRAPH), "department_position", "department_id") == [
        (GRAPH.interval(figure.department)[0], figure.department)
        for measure in Measure
        for figure in HELD.tables[measure].every.figures
    ]
    assert ids[GRAPH.interval(ARCHIVES)[0]] == ARCHIVES


def test_the_same_figures_give_the_same_bytes_a_file_a_year(tmp_path: Path) -> None:
    files = dict(figure_files(HELD, GRAPH))
    assert files == dict(figure_files(HELD, GRAPH))
    years = sorted({figure.fiscal_year for figure in HELD.all})
    assert list(files) == [*(f"year={year}.parquet" for year in years), "members.parquet", "places.parquet"]
    write(tmp_path)
    for year in years:
        read = pyarrow.parquet.read_table(tmp_path / f"year={year}.parquet", partitioning=None)
        assert set(read["fiscal_year"].to_pylist()) == {year}
        assert read.schema == FIGURES


def test_accounts_without_any_figure_are_files_without_rows(tmp_path: Path) -> None:
    empty = archives_2022().__class__(department=archives_2022().department, **_no_records())
    graph, identities = build([empty])
    figures = MemoryFigures.of([empty], graph, identities)
    for name, content in figure_files(figures, graph):
        (tmp_path / name).write_bytes(content)
    database = DuckDB()
    assert list(IbisFigures(database.connection, tables_of(database, tmp_path), graph).all) == []


def _no_records() -> dict[str, tuple[object, ...]]:
    return {name: () for name in archives_2022().__class__.__dataclass_fields__ if name != "department"}


def test_a_folder_that_no_build_has_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="expected a folder that a build has written"):
        tables_of(DuckDB(), tmp_path)
