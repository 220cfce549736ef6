"""How a workbook shows its cells: their number formats, errors, and hidden rows and columns, which calamine leaves out.

A number is printed as Excel shows it: 9664.9612 under 0.00 is 9664.96, and 0.8853 under 0.00% is 88.53%.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from lxml import etree

CELL = re.compile(rb"<(?:\w+:)?c\b(?=[^>]*\br=\"(?P<column>[A-Z]{1,20})(?P<row>\d{1,20})\")[^>]*>")
NEAR = 10_000  # bytes after a cell's opening in which its value stands
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]{1,40})<")
_STYLE = re.compile(rb"\bs=\"(\d{1,6})\"")
_SIMPLE = re.compile(r"[^;]*?[#0,]*0(?P<decimals>\.0+)?(?P<percent>%)?[^;%0#]*(?:;.*)?", re.DOTALL)
_SCALED = re.compile(r"[0#?],+(?![0#?,])|[0#?][!\\\\].?[.0#?,]|0[!\\\\]\.")
_ROW = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*\bhidden=\"(?:1|true)\")(?=[^>]*\br=\"(\d{1,7})\")")
_COLUMN = re.compile(
    rb"<(?:\w+:)?col\b(?=[^>]*\bhidden=\"(?:1|true)\")"
    rb"(?=[^>]*\bmin=\"(\d{1,5})\")(?=[^>]*\bmax=\"(\d{1,5})\")"
)
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    43: "#,##0.00",
}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Shown:
    """A number format: how many decimals, and whether as a percentage."""

    decimals: int
    is_percent: bool
    zero: str | None = None  # what stands for nothing: a dash, or blank

    def print(self, value: Decimal) -> str:
        """The number as Excel shows it, without thousands separators."""
        if value == 0 and self.zero is not None:
            return self.zero
        scaled = value * 100 if self.is_percent else value
        text = format(scaled.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP), "f")
        return f"{text}%" if self.is_percent else text


@dataclass(frozen=True, slots=True)
class Unprintable:
    """A number format that shows another number than the cell holds: in thousands, or with a point put in."""

    code: str


@dataclass(frozen=True, slots=True)
class InError:
    """A cell whose formula ended in an error, as #DIV/0!, which calamine gives as a blank."""

    text: str


Style = Shown | Unprintable | None
"""How a number format shows a number; None for one that shows it as it is."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a sheet shows itself: its cells' formats and errors, by row and column from 1, and what it hides.

    `columns` are stretches, the last one included.
    """

    formats: Mapping[tuple[int, int], Shown | Unprintable | InError]
    rows: frozenset[int] = frozenset()
    columns: tuple[tuple[int, int], ...] = ()

    def hides(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.columns)


def sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where in the archive each sheet of the workbook is, by its title."""
    book, relations = _xml(archive, "xl/workbook.xml"), _xml(archive, "xl/_rels/workbook.xml.rels")
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    paths = {}
    for sheet in book.iterfind(".//{*}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        paths[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
    return paths


def styles_of(archive: zipfile.ZipFile) -> list[Style]:
    """The number format of each cell style; None for one that shows the number as it is."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    root = _xml(archive, "xl/styles.xml")
    codes = dict(BUILT_IN)
    for entry in root.iterfind(".//{*}numFmts/{*}numFmt"):
        codes[int(entry.get("numFmtId", "0"))] = entry.get("formatCode", "")
    return [shown_by(codes.get(int(style.get("numFmtId", "0")), "")) for style in root.iterfind(".//{*}cellXfs/{*}xf")]


def look_of(sheet: bytes, styles: Sequence[Style]) -> Look:
    """How a sheet shows itself, by its XML."""
    found: dict[tuple[int, int], Shown | Unprintable | InError] = {}
    for match in CELL.finditer(sheet):
        if b't="e"' in match.group():
            value = _VALUE.search(sheet, match.end(), match.end() + NEAR)
            text = value.group(1).decode("ascii", "replace") if value else "#ERROR!"
            found[int(match["row"]), column_number(match["column"])] = InError(text)
            continue
        style = _STYLE.search(match.group())
        shown = styles[int(style.group(1))] if style and int(style.group(1)) < len(styles) else None
        if shown is not None:
            found[int(match["row"]), column_number(match["column"])] = shown
    rows = frozenset(map(int, _ROW.findall(sheet)))
    return Look(found, rows, tuple((int(first), int(last)) for first, last in _COLUMN.findall(sheet)))


def column_number(letters: bytes) -> int:
    """A column's number, from 1, by its letters: A, B, … AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def shown_by(code: str) -> Style:
    """How a number format shows a number."""
    if not code or re.search(r"[ymdhs]", re.sub(r"\"[^\"]*\"", "", code), re.IGNORECASE):
        return None
    if _SCALED.search(code):
        return Unprintable(code)
    match = _SIMPLE.fullmatch(re.sub(r"\[[^\]]*\]|\"[^\"]*\"|[_\\*].", "", code))
    if match is None:
        return None
    return Shown(len(match["decimals"] or ".") - 1, match["percent"] is not None, _zero(code.split(";")))


def _zero(sections: list[str]) -> str | None:
    """What the third section of a format prints for zero; None where there is none, or it prints digits."""
    if len(sections) < 3 or re.search(r"0", sections[2]):
        return None
    return "-" if re.search(r"[-—]", sections[2]) else ""


def _xml(archive: zipfile.ZipFile, path: str) -> Any:
    return etree.fromstring(archive.read(path), etree.XMLParser(resolve_entities=False, no_network=True))
