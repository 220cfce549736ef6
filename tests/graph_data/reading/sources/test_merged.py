"""Sheets without rules: labels in the middle of the rows they are merged over go to the first of these."""

from __future__ import annotations

from itertools import pairwise

import pytest

from graph_data.core.errors import DocumentError
from graph_data.reading.sources.aligned import rows_of
from graph_data.reading.sources.bands import Piece, bands_of

SIZE = 10
PITCH = 16
LEFTS = (50, 200, 320, 420, 500)  # of the columns: label, 一级指标, 二级指标, 三级指标, 得分

Cells = dict[int, str]
HEAD: list[Cells] = [
    {1: "年鉴编印"},
    {1: "市档案局"},
    {4: "得分"},
    {1: "年度资金总额", 4: "10.00"},
    {1: "其他资金", 4: "0.00"},
]
LABELS = {"项目名称": (0, 0), "主管部门": (1, 1), "项目预算执行情况(10)": (2, 4)}


def sheet(groups: list[int], *, are_centred: bool = True, off: int = 0) -> list[tuple[str, ...]]:
    """A sheet read back whose 一级指标 cover so many rows; `off` moves their labels by so many points."""
    tree: list[Cells] = [{1: "一级指标", 2: "二级指标", 3: "三级指标"}]
    tree += [{2: "数量指标", 3: f"第{n}项", 4: "5.50"} for n in range(sum(groups))]
    rows = [*HEAD, *tree, {4: "100.00"}]
    start = len(HEAD)
    labels = {**LABELS, "年度绩效指标(90分)": (start, start + len(tree) - 1), "总分": (len(rows) - 1, len(rows) - 1)}
    pieces = [_piece(text, column, 100 + n * PITCH) for n, row in enumerate(rows) for column, text in row.items()]
    for text, (first, last) in labels.items():
        pieces.append(_piece(text, 0, 100 + (first + (last if are_centred else first)) * PITCH // 2))
    edges = [start + 1]
    for size in groups:
        edges.append(edges[-1] + size)
    for name, (first, after) in zip("甲乙丙", pairwise(edges), strict=False):
        middle = 100 + (first + (after - 1 if are_centred else first)) * PITCH // 2
        pieces.append(_piece(f"{name}(10分)", 1, middle + off))
    return [cells for _, cells in rows_of(bands_of(1, pieces))]


def _piece(text: str, column: int, middle: int) -> Piece:
    width = sum(SIZE // 2 if mark.isascii() else SIZE for mark in text)
    left = LEFTS[column] + (60 - width if text[0].isdigit() else 0)
    return Piece(text, left, left + width, middle, middle, SIZE)


def _starts(rows: list[tuple[str, ...]]) -> list[int]:
    """Which rows of the indicators hold a 一级指标, from 0."""
    first = next(n for n, row in enumerate(rows) if row[1] == "一级指标") + 1
    return [n - first for n, row in enumerate(rows) if n >= first and row[1]]


@pytest.mark.parametrize("groups", [[1, 1, 1], [3, 2, 1], [4, 4, 2], [1, 5, 2], [2, 1, 4]])
def test_each_label_goes_to_the_first_of_the_rows_it_is_in_the_middle_of(groups: list[int]) -> None:
    rows = sheet(groups)
    assert _starts(rows) == [0, groups[0], groups[0] + groups[1]]
    assert [row[0] for row in rows if row[0]] == [*LABELS, "年度绩效指标(90分)", "总分"]
    assert rows[2][0] == "项目预算执行情况(10)"


def test_labels_at_the_first_of_their_rows_stay_there() -> None:
    assert _starts(sheet([3, 3, 2], are_centred=False)) == [0, 3, 6]


def test_labels_that_divide_the_rows_otherwise_are_refused() -> None:
    with pytest.raises(DocumentError, match="not in the middle of rows"):
        sheet([3, 2, 2], off=PITCH // 2)
