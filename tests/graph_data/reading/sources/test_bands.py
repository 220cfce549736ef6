"""Which lines of a page without rules are a table, and what a page break may leave of one."""

from __future__ import annotations

import pytest

from graph_data.reading.sources.bands import Band, Piece, bands_of, lines_of, runs_of

SIZE = 10


def bands(*lines: str, pitch: int = 16) -> list[Band]:
    """Lines of a page; cells are parted by | and stand 100 points apart, words parted by · by half a character."""
    pieces: list[Piece] = []
    for number, line in enumerate(lines):
        for column, cell in enumerate(line.split("|")):
            left = 50 + 100 * column
            for word in filter(None, cell.split("·")):
                right = left + sum(SIZE // 2 if mark.isascii() else SIZE for mark in word)
                middle = 60 + pitch * number
                pieces.append(Piece(word, left, right, middle, middle, SIZE))
                left = right + SIZE // 2
    return bands_of(1, pieces)


def texts(run: list[Band]) -> list[str]:
    return ["|".join(piece.text for piece in band.pieces) for band in run]


def runs(*lines: str, continues: bool = False) -> list[list[str]]:
    return [texts(run) for run in runs_of(bands(*lines), continues)]


ROWS = ("科目名称|合计|基本支出", "卫生|1.00|1.00", "住房|2.00|2.00")


def test_a_title_above_and_a_note_below_are_no_rows() -> None:
    assert runs("收入决算表", "公开02表", *ROWS, "注：本表反映收支。") == [list(ROWS)]


def test_two_tables_with_a_title_between_them_are_two() -> None:
    assert runs(*ROWS, "支出决算表", *ROWS) == [list(ROWS), list(ROWS)]


def test_prose_whose_numbers_stand_half_a_character_apart_is_no_table() -> None:
    assert runs("本部门·2024·年收入总计", "9859.38·万元，与·2023·年相比增加", "12.08·个百分点") == []
    assert runs("本部门·2024·年收入总计", "9859.38·万元，增加", continues=True) == []


def test_a_name_alone_among_rows_is_of_the_table() -> None:
    assert runs(*ROWS, "二、外交支出", "三、国防支出|3.00") == [[*ROWS, "二、外交支出", "三、国防支出|3.00"]]


@pytest.mark.parametrize(
    "line", ["序号|项目名称|自评得分", "项目名称|年鉴编印"], ids=["headings", "first row of a sheet"]
)
def test_a_page_may_end_after_the_first_row_of_a_table(line: str) -> None:
    assert runs("第五部分", line) == [[line]]
    assert runs(line, "后面还有正文。") == []


def test_caption_and_upper_headings_may_end_a_page() -> None:
    lines = ["部门：望溟市档案局|金额单位：元", "预算数|决算数"]
    assert runs("三公经费支出决算表", *lines) == [lines]


@pytest.mark.parametrize("line", ["住房|2.00|2.00", "科目编码|科目名称|小计"])
def test_one_row_at_the_top_of_a_page_goes_on_with_the_table_before(line: str) -> None:
    assert runs(line, "注：本表反映收支。", continues=True) == [[line]]
    assert runs(line, "注：本表反映收支。") == []


def test_rows_as_near_as_lines_of_a_name_stay_rows_where_all_have_numbers() -> None:
    assert texts(lines_of(bands(*ROWS, pitch=11))) == list(ROWS)
