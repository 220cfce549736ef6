"""The code book of an operator: what subjects are officially called, in which years, and where that is written.

`python -m graph_data codebook` makes `codebook.csv` of a spreadsheet; it is read from beside the packages, or from the
folder of the index, when the service starts. What it does not hold is not known: no code and no name is invented.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph_data.classification.codes import level_of
from graph_data.core.errors import PackageError
from graph_data.core.files import write_whole
from graph_data.core.terms import Classification

FILE = "codebook.csv"
_COLUMNS = ("classification", "code", "name", "valid_from", "valid_to", "source")


@dataclass(frozen=True, slots=True)
class CodeBookEntry:
    """A code and its official name in the years from `valid_from` to `valid_to`; None where it is not said."""

    classification: Classification
    code: str
    name: str
    valid_from: int | None
    valid_to: int | None
    source: str

    def holds_in(self, year: int) -> bool:
        """Is it the name of the code in a year?"""
        return (self.valid_from or year) <= year <= (self.valid_to or year)


@dataclass(frozen=True, slots=True)
class CodeBook:
    """The entries of each code, as they stand in the files."""

    entries: Mapping[tuple[Classification, str], tuple[CodeBookEntry, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[CodeBookEntry]) -> CodeBook:
        found: dict[tuple[Classification, str], tuple[CodeBookEntry, ...]] = {}
        for each in entries:
            key = each.classification, each.code
            found[key] = (*found.get(key, ()), each)
        return cls(found)

    def named(self, classification: Classification, code: str, year: int | None) -> list[CodeBookEntry]:
        """What a code is officially called in a year; in all where none is given."""
        found = self.entries.get((classification, code), ())
        return [each for each in found if year is None or each.holds_in(year)]


def read_code_books(paths: Sequence[Path]) -> CodeBook:
    """The code books beside packages. Raises PackageError for one that is not what `codebook` writes."""
    return CodeBook.of(each for path in paths if (path / FILE).is_file() for each in _read(path / FILE))


def write_code_book(entries: Iterable[CodeBookEntry], file: Path) -> None:
    """Write a code book, whole or not at all."""
    rows = [",".join(_COLUMNS)] + [
        ",".join(
            _quoted(each)
            for each in (one.classification.name, one.code, one.name, one.valid_from, one.valid_to, one.source)
        )
        for one in entries
    ]
    write_whole(file, ("\n".join(rows) + "\n").encode())


def _quoted(value: str | int | None) -> str:
    text = "" if value is None else str(value)
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\r\n') else text


def _read(file: Path) -> Iterator[CodeBookEntry]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.reader(opened))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PackageError(FILE, f"no readable CSV ({error})", "what `codebook` writes") from None
    if not rows or tuple(rows[0]) != _COLUMNS:
        raise PackageError(FILE, f"the columns {', '.join(rows[0]) if rows else 'none'}", ", ".join(_COLUMNS), 1)
    for number, row in enumerate(rows[1:], start=2):
        try:
            classification, code, name, first, last, source = row
            level_of(code)
            years = [int(each) if each else None for each in (first, last)]
            yield CodeBookEntry(Classification[classification], code, name, years[0], years[1], source)
        except (ValueError, KeyError) as error:
            expected = "a classification, a code such as 2010301, a name, two years or nothing, and a source"
            raise PackageError(FILE, f"{','.join(row)[:60]!r} ({error})", expected, number) from None
