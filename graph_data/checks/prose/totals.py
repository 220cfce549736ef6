"""Amounts in the text are those of the tables (文字数与表内数一致)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.places import place_of
from graph_data.checks.wording import BUDGET_LAW, CHECK_TEXT, Case, Check, Text, say
from graph_data.core.records import FactRecord
from graph_data.core.terms import Role, Severity, Topic


def examine(book: Book, exam: Examination) -> Examination:
    """Compare each stated amount with its cell."""
    if not book.stated:
        return exam.not_applicable("本文件没有含数字的文字说明", "the document has no prose with figures")
    for fact in book.stated:
        place = place_of(book, fact)
        if place is not None:
            said = say("amount", label=fact.label, table=place.table.record.form)
            severity = Severity.WARNING if _is_initial(fact) else Severity.ERROR
            exam.equal(fact, place.cell, book.line_node(place.line), said, severity, may_be_shorter=True)
    once = {(one.sources[0], one.details, one.reported, one.derived): one for one in reversed(exam.findings)}
    exam.findings = list(once.values())[::-1]
    return exam.or_insufficient("所列金额均没有对应的表内数", "no stated amount has a printed cell")


def _is_initial(fact: FactRecord) -> bool:
    return fact.topic is Topic.THREE_PUBLIC and fact.role is Role.BUDGET and "年初" in fact.label


CHECK = Check(
    id="prose.totals",
    title=Text("文字数与表内数一致", "Amounts in the text are those of the tables"),
    rule=Text(
        "文字说明所列的合计、来源、性质、类、科目及“三公”经费金额，均与报表一致；对应哪张表由所在标题决定。文字位数"
        "较少的仅作提示；“三公”经费年初预算可能不同于表中调整后的预算，存疑。",
        "Every amount that the prose states of a total, a source, a nature, a category, a subject or one of the "
        "three public expenses is the one that the table prints; which table, the heading over the prose says. An "
        "amount stated in fewer digits than the table's is an observation; an initial budget of the three public "
        "expenses may differ from the adjusted one of the table, and is doubtful.",
    ),
    basis=BUDGET_LAW,
    cases={
        "amount": Case(
            Text(
                "文字说明“{label}”为{reported}，《{table:term}》列{derived}",
                "{label}: {reported} in the text, {derived} in {table:term}",
            ),
            CHECK_TEXT,
        ),
    },
    examine=examine,
)
