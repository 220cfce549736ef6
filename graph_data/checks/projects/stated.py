"""Funds used in the text are those of the sheet (项目执行数前后一致)."""

from __future__ import annotations

import re

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval, line_of
from graph_data.checks.wording import CHECK_TEXT, EVALUATION, Case, Check, Text, say
from graph_data.core.records import FactRecord
from graph_data.core.terms import FundingQuantity, FundSource, Role, Severity, Topic

USED = re.compile(r"使用资金|实际支出|执行数")
OF_USE = re.compile(r"资金使用用?率$")
NO_ITEM = re.compile(r"预算|结余|结转|到位|上年|拨款|自筹|执行|支出$")


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the amounts used."""
    facts = [
        fact
        for topic in (Topic.PROJECT_SUMMARY, Topic.EVALUATION_REPORT)
        for fact in book.facts(topic, role=Role.AMOUNT)
        if fact.item.isdigit() and fact.position == 1 and USED.search(fact.label)
    ]
    if not facts:
        return exam.not_applicable("文字说明未列项目使用资金", "the prose states no funds used by a project")
    for fact in facts:
        node = book.project_node(int(fact.item))
        executed = book.funding(int(fact.item), FundSource.TOTAL, FundingQuantity.EXECUTED)
        if executed is not None:
            exam.equal(fact, executed, node, say("used", topic=fact.topic), may_be_shorter=True)
        _compare_rates(book, exam, fact)
        parts = _items(book, fact)
        if len(parts) > 1:
            exam.sums(fact, parts, node, say("items"), Severity.WARNING)
    return exam.or_insufficient("所述使用资金的项目未附自评表", "the projects whose funds are stated have no sheet")


def _compare_rates(book: Book, exam: Examination, used: FactRecord) -> None:
    """Hold each rate of use that the text states against the amount that it states and the budget of the sheet."""
    budget = book.funding(int(used.item), FundSource.TOTAL, FundingQuantity.REVISED_BUDGET)
    if budget is None or not budget.number.fen or used.number.fen is None:
        return
    for topic in (Topic.PROJECT_SUMMARY, Topic.EVALUATION_REPORT):
        for rate in book.facts(topic, used.item, Role.PERCENT):
            if OF_USE.search(rate.label):
                exam.compared += 1
                part, whole = interval(used.number, own_digits=True), interval(budget.number)
                if not exam.is_share(rate, part, [whole]):
                    said = say("rate", rate=rate.number, used=used.number, budget=budget.number)
                    sources = (rate.source, used.source, budget.source)
                    exam.note(Severity.WARNING, said, book.project_node(int(used.item)), sources)


def _items(book: Book, whole: FactRecord) -> list[FactRecord]:
    """The further amounts of the same sentence of a report, where none of them is something else than an item."""
    if whole.topic is not Topic.EVALUATION_REPORT:
        return []
    facts = [fact for fact in book.facts(whole.topic, whole.item, Role.AMOUNT)
             if fact.position > 1 and line_of(fact.source) == line_of(whole.source)]  # fmt: skip
    return [] if any(NO_ITEM.search(fact.label) for fact in facts) else facts


CHECK = Check(
    id="projects.stated",
    title=Text("项目执行数前后一致", "Funds used in the text are those of the sheet"),
    rule=Text(
        "文字说明和评价报告所述项目使用资金等于其自评表的全年执行数；位数较少的仅作提示。评价报告同一句中所列各项之"
        "和等于使用资金；该句可能涉及其他金额，差异存疑。所述资金使用率与使用资金、全年预算数不符的存疑。",
        "What the prose and the evaluation report state a project to have used is what its sheet prints as "
        "executed; an amount stated in fewer digits is an observation. The items that a report states in the same "
        "sentence add up to it; since the sentence may speak of other amounts too, a difference is doubtful, and so "
        "is a rate of use that its amounts do not give.",
    ),
    basis=EVALUATION,
    cases={
        "used": Case(
            Text(
                "{topic:term}所述项目使用资金为{reported}，自评表全年执行数为{derived}",
                "funds used: {reported} stated ({topic:term}), {derived} executed in the sheet",
            ),
            CHECK_TEXT,
        ),
        "rate": Case(
            Text(
                "所述资金使用率为{rate:number}，而所述使用资金{used:number}、自评表全年预算数{budget:number}",
                "a rate of use of {rate:number} is stated, while {used:number} of {budget:number} was used",
            ),
            CHECK_TEXT,
        ),
        "items": Case(
            Text(
                "所述项目使用资金为{reported}，同一句中所列各项合计为{derived}",
                "funds used: {reported}, while the items stated with them add up to {derived}",
            ),
            CHECK_TEXT,
        ),
    },
    examine=examine,
)
