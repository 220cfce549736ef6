"""A document as it grows, line by line, and the facts that a reader must find in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.made_up.department import Department
from tests.made_up.options import Options

_WIDE = str.maketrans("()", "（）")


@dataclass(slots=True)
class Facts:
    """What the document says, as plain data: enumerations by name, cells as printed.

    `cells` are by (form, side, row, column): the row is a code where there is one, else a label; each is
    (text, line of the document).
    """

    account: tuple[str, str, int]
    department: str
    forms: list[str] = field(default_factory=list)
    empty: set[str] = field(default_factory=set)
    cells: dict[tuple[str, str, str, str], tuple[str, int]] = field(default_factory=dict)
    parents: dict[tuple[str, str], str | None] = field(default_factory=dict)  # of subject rows, by form and row
    subjects: set[tuple[str, str, str]] = field(default_factory=set)
    units: dict[str, str | None] = field(default_factory=dict)
    spellings: dict[int, set[str]] = field(default_factory=dict)
    scores: dict[int, tuple[str, str]] = field(default_factory=dict)
    project_units: dict[int, str] = field(default_factory=dict)
    funding: dict[tuple[int, str, str], str] = field(default_factory=dict)
    indicators: dict[tuple[int, str], tuple[Any, ...]] = field(default_factory=dict)
    totals: dict[int, tuple[str, str]] = field(default_factory=dict)
    notes: set[tuple[str, str]] = field(default_factory=set)
    deviations: dict[str, tuple[Decimal, Decimal, Decimal, str, tuple[str, ...]]] = field(default_factory=dict)
    comparisons: dict[str, tuple[str, Decimal, Decimal | None, Decimal | None]] = field(default_factory=dict)
    stated: dict[tuple[str, str, str], Decimal] = field(default_factory=dict)
    terms: list[tuple[str, str | None]] = field(default_factory=list)
    duties: int = 0


class Page:
    """Lines of text under one set of options, and the facts that they state."""

    def __init__(self, department: Department, options: Options) -> None:
        self.department, self.options = department, options
        coded = options.codes_on_sheets and any(project.leaves for project in department.projects)
        code = department.code if coded else department.name
        self.facts = Facts((department.division, code, department.year), department.name)
        self._lines: list[str] = []

    @property
    def text(self) -> str:
        return "\n".join(self._lines) + "\n"

    def say(self, text: str = "") -> int:
        """Add a line, and an empty one below words; the number of the line."""
        self._lines.append(text)
        number = len(self._lines)
        if text:
            self._lines.append("")
        return number

    def row(self, cells: Sequence[str]) -> int:
        """Add a table row; the number of its line."""
        self._lines.append("\t".join(cells))
        return len(self._lines)

    def put(self, line: int, form: str, side: str, row: str, amounts: dict[str, str]) -> None:
        """Note the cells of a table's row, by column; blank ones are not there."""
        for column, text in amounts.items():
            if text:
                self.facts.cells[form, side, row, column] = (text, line)

    def gap(self) -> None:
        """End a table."""
        self._lines.append("")

    def prose(self, text: str) -> None:
        """Add a paragraph with the brackets of this document, cut in two where pages break."""
        cut = text.find("，", len(text) // 3) + 2
        if not self.options.broken_prose or len(text) < 60 or cut < 2 or text[cut - 1].isdigit():
            self.say(self.brackets(text))
            return
        self.say(self.brackets(text[:cut]))
        self.say(self.brackets(text[cut:]))

    def page_break(self, head: list[list[str]]) -> None:
        """Break a table, and repeat its headings where this document does."""
        if self.options.page_breaks:
            self.gap()
            for cells in head if self.options.repeated_headings else []:
                self.row(cells)

    def brackets(self, text: str) -> str:
        return text.translate(_WIDE) if self.options.wide_brackets else text

    @property
    def unit(self) -> str:
        """The 金额单位 of the tables."""
        return "元" if self.options.yuan_tables else "万元"

    def amount(self, hundredths: int) -> str:
        """An amount in 万元 as prose and sheets print it."""
        return self._printed(hundredths, self.options.grouped)

    def _printed(self, hundredths: int, grouped: bool) -> str:
        whole, rest = divmod(hundredths, 100)
        fraction = f".{rest:02d}"
        text = f"{whole:,}" if grouped else str(whole)
        return text + (fraction.rstrip("0").rstrip(".") if self.options.trimmed else fraction)

    def cell(self, hundredths: int) -> str:
        """An amount in a table, in its unit: blank where there is none."""
        shown = hundredths * 10_000 if self.options.yuan_tables else hundredths
        return self._printed(shown, self.options.grouped_tables) if hundredths else ""


def number(value: Decimal) -> str:
    """A percentage as prose prints it: 97, 94.4, 88.41."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def points(half: int) -> str:
    """Half points as a sheet prints them: 10, 7.5."""
    return f"{half // 2}.5" if half % 2 else str(half // 2)


def money(hundredths: int) -> Decimal:
    """The exact amount in 万元."""
    return Decimal(hundredths) / 100
