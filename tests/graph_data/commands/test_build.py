"""python -m graph_data build: an index, what is told about it, and how it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import graph_data
from graph_data.__main__ import main
from graph_data.index.layout import INDEX, read_index

SHIPPED = Path(graph_data.__file__).parent / "packages"
NAME = "370300-102-2022"


def test_packages_become_an_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = tmp_path / "index"
    assert main(["build", str(SHIPPED), "-o", str(index), "--workers", "1"]) == 0
    entry = read_index(index)
    assert [shard.division for shard in entry.shards] == ["310107", "370300"]
    told = capsys.readouterr().out
    assert told.startswith(f"{index}: 2 divisions, 2 accounts, ")
    assert told.endswith(f"2 built, 0 kept, 0 removed; version {entry.version[:12]}\n")


def test_programs_are_told_in_lines_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["build", str(SHIPPED / NAME), "-o", str(tmp_path / "index"), "--workers", "1", "--json"]
    assert main(arguments) == 0
    planned, built, finished = map(json.loads, capsys.readouterr().out.splitlines())
    assert planned == {"event": "planned", "divisions": 1, "kept": 0}
    assert built == {"event": "built", "division": "370300"}
    shard = read_index(tmp_path / "index").shards[0]
    assert finished == {
        "event": "finished",
        "version": read_index(tmp_path / "index").version,
        "divisions": 1,
        "accounts": 1,
        "figures": shard.figures,
        "built": 1,
        "kept": 0,
        "removed": 0,
        "refused": [],
    }


def test_a_refused_package_ends_with_1_and_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packages = Path(shutil.copytree(SHIPPED, tmp_path / "packages"))
    (packages / NAME / "facts.csv").unlink()
    arguments = ["build", str(packages), "-o", str(tmp_path / "index"), "--workers", "1"]
    assert main(arguments) == 1
    assert f"refused: {NAME}/facts.csv: found no such file" in capsys.readouterr().err
    assert [shard.division for shard in read_index(tmp_path / "index").shards] == ["310107"]
    assert main([*arguments, "--strict"]) == 2
    assert f"not built: {NAME}/facts.csv" in capsys.readouterr().err


def test_what_cannot_be_built_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(tmp_path / "nothing"), "-o", str(tmp_path / "index")]) == 2
    assert "not built: nothing: found no such folder" in capsys.readouterr().err
    assert not (tmp_path / "index" / INDEX).exists()


@pytest.mark.parametrize(("option", "value"), [("--workers", "0"), ("--workers", "many"), ("--engine", "http://host")])
def test_wrong_arguments_end_with_2(
    option: str, value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["build", str(SHIPPED), "-o", str(tmp_path / "index"), option, value])
    assert repr(value) in capsys.readouterr().err
