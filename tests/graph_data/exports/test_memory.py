"""An export never holds more than a few thousand rows: a million figures take no more memory than twenty thousand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph_data.exports import TABLES, columns
from tests.graph_data.example import example
from tests.graph_data.exports.exporting import exported
from tests.sampled import sampled

ROOT = Path(__file__).resolve().parents[3]
MEBIBYTE = 1 << 20
_PROGRAM = """
import resource, sys
from collections.abc import Sequence
import numpy as np
from graph_data.exports.formats import TABLE_FORMATS
from graph_data.exports.figures import FIGURES, one_by_one, rows_of
from graph_data.figures import FigureSlice
from tests.graph_data.example import example

class Many(Sequence):
    def __len__(self):
        return sys.maxsize
    def __getitem__(self, place):
        return few[place % len(few)]

def export(count):
    figures = one_by_one(FigureSlice(Many(), np.arange(count)))
    size = largest = 0
    for chunk in TABLE_FORMATS[sys.argv[1]].encode(FIGURES.columns, rows_of(dataset, figures)):
        size, largest = size + len(chunk), max(largest, len(chunk))
    print(size, largest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)

dataset = example()
few = dataset.all_figures
export(20_000)
export(int(sys.argv[2]))
"""


@pytest.mark.parametrize(
    ("format", "count"), sampled([("csv", 80_000), ("csv", 1_000_000), ("jsonl", 80_000), ("parquet", 80_000)], 4)
)
def test_memory_stays_flat_however_much_is_exported(format: str, count: int) -> None:
    command = [sys.executable, "-c", _PROGRAM, format, str(count)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True).stdout
    (small, _, before), (large, largest, after) = (map(int, line.split()) for line in told.splitlines())
    assert large > small * count // 20_000 // 2
    assert largest < 8 * MEBIBYTE
    assert after - before < 24 * MEBIBYTE


@pytest.mark.parametrize("what", [table.name for table in TABLES])
def test_cells_of_accounts_that_were_let_go_are_made_again(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    all_held = exported(example(), what, "csv")
    monkeypatch.setattr(columns, "_MOST", 1)
    assert exported(example(), what, "csv") == all_held
