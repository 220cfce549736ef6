"""codebook: a spreadsheet of official codes and names → codebook.csv, which is served from beside the packages."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook
from rich.console import Console

from graph_data.classification.code_book import FILE, CodeBookEntry, write_code_book
from graph_data.classification.codes import level_of
from graph_data.core import vocabulary as words
from graph_data.core.terms import Classification

_Rows = list[list[str]]
_MOST_BYTES = 64 * 2**20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `codebook`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a workbook, or CSV in UTF-8")
    parser.add_argument("--classification", choices=Classification.__members__, default="FUNCTIONAL")
    parser.add_argument("--from-year", type=int, metavar="YEAR", help="the first year that the names are of")
    parser.add_argument("--to-year", type=int, metavar="YEAR", help="the last year that they are of")
    parser.add_argument("--source", help="where they are written, such as the title of the book (default: the file)")
    parser.add_argument("-o", "--output", type=Path, default=Path(FILE), metavar="FILE", help=f"default: {FILE}")


def run(options: argparse.Namespace) -> int:
    """0 where every code was taken, 1 where rows were left out, 2 where there is none."""
    console = Console(stderr=True, soft_wrap=True)
    try:
        tables = dict(_tables(options.file))
    except (OSError, ValueError, CalamineError) as error:
        console.print(f"not read: {options.file.name}: {error}", style="red", markup=False, highlight=False)
        return 2
    found: dict[str, str] = {}
    left_out = []
    for title, rows in tables.items():
        for number, code, name in _codes(rows):
            if not _is_code(code) or found.get(code, name) != name:
                told = f"named {found[code]} before" if code in found else "expected 3, 5 or 7 digits"
                left_out.append(f"{title}, row {number}: {code!r} {name}; {told}")
            else:
                found[code] = name
    for each in left_out:
        console.print(f"left out: {each}", style="yellow", markup=False, highlight=False)
    if not found:
        expected = "a heading 科目编码 (or 类, 款, 项) beside 科目名称"
        console.print(f"no code in {options.file.name}; expected {expected}", style="red", markup=False)
        return 2
    kind, source = Classification[options.classification], options.source or options.file.name
    entries = (CodeBookEntry(kind, *each, options.from_year, options.to_year, source) for each in sorted(found.items()))
    write_code_book(entries, options.output)
    print(f"{options.output}: {len(found)} codes, {len(left_out)} rows left out")
    return 1 if left_out else 0


def _tables(file: Path) -> Iterator[tuple[str, _Rows]]:
    """The rows of every sheet, as text."""
    if file.stat().st_size > _MOST_BYTES:
        raise ValueError(f"more than {_MOST_BYTES} bytes")
    if file.suffix.lower() == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as opened:
            yield file.name, list(csv.reader(opened))
        return
    book = CalamineWorkbook.from_path(str(file))
    for name in book.sheet_names:
        yield name, [[_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]


def _text(cell: object) -> str:
    """A cell as text: a code that was typed as a number is its digits."""
    text = str(cell).strip()
    return text.removesuffix(".0")


def _codes(rows: _Rows) -> Iterator[tuple[int, str, str]]:
    """The number of each row below a heading, its code, in one column or in those of 类, 款, 项, and its name."""
    columns: tuple[Sequence[int], int] | None = None
    above: list[str] = []
    for number, row in enumerate(rows, start=1):
        heading = _heading(row)
        if heading is not None:
            columns, above = heading, [""] * len(heading[0])
        elif columns is not None and len(row) > max(*columns[0], columns[1]):
            parts, name = [row[place] for place in columns[0]], row[columns[1]].strip()
            if not any(parts) or not name:
                continue
            deepest = max(place for place, part in enumerate(parts) if part)
            above = [part or (above[place] if place < deepest else "") for place, part in enumerate(parts)]
            yield number, "".join(above), name


def _heading(row: Sequence[str]) -> tuple[Sequence[int], int] | None:
    """The columns of the code and of the name, where a row is the heading."""
    plain = [words.plain(each) for each in row]
    names = [place for place, each in enumerate(plain) if words.CODE_BOOK_NAME.fullmatch(each)]
    codes = [place for place, each in enumerate(plain) if words.CODE_BOOK_CODE.fullmatch(each)]
    levels = [plain.index(each) for each in ("类", "款", "项") if each in plain]
    if not names or not (codes or levels):
        return None
    return (codes[:1] or levels), names[0]


def _is_code(code: str) -> bool:
    try:
        return level_of(code) > 0
    except ValueError:
        return False
