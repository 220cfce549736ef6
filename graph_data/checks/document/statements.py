"""Are all nine statements there? (九张表是否齐全)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import COMPLETE, DISCLOSURE, LOOK, Case, Check, Text, say
from graph_data.core.terms import REQUIRED_FORMS, Content, EmptyReason, ReadingStatus, Severity, StatementForm

FEW, MANY = 6, 10  # numbers, or one of so many, that are left over of prose: more could be a table


def examine(book: Book, exam: Examination) -> Examination:
    """Look for each form."""
    for form in REQUIRED_FORMS:
        exam.compared += 1
        if not book.is_published(form):
            _look_why(exam, book, form)
    for statement in book.account.statements:
        if statement.empty_reason is EmptyReason.NOT_STATED:
            said = say("unexplained", title=statement.title)
            exam.note(Severity.INFO, said, book.statement_node(statement.form), (statement.source,))
    return exam


def _look_why(exam: Examination, book: Book, form: StatementForm) -> None:
    """A table is not there: it was not read, or the contents promise it, or nothing speaks of it.

    What the contents promise may be in a place that was not recognised, where there is any such place (prose with many
    numbers left over is one); and where the document holds no table at all, in an annex.
    """
    records = [record for record in book.account.read_tables if record.form is form]
    sources = [record.source for record in records]
    status = book.states.get(form)
    if status is ReadingStatus.NOT_READ:
        book.asked.add(form)
        exam.note(Severity.INFO, say("unread", form=form), book.node, sources)
    elif status is ReadingStatus.ABSENT:
        everything_read = all(
            record.status in (ReadingStatus.READ, ReadingStatus.ABSENT)
            or (record.content is Content.PROSE and record.left_over < max(FEW, record.numbers // MANY))
            for record in book.account.read_tables
        )
        severity = Severity.WARNING if everything_read and book.account.statements else Severity.INFO
        exam.note(severity, say("promised", form=form), book.node, sources)
    else:
        exam.note(Severity.INFO, say("absent", form=form), book.node, ())


CHECK = Check(
    id="document.statements",
    title=Text("九张表是否齐全", "Are all nine statements there?"),
    rule=Text(
        "九张决算报表均已公开；没有数据的表说明了原因。目录列有而正文没有的表存疑；其余缺表、未读或未说明的并不与任何数字矛盾，仅作提示。",
        "All nine statements are published, and one that holds no figures says why. What the contents promise and "
        "the document lacks is doubtful; anything else that is missing or was not read contradicts nothing: an "
        "observation.",
    ),
    basis=DISCLOSURE,
    cases={
        "promised": Case(
            Text(
                "目录列有《{form:term}》，正文中未见该表",
                "the contents promise {form:term}, which is not in the document",
            ),
            COMPLETE,
        ),
        "unread": Case(
            Text(
                "《{form:term}》未能读取，涉及该表的核查均未进行",
                "{form:term} was not read; what needs it was not checked",
            ),
            LOOK,
        ),
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
