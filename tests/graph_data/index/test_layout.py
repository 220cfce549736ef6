"""index.json and shard.json: plain JSON for people, exact records for us, and nothing that they are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph_data.core.errors import PackageError
from graph_data.graph import NodeKind
from graph_data.index.layout import INDEX, IndexEntry, Refusal, ShardPlace, read_index, write_manifest

ENTRY = IndexEntry(
    "version",
    "5ab0",
    (
        ShardPlace(
            "370300",
            ("甲市",),
            "divisions/370300/x",
            "0af1",
            "said",
            ("a", "b"),
            (2021, 2022),
            2,
            {NodeKind.DIVISION: 1},
            7,
            0,
        ),
    ),
    (
        Refusal("b", "b/facts.csv", "nothing", "something", 3, "topic"),
        Refusal("c", "c/facts.csv", "nothing", "something", None, None),
    ),
)


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    (tmp_path / INDEX).write_bytes(write_manifest(ENTRY))
    assert read_index(tmp_path) == ENTRY


def test_a_refusal_is_the_error_that_it_was() -> None:
    error = PackageError("b/facts.csv", "nothing", "something", 3, "topic")
    again = Refusal.of("b", error).error()
    assert str(again) == str(error)
    assert vars(again) == vars(error)


def test_it_is_plain_json() -> None:
    told = json.loads(write_manifest(ENTRY))
    assert told["shards"][0]["counts"] == {"DIVISION": 1}
    assert told["shards"][0]["fiscal_years"] == [2021, 2022]
    assert told["refused"][1]["row"] is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"maker": 1}',
        write_manifest(ENTRY).replace(b'"accounts": 2', b'"accounts": "2"'),
        write_manifest(ENTRY).replace(b'"accounts"', b'"account"'),
        write_manifest(ENTRY).replace(b"DIVISION", b"DIVISIONS"),
    ],
)
def test_what_is_no_index_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / INDEX).write_bytes(data)
    with pytest.raises(PackageError, match=r"index\.json: found"):
        read_index(tmp_path)


def test_a_folder_without_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="no readable file"):
        read_index(tmp_path)
