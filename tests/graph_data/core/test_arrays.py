"""Arrays, texts and directories come back from a file as they went in, and a broken file is refused."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.arrays import Array, Directory, Texts, directory_arrays, read_arrays, text_arrays, write_arrays
from graph_data.core.errors import DamagedError, PackageError
from graph_data.core.files import PinnedFile

ARRAYS: dict[str, Array] = {
    "flags": np.array([True, False, True]),
    "none": np.array([], np.int64),
    "signed": np.array([-(2**63), 2**63 - 1], np.int64),
    "big endian": np.array([1, 2, 3], ">u4"),
    "last": np.array([], np.uint8),
}


def test_arrays_come_back_as_they_were(tmp_path: Path) -> None:
    write_arrays(tmp_path / "file", ARRAYS)
    found = read_arrays(tmp_path / "file")
    assert list(found) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert found[name].tolist() == array.tolist()
        assert found[name].dtype == array.dtype.newbyteorder("<")
        assert not found[name].flags.writeable


def test_an_open_file_takes_no_descriptor_and_is_read_after_its_name_is_gone(tmp_path: Path) -> None:
    write_arrays(tmp_path / "file", ARRAYS)
    before = len(os.listdir("/proc/self/fd"))
    found = read_arrays(tmp_path / "file")
    assert len(os.listdir("/proc/self/fd")) == before
    (tmp_path / "file").unlink()
    assert found["big endian"].tolist() == [1, 2, 3]


def test_where_no_descriptor_is_left_nothing_is_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[PackageError] = []
    (tmp_path / "file").write_bytes(b"abc")
    file = PinnedFile(tmp_path / "file", "file", damaged=told.append)

    def full(*_: object) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    with monkeypatch.context() as patched:
        patched.setattr("os.open", full)
        with pytest.raises(DamagedError, match=r"file: found no readable file .*Too many open files"):
            file.read(0, 3)
    assert (told, file.read(0, 3)) == ([], b"abc")


@pytest.mark.parametrize("name", ["long", "short"])
def test_slices_are_those_of_the_array(tmp_path: Path, name: str) -> None:
    arrays = {"short": np.arange(7, dtype=np.uint16), "long": np.arange(50_000, dtype=np.int64)}
    write_arrays(tmp_path / "file", arrays)
    found, array = read_arrays(tmp_path / "file").sliced(name), arrays[name]
    assert len(found) == len(array)
    for start, stop in (
        (0, 0),
        (0, 3),
        (2, 5),
        (8_190, 8_195),
        (8_191, 30_000),
        (5, 2),
        (6, len(array)),
        (49_999, 99_999),
    ):
        assert found[start:stop].tolist() == array[start:stop].tolist()


@pytest.mark.parametrize(
    "described", [["x", "O", 1], ["x", "<f8", 1], ["x", "?", -1], ["x", "?"], ["x", "what", 1], ["x", ",8", 1], 3]
)
def test_a_header_that_describes_no_such_array_is_refused(tmp_path: Path, described: object) -> None:
    write_arrays(tmp_path / "file", {"x": np.array([1])})
    magic = (tmp_path / "file").read_bytes()[:16]
    header = orjson.dumps([described])
    (tmp_path / "file").write_bytes(magic + len(header).to_bytes(8, "little") + header + bytes(200))
    with pytest.raises(PackageError, match="a header that says nothing"):
        read_arrays(tmp_path / "file")


words = st.text(max_size=6)


@given(st.lists(words), st.text(max_size=3))
def test_every_text_is_read_back_and_found_by_its_parts(texts: list[str], part: str) -> None:
    held = Texts(text_arrays("names", texts), "names")
    assert [held[at] for at in range(len(held))] == texts
    assert held.containing(part).tolist() == [part in text for text in texts]


def test_no_part_runs_from_one_text_into_the_next() -> None:
    held = Texts(text_arrays("names", ["档案", "馆", ""]), "names")
    assert not held.containing("案馆").any()
    assert np.array_equal(held.containing("馆"), [False, True, False])


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
    mapped = read_arrays(tmp_path / "names")
    assert Directory.opened(mapped, "a")["档案局"] == (3, 1)
    assert Directory.opened(mapped, "b")["档案局"] == (7,)
    with pytest.raises(KeyError):
        Directory.opened(mapped, "b")["气象局"]


def test_a_name_that_no_file_can_hold_is_in_no_directory() -> None:
    assert "\ud800" not in Directory.opened(directory_arrays("x", {"a": [1]}), "x")
