"""Made-up departments in many layouts: each is read back to exactly the facts that were put into it, and each
breakage of one is a gap with the line that it stands on.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from graph_data.core.errors import DocumentError
from graph_data.package import ordered, read_package, write_package
from graph_data.reading import Given, Reading, read
from tests.made_up import Facts, MadeUp, Options, make, varied
from tests.made_up.read_back import facts_of
from tests.sampled import sampled

SEEDS = range(48)
WHOLE = [field.name for field in fields(Facts) if field.name != "stated"]
PLAIN = make(3, Options(page_breaks=False))
LINES = PLAIN.text.split("\n")
HEADINGS = ("科目编码\t科目名称\t", "项目\t行次\t", "预算数\t", "序号\t", "年度绩效指标", "项目预算执行情况")
TOTAL_ROWS = {key for key in PLAIN.facts.cells if key[2] == "合计"}


def _read(text: str | bytes, tmp_path: Path, made: MadeUp = PLAIN) -> Reading:
    document = tmp_path / "document.txt"
    document.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(document, Given(division=made.facts.account[0]))


def _refusal(text: str | bytes, tmp_path: Path) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        _read(text, tmp_path)
    return caught.value


def _gap_lines(text: str, tmp_path: Path) -> set[int | None]:
    """The lines of the gaps of a document, and of their raw cells."""
    ledger = _read(text, tmp_path).ledger
    assert not ledger.is_whole
    return {one.source.line for one in (*ledger.gaps, *ledger.raw_cells)}


def _at_line(error: DocumentError) -> int | None:
    match = re.search(r"line (\d+)", error.place)
    return int(match[1]) if match else None


def _with(line: int, text: str | None) -> str:
    """The plain document with another text in a line (from 1), or without the line."""
    return "\n".join([*LINES[: line - 1], *([] if text is None else [text]), *LINES[line:]])


@pytest.mark.parametrize("seed", sampled(SEEDS, 2))
def test_a_variant_is_read_back_to_its_facts(seed: int, tmp_path: Path) -> None:
    made = make(seed, varied(seed))
    reading = _read(made.text, tmp_path, made)
    found = facts_of(reading.account)
    for name in WHOLE:
        assert getattr(found, name) == getattr(made.facts, name), name
    assert {key: found.stated.get(key) for key in made.facts.stated} == made.facts.stated
    assert reading.ledger.unread == ()
    assert reading.tally.twice == []
    assert reading.ledger.lacking == ()


@pytest.mark.parametrize("seed", [0, 17, 31])
def test_a_variant_survives_its_package(seed: int, tmp_path: Path) -> None:
    made = make(seed, varied(seed))
    account = _read(made.text, tmp_path, made).account
    write_package([account], tmp_path / "package")
    assert read_package(tmp_path / "package") == (ordered(account),)


@pytest.mark.parametrize(
    "save",
    [
        pytest.param(lambda text: b"\xef\xbb\xbf" + text.encode(), id="byte order mark"),
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(lambda text: text.rstrip("\n").encode(), id="no last line end"),
    ],
)
def test_how_a_text_is_saved_does_not_matter(save: object, tmp_path: Path) -> None:
    assert callable(save)
    assert facts_of(_read(save(PLAIN.text), tmp_path).account).cells == PLAIN.facts.cells


def test_one_figure_changed_changes_one_cell(tmp_path: Path) -> None:
    key = next(key for key in PLAIN.facts.cells if key[:2] == ("BASIC_EXPENDITURE", "OPERATING"))
    text, line = PLAIN.facts.cells[key]
    changed = _with(line, LINES[line - 1].replace(f"\t{text}", f"\t1{text}"))
    found = facts_of(_read(changed, tmp_path).account).cells
    assert {at for at in found if found[at] != PLAIN.facts.cells[at]} == {key}


def _unreadable(key: tuple[str, str, str, str]) -> tuple[int, str]:
    """The line of a cell, and that line with a letter in the cell's amount."""
    text, line = PLAIN.facts.cells[key]
    cells = LINES[line - 1].split("\t")
    place = len(cells) - 1 - cells[::-1].index(text)
    return line, "\t".join([*cells[:place], text.replace(text[-1], "x"), *cells[place + 1 :]])


@pytest.mark.parametrize("key", sorted(set(PLAIN.facts.cells) - TOTAL_ROWS)[::9], ids=" ".join)
def test_an_unreadable_figure_is_a_gap_with_its_line(key: tuple[str, str, str, str], tmp_path: Path) -> None:
    line, broken = _unreadable(key)
    assert line in _gap_lines(_with(line, broken), tmp_path)


@pytest.mark.parametrize("key", sorted(TOTAL_ROWS), ids=" ".join)
def test_an_unreadable_total_is_a_gap_with_its_line(key: tuple[str, str, str, str], tmp_path: Path) -> None:
    line, broken = _unreadable(key)
    assert line in _gap_lines(_with(line, broken), tmp_path)


@pytest.mark.parametrize("label", ["年度资金总额", "其中:财政拨款", "数量指标", "总分"])
def test_an_unreadable_number_of_a_sheet_is_a_gap_with_its_line(label: str, tmp_path: Path) -> None:
    line = next(n for n, text in enumerate(LINES, 1) if label in text.split("\t")[:3])
    broken = re.sub(r"\d(?=[^\d]*$)", "x", LINES[line - 1])
    assert broken != LINES[line - 1]
    assert line in _gap_lines(_with(line, broken), tmp_path)


@pytest.mark.parametrize("line", [n for n, text in enumerate(LINES, 1) if text.startswith(HEADINGS)])
def test_a_missing_heading_is_a_gap_of_its_table_or_costs_nothing(line: int, tmp_path: Path) -> None:
    reading = _read(_with(line, None), tmp_path)
    lines = [one.source.line or 0 for one in (*reading.ledger.gaps, *reading.ledger.raw_cells)]
    says_the_same = {key: text for key, (text, _) in facts_of(reading.account).cells.items()} == {
        key: text for key, (text, _) in PLAIN.facts.cells.items()
    }
    assert says_the_same or any(abs(at - line) <= 15 for at in lines)


def _cuts() -> list[int]:
    """Lines after which to cut: all over the document up to its attachments, and everywhere within the sheets."""
    attached = LINES.index("第五部分", LINES.index("第四部分") + 1)
    sheets = [n for n, text in enumerate(LINES, 1) if text.startswith(("项目名称\t", "总分\t"))]
    inside = [n for first, last in zip(sheets[::2], sheets[1::2], strict=True) for n in range(first, last)]
    return [n for n in range(1, attached, 6) if LINES[n - 1]] + inside


@pytest.mark.parametrize("line", _cuts())
def test_a_truncated_text_is_refused_or_not_whole(line: int, tmp_path: Path) -> None:
    try:
        is_whole = _read("\n".join(LINES[:line]) + "\n", tmp_path).ledger.is_whole
    except DocumentError:
        is_whole = False
    assert not is_whole


def test_a_text_cut_within_a_character_is_refused_with_its_line(tmp_path: Path) -> None:
    data = PLAIN.text.encode()
    cut = data.index("决算情况说明".encode(), len(data) // 2) + 1
    error = _refusal(data[:cut], tmp_path)
    assert _at_line(error) == data[:cut].count(b"\n") + 1


def test_the_same_seed_gives_the_same_document() -> None:
    options = Options(page_breaks=False)
    assert make(3, options).text == PLAIN.text
    assert make(4, options).text != PLAIN.text
    assert make(3, replace(options, grouped=False)).text != PLAIN.text
