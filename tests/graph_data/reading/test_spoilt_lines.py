"""A document with lines lost, doubled and spoilt is read into a package that reads back, or refused with a reason."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from graph_data.core.errors import DocumentError
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
