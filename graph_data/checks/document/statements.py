"""Are all nine statements there? (九张表是否齐全)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import COMPLETE, DISCLOSURE, Case, Check, Text, say
from graph_data.core.terms import EmptyReason, Severity, StatementForm


def examine(book: Book, exam: Examination) -> Examination:
    """Look for each form."""
    for form in StatementForm:
        exam.compared += 1
        if not book.is_published(form):
            exam.note(Severity.INFO, say("absent", form=form), book.node, ())
    for statement in book.account.statements:
        if statement.empty_reason is EmptyReason.NOT_STATED:
            said = say("unexplained", title=statement.title)
            exam.note(Severity.INFO, said, book.statement_node(statement.form), (statement.source,))
    return exam


CHECK = Check(
    id="document.statements",
    title=Text("九张表是否齐全", "Are all nine statements there?"),
    rule=Text(
        "九张决算报表均已公开；没有数据的表说明了原因。缺表或未说明并不与任何数字矛盾，仅作提示。",
        "All nine statements are published, and one that holds no figures says why. What is missing contradicts "
        "nothing: an observation.",
    ),
    basis=DISCLOSURE,
    cases={
        "absent": Case(
            Text("本文件未见《{form:term}》", "{form:term} is not in the document"),
            COMPLETE,
        ),
        "unexplained": Case(
            Text("《{title}》没有数据，也未说明为空表的原因", "{title} holds no figures and does not say why"),
            COMPLETE,
        ),
    },
    examine=examine,
)
