"""A code bears the same name in every table (科目名称前后一致)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import CHECK_TABLES, CLASSIFICATION, Case, Check, Text, say
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
            said = say("name", code=line.code, first=known.label, second=line.label)
            exam.note(Severity.WARNING, said, book.line_node(line), (known.source, line.source))
    return exam.or_insufficient("没有在两张表中出现的科目编码", "no code stands in two tables")


CHECK = Check(
    id="tables.names",
    title=Text("科目名称前后一致", "A code bears the same name in every table"),
    rule=Text(
        "同一科目编码在各表中的名称一致；括号、空格及末尾的“支出”不计。",
        "A subject code bears the same name in every table that prints it; brackets, spaces and a closing 支出 do "
        "not matter.",
    ),
    basis=CLASSIFICATION,
    cases={
        "name": Case(
            Text(
                "科目{code}在一处表中称“{first}”，在另一处称“{second}”",
                "{code} is called {first} in one table, {second} in another",
            ),
            CHECK_TABLES,
        ),
    },
    examine=examine,
)
