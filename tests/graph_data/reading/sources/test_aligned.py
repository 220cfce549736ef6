"""Tables without rules, from pieces made by hand: every trap that alignment alone sets, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.errors import DocumentError
from graph_data.reading.sources.aligned import rows_of
from graph_data.reading.sources.bands import Band, Piece, bands_of
from tests.sampled import rounds

SIZE = 10  # points: the height of a character, and the width of a Chinese one
PITCH = 16  # points from one row to the next
PADDING = 2


def piece(text: str, left: int, middle: int) -> Piece:
    return Piece(text, left, left + width(text), middle, middle, SIZE)


def width(text: str) -> int:
    return sum(SIZE // 2 if mark.isascii() else SIZE for mark in text)


def in_box(text: str, box: tuple[int, int], middle: int, place: str = "") -> Piece:
    """A piece in a column's box: numbers at its right, words at its left, else where `place` says."""
    left, right = box[0] + PADDING, box[1] - PADDING - width(text)
    place = place or ("right" if text[-1:].isdigit() or text == "-" else "left")
    return piece(text, {"left": left, "right": right, "centre": (left + right) // 2}[place], middle)


def boxes(*widths: int) -> list[tuple[int, int]]:
    edges = [50]
    for one in widths:
        edges.append(edges[-1] + one)
    return list(pairwise(edges))


def row(cells: Sequence[str], columns: Sequence[tuple[int, int]], middle: int, place: str = "") -> list[Piece]:
    return [in_box(cell, box, middle, place) for cell, box in zip(cells, columns, strict=True) if cell]


def over(text: str, first: tuple[int, int], last: tuple[int, int], middle: int) -> Piece:
    """A heading centred over the columns from first to last."""
    return in_box(text, (first[0], last[1]), middle, "centre")


def read(*pages: Sequence[Piece]) -> list[tuple[str, ...]]:
    bands: list[Band] = [band for number, page in enumerate(pages, 1) for band in bands_of(number, page)]
    return [cells for _, cells in rows_of(bands)]


def table(lines: Sequence[Sequence[str]], columns: Sequence[tuple[int, int]], top: int = 100) -> list[Piece]:
    """Rows one under the other, the first of headings."""
    pieces = row(lines[0], columns, top, "centre")
    for number, line in enumerate(lines[1:], 1):
        pieces += row(line, columns, top + number * PITCH)
    return pieces


def test_codes_at_the_right_of_their_column_beside_names_at_the_left_of_theirs_stay_apart() -> None:
    lines = [
        ("科目编码", "科目名称", "合计"),
        ("208", "社会保障和就业支出", "1,234.50"),
        ("2080505", "养老", "12.00"),
    ]
    assert read(table(lines, boxes(50, 100, 60))) == lines


def test_a_column_blank_in_every_row_is_there_by_its_heading_and_its_number_which_do_not_overlap() -> None:
    lines = [
        ("科目名称", "本年收入", "上级补助收入", "其他收入"),
        ("栏次", "1", "2", "3"),
        ("卫生健康支出", "8,441.25", "", "1.00"),
        ("住房保障支出", "193.78", "", "-"),
    ]
    columns = boxes(120, 100, 120, 100)
    assert in_box("上级补助收入", columns[2], 0, "centre").right < in_box("2", columns[2], 0).left
    assert read(table(lines, columns)) == lines


def test_a_wide_cell_over_columns_is_at_the_first_of_them_and_bridges_none() -> None:
    columns = boxes(60, 80, 60, 60)
    lines = [("序号", "项目名称", "得分", "等级"), ("1", "统计", "92.50", "优"), ("2", "更换", "88.00", "良")]
    note = piece("注意本行的说明一直写到第三列", columns[1][0] + PADDING, 100 + 3 * PITCH)
    rows = read([*table(lines, columns), in_box("3", columns[0], 100 + 3 * PITCH), note])
    assert rows == [*lines, ("3", note.text, "", "")]


def headings(columns: Sequence[tuple[int, int]], top: int) -> list[Piece]:
    """项目 over two columns and 本年支出 over three; 年初结转 in the middle of both rows of headings."""
    return [
        over("项目", columns[0], columns[1], top),
        over("本年支出", columns[3], columns[5], top),
        over("年初结转", columns[2], columns[2], top + PITCH // 2),
        *row(("科目编码", "科目名称", "", "小计", "基本支出", "项目支出"), columns, top + PITCH, "centre"),
    ]


HEADED = [
    ("项目", "", "年初结转", "本年支出", "", ""),
    ("科目编码", "科目名称", "", "小计", "基本支出", "项目支出"),
]
DATA = [
    ("212", "城乡社区支出", "", "1,619.00", "", "1,619.00"),
    ("21208", "国有土地使用权出让收入安排的支出", "5.00", "7.00", "7.00", ""),
]
COLUMNS = boxes(60, 180, 90, 70, 70, 70)


def test_a_heading_over_two_rows_stands_between_them_and_counts_to_the_upper() -> None:
    data = [cell for n, line in enumerate(DATA, 2) for cell in row(line, COLUMNS, 100 + n * PITCH)]
    assert read([*headings(COLUMNS, 100), *data]) == [*HEADED, *DATA]


def test_a_table_of_headings_alone_has_all_its_columns() -> None:
    assert read(headings(COLUMNS, 100)) == HEADED


def test_codes_split_over_three_columns_stand_under_one_heading() -> None:
    columns = boxes(40, 40, 40, 150, 80)
    lines = [
        ("206", "", "", "科学技术支出", "8.00"),
        ("206", "01", "", "管理", "8.00"),
        ("206", "01", "03", "服务", "-"),
    ]
    heads = [over("科目编码", columns[0], columns[2], 100), *row(("", "", "", "名称", "合计"), columns, 100, "centre")]
    data = [cell for n, line in enumerate(lines, 1) for cell in row(line, columns, 100 + n * PITCH)]
    assert read([*heads, *data]) == [("科目编码", "", "", "名称", "合计"), *lines]


def test_sides_whose_columns_are_of_unequal_width_keep_their_own_headings() -> None:
    columns = boxes(200, 40, 70, 160, 40, 70)
    lines = [
        ("项目", "行次", "金额", "项目", "行次", "金额"),
        ("一、一般公共预算财政拨款收入", "1", "18.00", "一、一般公共服务支出", "32", ""),
        ("", "2", "", "二、外交支出", "33", "18.00"),
    ]
    sides = [over("收入", columns[0], columns[2], 100 - PITCH), over("支出", columns[3], columns[5], 100 - PITCH)]
    assert read([*sides, *table(lines, columns)]) == [("收入", "", "", "支出", "", ""), *lines]


def test_department_and_unit_above_the_headings_make_no_columns() -> None:
    lines = [("科目名称", "合计", "基本支出"), ("卫生", "3.00", "3.00"), ("住房", "4.00", "")]
    columns = boxes(120, 80, 80)
    caption = [piece("部门：望溟市档案局", 50, 80), piece("金额单位：万元", 260, 80)]
    above, *rows = read([*caption, *table(lines, columns)])
    assert [cell for cell in above if cell] == ["部门：望溟市档案局", "金额单位：万元"]
    assert rows == lines


def test_headings_are_repeated_after_a_page_break_or_are_not() -> None:
    lines = [("科目名称", "合计", "基本支出"), ("卫生", "3.00", "3.00"), ("住房", "4.00", "")]
    columns = boxes(120, 80, 80)
    more = [("教育", "", "5.00"), ("合计", "7.00", "8.00")]
    following = [cell for n, line in enumerate(more) for cell in row(line, columns, 60 + n * PITCH)]
    assert read(table(lines, columns), following) == [*lines, *more]
    assert read(table(lines, columns), table([lines[0], *more], columns)) == [*lines, lines[0], *more]


def test_a_name_over_lines_is_one_cell_beside_numbers_in_its_middle() -> None:
    columns = boxes(90, 80, 80)
    data = [
        *row(("教育", "1.00", "1.00"), columns, 116),
        *row(("卫生", "2.00", ""), columns, 132),
        piece("机关事业单位", 52, 148), piece("基本养老保险", 52, 160), piece("缴费支出", 52, 172),
        *row(("", "3.00", "4.00"), columns, 160),
        *row(("住房", "5.00", ""), columns, 188),
    ]  # fmt: skip
    rows = read([*row(("科目名称", "合计", "基本支出"), columns, 100, "centre"), *data])
    assert rows[3:] == [("机关事业单位基本养老保险缴费支出", "3.00", "4.00"), ("住房", "5.00", "")]


@pytest.mark.parametrize("offset", [-5, 5])
def test_numbers_half_a_line_above_or_below_their_label_are_of_its_row(offset: int) -> None:
    columns = boxes(60, 120, 80, 80)
    lines = [("208", "社会保障支出", "1.00", "1.00"), ("20805", "养老支出", "2.00", ""), ("210", "卫生", "", "4.00")]
    pieces = row(("科目编码", "科目名称", "合计", "基本支出"), columns, 76, "centre")
    for number, line in enumerate(lines):
        middle = 100 + number * PITCH
        pieces += [*row((*line[:2], "", ""), columns, middle), *row(("", "", *line[2:]), columns, middle + offset)]
    assert read(pieces)[1:] == lines


def test_a_heading_over_two_lines_is_one_heading() -> None:
    columns = boxes(100, 80, 80)
    heads = [
        *row(("项目", "", "合计"), columns, 106, "centre"),
        over("一般公共预算", columns[1], columns[1], 100),
        over("财政拨款", columns[1], columns[1], 112),
    ]
    data = [*row(("教育", "1.00", "1.00"), columns, 130), *row(("卫生", "2.00", "2.00"), columns, 146)]
    assert read([*heads, *data])[0] == ("项目", "一般公共预算财政拨款", "合计")


def test_a_number_over_two_columns_is_refused() -> None:
    lines = [("科目名称", "合计", "基本支出"), ("卫生", "3.00", "3.00"), ("住房", "4.00", "4.00")]
    columns = boxes(120, 80, 80)
    wide = piece("123,456,789,012.00", columns[1][0] + 30, 100 + 3 * PITCH)
    with pytest.raises(DocumentError, match=r"page 1, a table without rules, .*found '123,456,789,012.00' over two"):
        read([*table(lines, columns), in_box("合计", columns[0], wide.middle), wide])


@pytest.mark.parametrize("shift", [10, 25, 45])
def test_a_page_whose_numbers_stand_elsewhere_than_on_the_page_before_is_refused(shift: int) -> None:
    lines = [("科目名称", "合计", "基本支出"), ("卫生", "3.00", "3.00"), ("住房", "4.00", "4.00")]
    shifted = [(left + shift, right + shift) for left, right in boxes(120, 80, 80)]
    following = [cell for n, line in enumerate(lines[1:]) for cell in row(line, shifted, 60 + n * PITCH)]
    with pytest.raises(DocumentError, match="a table without rules"):
        read(table(lines, boxes(120, 80, 80)), following)


def test_an_amount_in_a_column_without_number_is_refused_where_columns_are_numbered() -> None:
    lines = [("科目名称", "合计", "基本支出"), ("栏次", "1", "2"), ("卫生", "3.00", "3.00"), ("住房", "4.00", "4.00")]
    columns = boxes(120, 80, 80)
    stray = piece("9.00", columns[2][1] + 20, 100 + 2 * PITCH)
    with pytest.raises(DocumentError, match=r"'9\.00' under no 栏次"):
        read([*table(lines, columns), stray])


WORDS = st.text(alphabet="教育卫生住房保障科学技术", min_size=1, max_size=9)
NUMBERS = st.one_of(st.just(""), st.just("-"), st.decimals(0, 99999, places=2).map(str))


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[str, ...]]:
    """Headings over every column, 栏次 under them, then a name and numbers or blanks in each row."""
    columns = draw(st.integers(2, 7))
    heads = ("科目名称", *(draw(WORDS) for _ in range(columns)))
    numbering = ("栏次", *(str(n) for n in range(1, columns + 1)))
    data = [(draw(WORDS), *(draw(NUMBERS) for _ in range(columns))) for _ in range(draw(st.integers(1, 6)))]
    return [heads, numbering, *data]


@settings(derandomize=True, max_examples=rounds(50), deadline=None)
@given(tables(), st.lists(st.integers(0, 40), min_size=8, max_size=8), st.integers(0, 5))
def test_any_table_whose_cells_keep_inside_their_columns_is_read_back(
    lines: list[tuple[str, ...]], spare: list[int], cut: int
) -> None:
    """Columns as narrow as their widest cell allows, or wider; the page may end after any row of data."""
    needed = [max(width(line[n]) for line in lines) + 2 * PADDING for n in range(len(lines[0]))]
    columns = boxes(*(need + more for need, more in zip(needed, spare, strict=False)))
    following = [cell for n, line in enumerate(lines[3 + cut :]) for cell in row(line, columns, 60 + n * PITCH)]
    assert read(table(lines[: 3 + cut], columns), following) == lines
