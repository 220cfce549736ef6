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
    Text("封面", "Cover"), Text("核查发现", "Findings"), Text("应公开事项", "Disclosure"),
    Text("核查程序", "Checks"), Text("编制说明", "Notes"),
)  # fmt: skip
_COLOURS = {Severity.ERROR: "#A61B1B", Severity.WARNING: "#8A5A00", Severity.INFO: "#44546A"}
_WIDTHS = {
    "number": 6, "severity": 7, "check": 16, "fact": 44, "difference": 30, "amount": 13, "materiality": 15,
    "basis": 24, "quotations": 60, "suggestion": 30, "conclusion": 9, "note": 24, "name": 10, "date": 12, "id": 40,
    "item": 34, "status": 12, "place": 50, "outcome": 12, "found": 12, "reason": 60,
}  # fmt: skip
_FINDINGS = (
    "number", "severity", "check", "fact", "difference", "amount", "materiality", "basis", "quotations",
    "suggestion", "conclusion", "note", "name", "date", "id",
)  # fmt: skip
_SIGNED = (
    Text("编制人", "Prepared by"),
    Text("日期", "Date"),
    Text("复核人", "Reviewed by"),
    Text("日期", "Date"),
)


def as_workbook(paper: Paper) -> bytes:
    """The paper as the bytes of an .xlsx."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        made = datetime(paper.made.year, paper.made.month, paper.made.day)
        book.set_properties({"title": paper.title, "subject": printable(paper.account, 200), "created": made})
        written = _Workbook(paper, book)
        written.cover()
        written.findings()
        written.listed(_SHEETS[2], ("item", "status", "place", "basis"), paper.disclosure)
        written.listed(_SHEETS[3], ("check", "outcome", "found", "reason"), paper.checks)
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
        sheet = self._sheet(_SHEETS[0], (18, 80), is_wide=False)
        sheet.merge_range(0, 0, 0, 1, "", self._title)
        sheet.write_string(0, 0, printable(self.paper.title), self._title)
        sheet.set_row(0, 48)
        signed = [(self.paper.say(each), "") for each in _SIGNED]
        for row, (label, text) in enumerate([*self.paper.cover, ("", self.paper.summary), *signed], start=1):
            self._write(sheet, row, [label, text], labels=1)

    def findings(self) -> None:
        """A row a finding; those of one cause bear one number."""
        sheet = self._listing(_SHEETS[1], _FINDINGS)
        row = 0
        for cause in self.paper.causes:
            quotations = self._quotations(cause)
            for each in cause.statements:
                row += 1
                told = ["", "", "", ""]
                if each.conclusion is not None:
                    told = list(concluded(each.conclusion, self.paper.language))
                severity = word(cause.severity, self.paper.language)
                cells = [str(cause.number), severity, cause.title, each.fact, each.difference, each.amount,
                         cause.materiality, cause.basis, quotations, cause.suggestion, *told, each.id]  # fmt: skip
                self._write(sheet, row, cells)
                sheet.write_string(row, 1, severity, self._severities[cause.severity])
        if row:
            sheet.autofilter(0, 0, row, len(_FINDINGS) - 1)
            kinds = [word(kind, self.paper.language) for kind in ConclusionKind]
            column = _FINDINGS.index("conclusion")
            sheet.data_validation(1, column, row, column, {"validate": "list", "source": kinds})

    def listed(self, name: Text, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        sheet = self._listing(name, columns)
        for number, row in enumerate(rows, start=1):
            self._write(sheet, number, row)

    def notes(self) -> None:
        sheet = self._sheet(_SHEETS[4], (110,), is_wide=False)
        for number, note in enumerate(self.paper.notes):
            self._write(sheet, number, [note])

    def _quotations(self, cause: Cause) -> str:
        lines = [f"（{number}）{each.place}：{each.text}" for number, each in enumerate(cause.quotations, start=1)]
        return "\n".join([*lines, self.paper.say(UNQUOTED).format(cause.unquoted)] if cause.unquoted else lines)

    def _listing(self, name: Text, columns: Sequence[str]) -> Any:
        sheet = self._sheet(name, [_WIDTHS[each] for each in columns], is_wide=True)
        self._write(sheet, 0, [self.paper.say(COLUMNS[each]) for each in columns], labels=len(columns))
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _sheet(self, name: Text, widths: Sequence[float], is_wide: bool) -> Any:
        sheet = self._book.add_worksheet(self.paper.say(name))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_paper(9)  # A4
        if is_wide:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        return sheet

    def _write(self, sheet: Any, row: int, texts: Sequence[str], labels: int = 0) -> None:
        for column, text in enumerate(texts):
            sheet.write_string(row, column, printable(text), self._label if column < labels else self._plain)
