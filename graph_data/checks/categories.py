"""A summary's expenditure by category against a table by subject, for the checks that compare the two."""

from __future__ import annotations

from graph_data.checks.base import Examination
from graph_data.checks.book import Book, Table
from graph_data.core.records import ColumnRecord
from graph_data.core.terms import LineItem, Side

CATEGORY = 3  # digits of the code of a 类
Column = tuple[Table, ColumnRecord | None]


def compare_categories(exam: Examination, book: Book, summary: Column, detail: Column, where: str) -> None:
    """Compare 本年支出合计 and every category that either of them prints.

    A category of the table that the summary does not print is left open where the summary has rows whose names are
    not known: it may be one of them.
    """
    (first, amount), (second, total) = summary, detail
    lines = [line for line in first.lines if line.side is Side.EXPENDITURE]
    for line in lines:
        is_total = line.item is LineItem.CURRENT_YEAR_EXPENDITURE
        if is_total or line.code:
            other = second.total if is_total else second.line(code=line.code)
            what = f"{line.source.row}, {where}"
            exam.equal(first.cell(line, amount), second.cell(other, total), book.line_node(line), what)
    listed = {line.code for line in lines}
    unknown = [line for line in lines if line.item is LineItem.FUNCTIONAL_CATEGORY and line.code is None]
    if any(first.cell(line, amount) is not None for line in unknown):
        return
    for line in second.lines:
        if len(line.code or "") == CATEGORY and line.code not in listed:
            what = f"{line.source.row}, {where}"
            exam.equal(None, second.cell(line, total), book.line_node(line), what)
