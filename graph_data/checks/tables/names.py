"""tables.names — 科目名称前后一致

A subject code bears the same name in every table that prints it; brackets, spaces and a closing 支出 do not matter.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.core import vocabulary as words
from graph_data.core.records import LineRecord
from graph_data.core.terms import Classification, Severity


def examine(book: Book, exam: Examination) -> Examination:
    """Compare each name with the first that its code bears."""
    first: dict[tuple[Classification, str], LineRecord] = {}
    for line in book.account.lines:
        if line.classification is None or line.code is None:
            continue
        known = first.setdefault((line.classification, line.code), line)
        if known is line:
            continue
        exam.compared += 1
        if words.subject_name(known.label) != words.subject_name(line.label):
            message = f"{line.code}: {known.label} in one table, {line.label} in another"
            exam.note(Severity.WARNING, message, book.line_node(line), (known.source, line.source))
    return exam.or_insufficient("no code stands in two tables")
