"""document.statements — 九张表是否齐全

All nine statements are published, and one that holds no figures says why. What is missing contradicts nothing: an
observation.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.core.terms import EmptyReason, Severity, StatementForm


def examine(book: Book, exam: Examination) -> Examination:
    """Look for each form."""
    for form in StatementForm:
        exam.compared += 1
        if not book.is_published(form):
            exam.note(Severity.INFO, f"{form.value} is not in the document", book.node, ())
    for statement in book.account.statements:
        if statement.empty_reason is EmptyReason.NOT_STATED:
            message = f"{statement.title} holds no figures and does not say why"
            exam.note(Severity.INFO, message, book.statement_node(statement.form), (statement.source,))
    return exam
