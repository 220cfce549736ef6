"""A working paper as .xlsx: one sheet a part. Every cell of words is written as a string, so that none is a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from graph_data.checks.wording import Text, word
from graph_data.core.terms import ConclusionKind, Severity
from graph_data.papers.content import Cause, Paper, concluded, printable
from graph_data.papers.word import COLUMNS, UNQUOTED

_SHEETS = (
    Text("封面", "Cover"), Text("汇总", "Summary"), Text("核查发现", "Findings"), Text("应公开事项", "Disclosure"),
    Text("核查程序", "Checks"), Text("编制说明", "Notes"),
)  # fmt: skip
_COLOURS = {Severity.ERROR: "#A61B1B", Severity.WARNING: "#8A5A00", Severity.INFO: "#44546A"}
_WIDTHS = {
    "number": 6, "severity": 8, "check": 16, "fact": 38, "difference": 24, "amount": 14, "materiality": 18,
    "basis": 22, "quotations": 56, "suggestion": 24, "conclusion": 10, "note": 20, "name": 10, "date": 12, "id": 24,
    "item": 34, "status": 12, "place": 50, "outcome": 12, "found": 14, "reason": 60,
}  # fmt: skip
_SUMMARY = ("number", "severity", "check", "fact", "amount", "materiality", "conclusion")
_FINDINGS = (
    "number", "severity", "check", "fact", "difference", "basis", "quotations", "suggestion",
    "conclusion", "note", "name", "date", "id",
)  # fmt: skip
_SIGNED = (Text("编制人", "Prepared by"), Text("日期", "Date"), Text("复核人", "Reviewed by"), Text("日期", "Date"))
_A4, _A3 = 9, 8
_LINE, _TALLEST = 14, 405  # points: of a line of words, and of a row as spreadsheets bound it


def as_workbook(paper: Paper) -> bytes:
    """The paper as the bytes of an .xlsx."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        made = datetime(paper.made.year, paper.made.month, paper.made.day)
        book.set_properties({"title": paper.title, "subject": printable(paper.account, 200), "created": made})
        written = _Workbook(paper, book)
        written.cover()
        written.summary()
        written.findings()
        written.listed(_SHEETS[3], ("item", "status", "place", "basis"), paper.disclosure)
        written.listed(_SHEETS[4], ("check", "outcome", "found", "reason"), paper.checks)
        written.notes()
    return buffer.getvalue()


class _Workbook:
    """A workbook that is being written, sheet after sheet."""

    def __init__(self, paper: Paper, book: Any) -> None:
        self.paper, self._book = paper, book
        plain = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "top", "border": 1,
                 "border_color": "#8C96A3"}  # fmt: skip
        label = {"font_name": "黑体", "bg_color": "#E9EDF2", "valign": "vcenter"}
        self._plain, self._label = book.add_format(plain), book.add_format(plain | label)
        self._title = book.add_format({"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"})
        self._severities = {
            severity: book.add_format(plain | {"font_color": colour, "bold": True})
            for severity, colour in _COLOURS.items()
        }

    def cover(self) -> None:
        sheet = self._sheet(_SHEETS[0], (18, 80))
        sheet.merge_range(0, 0, 0, 1, "", self._title)
        sheet.write_string(0, 0, printable(self.paper.title), self._title)
        sheet.set_row(0, 48)
        signed = [(self.paper.say(each), "") for each in _SIGNED]
        rows = [*self.paper.cover, (self.paper.say(_SHEETS[1]), self.paper.summary), *signed]
        for row, texts in enumerate(rows, start=1):
            self._write(sheet, row, texts, (18, 80), labels=1)

    def summary(self) -> None:
        """A row a cause."""
        sheet, widths = self._listing(_SHEETS[1], _SUMMARY)
        for row, cause in enumerate(self.paper.causes, start=1):
            amounts = dict.fromkeys(each.amount for each in cause.statements if each.amount)
            ends = dict.fromkeys(word(each.conclusion.kind, self.paper.language)
                                 for each in cause.statements if each.conclusion)  # fmt: skip
            facts = "\n".join(each.fact for each in cause.statements)
            cells = [str(cause.number), self._severity(cause), cause.title, facts, "\n".join(amounts),
                     cause.materiality, "\n".join(ends)]  # fmt: skip
            self._write(sheet, row, cells, widths)
            sheet.write_string(row, 1, self._severity(cause), self._severities[cause.severity])

    def findings(self) -> None:
        """A row a finding; those of one cause bear one number."""
        sheet, widths = self._listing(_SHEETS[2], _FINDINGS, _A3)
        row = 0
        for cause in self.paper.causes:
            quotations = self._quotations(cause)
            for each in cause.statements:
                row += 1
                told = ["", "", "", ""]
                if each.conclusion is not None:
                    told = list(concluded(each.conclusion, self.paper.language))
                cells = [str(cause.number), self._severity(cause), cause.title, each.fact, each.difference,
                         cause.basis, quotations, cause.suggestion, *told, each.id]  # fmt: skip
                self._write(sheet, row, cells, widths)
                sheet.write_string(row, 1, self._severity(cause), self._severities[cause.severity])
        if row:
            sheet.autofilter(0, 0, row, len(_FINDINGS) - 1)
            kinds = [word(kind, self.paper.language) for kind in ConclusionKind]
            column = _FINDINGS.index("conclusion")
            sheet.data_validation(1, column, row, column, {"validate": "list", "source": kinds})

    def listed(self, name: Text, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        sheet, widths = self._listing(name, columns)
        for number, row in enumerate(rows, start=1):
            self._write(sheet, number, row, widths)

    def notes(self) -> None:
        sheet = self._sheet(_SHEETS[5], (110,))
        for number, note in enumerate(self.paper.notes):
            self._write(sheet, number, [note], (110,))

    def _severity(self, cause: Cause) -> str:
        return word(cause.severity, self.paper.language)

    def _quotations(self, cause: Cause) -> str:
        lines = [f"（{number}）{each.place}：{each.text}" for number, each in enumerate(cause.quotations, start=1)]
        return "\n".join([*lines, self.paper.say(UNQUOTED).format(cause.unquoted)] if cause.unquoted else lines)

    def _listing(self, name: Text, columns: Sequence[str], paper: int = _A4) -> tuple[Any, list[int]]:
        """A sheet with headings that stay, and the widths of its columns."""
        widths = [_WIDTHS[each] for each in columns]
        sheet = self._sheet(name, widths, paper)
        self._write(sheet, 0, [self.paper.say(COLUMNS[each]) for each in columns], widths, labels=len(columns))
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        return sheet, widths

    def _sheet(self, name: Text, widths: Sequence[int], paper: int = _A4) -> Any:
        sheet = self._book.add_worksheet(self.paper.say(name))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        return sheet

    def _write(self, sheet: Any, row: int, texts: Sequence[str], widths: Sequence[int], labels: int = 0) -> None:
        """A row of strings, as tall as its words are: not every program works that out when it opens a file."""
        lines = max(_lines(text, width) for text, width in zip(texts, widths, strict=True))
        sheet.set_row(row, min(_TALLEST, 4 + _LINE * lines))
        for column, text in enumerate(texts):
            sheet.write_string(row, column, printable(text), self._label if column < labels else self._plain)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column: a Chinese character is as wide as two digits."""
    taken = (sum(2 if ord(each) > 0x2E7F or each in "“”…—" else 1 for each in line) for line in text.split("\n"))
    return sum(max(1, -(-columns // (width - 1))) for columns in taken)
