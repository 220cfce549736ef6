"""A document with lines lost, doubled and spoilt is read into a package that reads back, or refused with a reason."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from graph_data.core.errors import DocumentError
from graph_data.core.terms import GapReason
from graph_data.package import read_package, write_package
from graph_data.reading import Given, read
from tests.made_up import make, varied
from tests.sampled import sampled

SPOILT = (
    *(
        "",
        "-",
        "—",
        "　",
        "()",
        "٧٠٦.٠٠",
        "０.００",
        "1.2.3",
        "１２",
        "元",
        "%",
        "(类)",
        "合计",
        "1,2",
        "-0",
        "－5.00",
        "*",
    ),
    *("/", "…", "①", "x" * 300, "2010301", "年", '"', "'", "=1+1", "|"),
)
TABLE = """临江县水务局2023年度部门决算
支出决算表
金额单位：万元
科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出
合计\t\t30.25\t30.25\t
221\t住房保障支出\t30.25\t30.25\t
22102\t住房改革支出\t30.25\t30.25\t
2210201\t住房公积金\t30.25\t30.25\t
"""
GIVEN = Given(division="370300", name="示例市档案馆", year=2023)


def spoilt(seed: int) -> str:
    """A made-up document of that seed after up to six accidents."""
    random = Random(seed)
    lines = make(seed, varied(seed)).text.split("\n")
    for _ in range(random.randint(1, 6)):
        at, kind = random.randrange(len(lines)), random.random()
        cells = lines[at].split("\t")
        column = random.randrange(len(cells))
        if kind < 0.2:
            del lines[at]
        elif kind < 0.3:
            lines.insert(at, random.choice(lines))
        else:
            cells[column] = random.choice(SPOILT) if kind < 0.8 else cells[column] + random.choice(SPOILT)
            lines[at] = "\t".join(cells)
    return "\n".join(lines)


@pytest.mark.parametrize("fives", sampled(range(120), 60))
def test_what_was_read_of_it_reads_back(fives: int, tmp_path: Path) -> None:
    path = tmp_path / "document.txt"
    for seed in range(5 * fives, 5 * fives + 5):
        path.write_text(spoilt(seed), "utf-8")
        try:
            reading = read(path, GIVEN)
        except DocumentError:
            continue
        package = tmp_path / str(seed)
        write_package([reading.account], package)
        read_package(package)
        assert reading.tally.twice == []


def test_an_empty_line_of_the_list_of_units_is_no_unit(tmp_path: Path) -> None:
    text = make(3, varied(3)).text
    path = tmp_path / "document.txt"
    path.write_text(text.replace("\n第二部分", "\n-\n第二部分", 1), "utf-8")
    names = [unit.name for unit in read(path, GIVEN).account.units]
    assert names
    assert all(names)


def test_digits_of_another_script_are_the_numbers_that_a_reader_sees(tmp_path: Path) -> None:
    made = make(3, varied(3))
    path = tmp_path / "document.txt"
    path.write_text(made.text, "utf-8")
    plain = read(path, GIVEN).account
    path.write_text(made.text.translate({ord("0") + n: chr(0x0660 + n) for n in range(10)}), "utf-8")
    arabic = read(path, GIVEN).account
    assert [figure.number.value for figure in arabic.figures] == [figure.number.value for figure in plain.figures]
    assert len(arabic.figures) > 50


@pytest.mark.parametrize("row", ["网格事项\t44.44", "其中专户\t44.44", "2021年\t1,200.12"])
def test_an_amount_where_a_name_should_stand_is_raw(row: str, tmp_path: Path) -> None:
    path = tmp_path / "document.txt"
    path.write_text(TABLE + row + "\n", "utf-8")
    reading = read(path, GIVEN)
    assert [gap.text for gap in reading.account.gaps if gap.reason is GapReason.UNKNOWN_ROW] == [row.replace("\t", " ")]
    assert all(line.label[0] not in "0123456789" for line in reading.account.lines)


@pytest.mark.parametrize(
    "line",
    ["来源：一般公共预算345.67万元，占98.2%。", "技术支持经费88.8万元", "监督电话：0533-1234567。\n专项经费345.67万元"],
)
def test_an_amount_is_never_part_of_what_stands_around_a_document(line: str, tmp_path: Path) -> None:
    path = tmp_path / "document.txt"
    path.write_text(TABLE + "三、其他说明\n" + line + "\n", "utf-8")
    reading = read(path, GIVEN)
    assert reading.account.facts or reading.ledger.left_over or reading.ledger.raw_cells
