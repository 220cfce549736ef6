"""python -m graph_data export: a file that is whole or not there, and how it ends."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import graph_data
from graph_data import load
from graph_data.__main__ import main
from graph_data.exports import Export
from tests.graph_data.exports.exporting import read_csv, read_parquet

ZIBO = Path(graph_data.__file__).parent / "packages" / "370300-102-2022"
FILTERS = ["--filter", "measure=EXPENDITURE", "--filter", "functionalSubject.under=208"]


def test_the_file_is_what_the_service_sends(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "figures.csv"
    assert main(["export", str(ZIBO), "--format", "csv", "--bom", *FILTERS, "-o", str(output)]) == 0
    pairs = [("measure", "EXPENDITURE"), ("functionalSubject.under", "208")]
    export = Export.of(load([ZIBO]), "figures", "csv", pairs, bom=True)
    assert output.read_bytes() == b"".join(export.chunks())
    assert {row["subject"][:3] for row in read_csv(output.read_bytes())} == {"208"}
    assert f"{output.stat().st_size} bytes" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == [output]


def test_other_tables_and_the_graph_go_the_same_way(tmp_path: Path) -> None:
    projects, graph = tmp_path / "projects.parquet", tmp_path / "graph.graphml"
    assert main(["export", str(ZIBO), "--what", "projects", "--format", "parquet", "-o", str(projects)]) == 0
    assert len(read_parquet(projects.read_bytes())) == 11
    assert main(["export", str(ZIBO), "--what", "graph", "--format", "graphml", "-o", str(graph)]) == 0
    assert graph.read_bytes().endswith(b"</graphml>\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "graphml"], "is no export; there are figures.csv"),
        (["--format", "csv", "--filter", "nature=LAVISH"], "expected one of BASIC"),
        (["--format", "jsonl", "--what", "findings", "--filter", "nature=BASIC"], "nothing to filter by"),
    ],
)
def test_what_cannot_be_exported_as_asked_ends_with_2_and_leaves_no_file(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(ZIBO), *arguments, "-o", str(tmp_path / "out")]) == 2
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_condition_without_a_value_is_a_wrong_argument(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", str(ZIBO), "--format", "csv", "--filter", "nature", "-o", "x"])
    assert ended.value.code == 2
    assert "fiscalYear=2022" in capsys.readouterr().err


def test_a_folder_without_packages_or_a_place_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    assert main(["export", str(tmp_path), "--format", "csv", "-o", str(tmp_path / "out")]) == 2
    assert main(["export", str(ZIBO), "--format", "csv", "-o", str(tmp_path / "nowhere" / "out")]) == 2


def test_a_broken_package_is_told_and_the_others_are_exported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("broken", "whole"):
        shutil.copytree(ZIBO, tmp_path / "all" / name)
    (tmp_path / "all" / "broken" / "units.csv").write_text("nonsense\n", "utf-8")
    output = tmp_path / "out"
    assert main(["export", str(tmp_path / "all"), "--format", "csv", "-o", str(output)]) == 1
    assert read_csv(output.read_bytes())
    assert "units.csv" in capsys.readouterr().err
