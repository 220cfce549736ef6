"""Arrays in one mapped file: as they were, read-only, or refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import orjson
import pytest

from graph_data.core.arrays import Array, map_arrays, write_arrays
from graph_data.core.errors import PackageError

ARRAYS: dict[str, Array] = {
    "flags": np.array([True, False, True]),
    "none": np.array([], np.int64),
    "signed": np.array([-(2**63), 2**63 - 1], np.int64),
    "big endian": np.array([1, 2, 3], ">u4"),
    "last": np.array([], np.uint8),
}


def test_arrays_come_back_as_they_were(tmp_path: Path) -> None:
    write_arrays(tmp_path / "file", ARRAYS)
    found = map_arrays(tmp_path / "file")
    assert list(found) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert found[name].tolist() == array.tolist()
        assert found[name].dtype == array.dtype.newbyteorder("<")
        assert found[name].flags.aligned
        assert not found[name].flags.writeable


@pytest.mark.parametrize("described", [["x", "O", 1], ["x", "<f8", 1], ["x", "?", -1], ["x", "?"], ["x", "what", 1], 3])
def test_a_header_that_describes_no_such_array_is_refused(tmp_path: Path, described: object) -> None:
    write_arrays(tmp_path / "file", {"x": np.array([1])})
    magic = (tmp_path / "file").read_bytes()[:16]
    header = orjson.dumps([described])
    (tmp_path / "file").write_bytes(magic + len(header).to_bytes(8, "little") + header + bytes(200))
    with pytest.raises(PackageError, match="a header that says nothing"):
        map_arrays(tmp_path / "file")
