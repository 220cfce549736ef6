"""prose.totals — 文字数与表内数一致

Every amount that the prose states of a total, a source, a nature, a category, a subject or one of the three public
expenses is the one that the table prints, each as finely as it is printed.
"""

from __future__ import annotations

from graph_data.checks.base import Examination
from graph_data.checks.book import Book
from graph_data.checks.places import cell_of, line_of


def examine(book: Book, exam: Examination) -> Examination:
    """Compare each stated amount with its cell."""
    if not book.account.facts:
        return exam.not_applicable("the document has no prose with figures")
    for fact in book.account.facts:
        cell = cell_of(book, fact)
        line = line_of(book, cell) if cell is not None else None
        if cell is not None and line is not None:
            what = f"{fact.label} in the prose and in {cell.form.value}"
            exam.equal(fact, cell, book.line_node(line), what, own_digits=True)
    return exam if exam.compared else exam.insufficient("no stated amount has a printed cell")
