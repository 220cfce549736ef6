"""Directories give the places of a name, out of mapped arrays, as the mapping they were made from."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.arrays import map_arrays, write_arrays
from graph_data.index.directory import Directory, directory_arrays

_NAMES = st.text(st.characters(codec="utf-8"), max_size=6)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.dictionaries(_NAMES, st.lists(st.integers(0, 2**31 - 1), max_size=4)), st.lists(_NAMES, max_size=5))
def test_a_directory_is_the_mapping_it_was_made_from(named: dict[str, list[int]], others: list[str]) -> None:
    directory = Directory.opened(directory_arrays("x", named), "x")
    assert dict(directory) == {name: tuple(places) for name, places in named.items()}
    assert len(directory) == len(named)
    for name in others:
        assert directory.get(name) == (tuple(named[name]) if name in named else None)


def test_several_directories_share_a_file(tmp_path: Path) -> None:
    arrays = directory_arrays("a", {"档案局": [3, 1], "气象局": [2]}) | directory_arrays("b", {"档案局": [7]})
    write_arrays(tmp_path / "names", arrays)
    mapped = map_arrays(tmp_path / "names")
    assert Directory.opened(mapped, "a")["档案局"] == (3, 1)
    assert Directory.opened(mapped, "b")["档案局"] == (7,)
    with pytest.raises(KeyError):
        Directory.opened(mapped, "b")["气象局"]


def test_a_name_that_no_file_can_hold_is_in_no_directory() -> None:
    assert "\ud800" not in Directory.opened(directory_arrays("x", {"a": [1]}), "x")
