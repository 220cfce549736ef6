"""Plain text: tabs make rows, blank lines do not end a table, and what is no text is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.graph_data.reading.sources.laid_out import laid_out, paragraphs, refusal, tables


def test_tabs_make_rows_and_a_blank_line_leaves_them_together(tmp_path: Path) -> None:
    document = laid_out(tmp_path, "account.txt", "表\n一\t1\n\n二\t\n注".encode())
    assert tables(document) == [[("一", "1"), ("二", "")]]
    assert paragraphs(document) == ["表", "注"]


def test_cells_lose_the_spaces_around_them(tmp_path: Path) -> None:
    assert tables(laid_out(tmp_path, "account.txt", b" a \t 1 \nb\t2"))[0] == [("a", "1"), ("b", "2")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind_count_lines_alike(end: str, tmp_path: Path) -> None:
    document = laid_out(tmp_path, "account.txt", end.join(["一", "", "二", ""]).encode())
    assert [(block.place.line, paragraphs(document)[n]) for n, block in enumerate(document.blocks)] == [
        (1, "一"),
        (3, "二"),
    ]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param("一\n决算".encode()[:-1], "line 2", id="a character cut"),
        pytest.param("一\n".encode() + "决算".encode("gbk"), "line 2", id="GBK"),
        pytest.param(b"a\n\0b", "control character 0x00", id="a zero"),
        pytest.param("一\n二".encode("utf-16"), "line 1", id="UTF-16"),
    ],
)
def test_what_is_no_utf_8_is_refused_with_its_line(data: bytes, found: str, tmp_path: Path) -> None:
    assert found in refusal(tmp_path, "account.txt", data)


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf"], ids=["empty", "blank", "only a mark"])
def test_an_empty_text_is_refused(data: bytes, tmp_path: Path) -> None:
    assert "account.txt" in refusal(tmp_path, "account.txt", data)


@pytest.mark.parametrize("name", ["account.md", "account.csv", "account", "account.doc", "account.zip"])
def test_another_kind_of_file_is_refused_with_the_kinds_that_are_read(name: str, tmp_path: Path) -> None:
    assert ".txt" in refusal(tmp_path, name, b"a")


def test_a_suffix_in_capitals_is_the_same_kind(tmp_path: Path) -> None:
    assert paragraphs(laid_out(tmp_path, "ACCOUNT.TXT", "一".encode())) == ["一"]
