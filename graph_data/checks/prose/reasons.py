"""Reasons for differing from the budget (预决算差异原因)."""

from __future__ import annotations

import re
from collections import defaultdict

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import DISCLOSURE, EXPLAIN, Case, Check, Text, say
from graph_data.core import vocabulary as words
from graph_data.core.records import BudgetDeviationRecord
from graph_data.core.terms import ColumnKey, Role, Severity, StatementForm, Topic

TOPIC = Topic.BUDGET_DEVIATION
GIVEN = re.compile(r"原因|主要是|由于|因[为此]?|所致|导致|致使|影响")
REASON = re.compile(r"原因(?:是|为|在于|:)?(?P<reason>[^。]{6,})。")
OF_PROJECTS = re.compile("项目支出|部分项目|项目(?:未|压减|减少|增加)")
SAME = 4


def examine(book: Book, exam: Examination) -> Examination:
    """Look for the reason of each difference, and for what it says."""
    book.asked.add(TOPIC)
    reasons: dict[str, list[BudgetDeviationRecord]] = defaultdict(list)
    for deviation in book.account.budget_deviations:
        text = words.plain(book.text_around(deviation.source))
        if deviation.code is None or not text or not _differs(book, deviation):
            continue
        exam.compared += 1
        match = REASON.search(text)
        if match is not None:
            reasons[match["reason"]].append(deviation)
            if OF_PROJECTS.search(match["reason"]):
                _look_for_projects(book, exam, deviation)
        elif not GIVEN.search(text):
            said = say("missing", code=deviation.code)
            exam.note(Severity.INFO, said, book.subject_node(deviation.code), (deviation.source,))
    for reason, deviations in reasons.items():
        if len(deviations) >= SAME:
            said = say("same", count=len(deviations), reason=reason)
            exam.note(Severity.INFO, said, book.node, tuple(each.source for each in deviations))
    return exam.or_insufficient("文字说明未列有差异的科目", "the text states no subject that differs from its budget")


def _differs(book: Book, deviation: BudgetDeviationRecord) -> bool:
    roles = (Role.INITIAL_BUDGET, Role.BUDGET)
    budgets = (book.fact(TOPIC, deviation.item, role, deviation.position) for role in roles)
    budget, final = next(filter(None, budgets), None), book.fact(TOPIC, deviation.item, Role.FINAL, deviation.position)
    return budget is not None and final is not None and budget.number.fen != final.number.fen


def _look_for_projects(book: Book, exam: Examination, deviation: BudgetDeviationRecord) -> None:
    table = book.table(StatementForm.EXPENDITURE)
    line = table.line(code=deviation.code) if table is not None else None
    if table is None or line is None:
        return
    basic, projects = (table.cell(line, table.column(key)) for key in (ColumnKey.BASIC, ColumnKey.PROJECT))
    if basic is not None and basic.number.fen and (projects is None or not projects.number.fen):
        said = say("projects", subject=line.label, basic=basic.number)
        exam.note(Severity.INFO, said, book.subject_node(deviation.code or ""), (deviation.source, basic.source))


CHECK = Check(
    id="prose.reasons",
    title=Text("预决算差异原因", "Reasons for differing from the budget"),
    rule=Text(
        "决算数与预算数不同的科目说明了原因；原因不涉及该科目没有的项目支出；四个以上科目不用同一句话作原因。均仅作提示。",
        "A subject that differs from its budget has a reason; the reason does not speak of projects where the subject "
        "has none; four subjects or more do not share one and the same. All are observations.",
    ),
    basis=DISCLOSURE,
    cases={
        "missing": Case(
            Text(
                "文字说明未说明科目{code}决算数与预算数不同的原因",
                "no reason is given for the difference of {code} from its budget",
            ),
            EXPLAIN,
        ),
        "same": Case(
            Text("{count}个科目的差异原因相同：“{reason}”", "{count} subjects give the same reason: {reason}"),
            EXPLAIN,
        ),
        "projects": Case(
            Text(
                "“{subject}”的差异原因涉及项目，而该科目只有基本支出{basic:number}",
                "the reason of {subject} speaks of projects, while it has basic expenditure alone, {basic:number}",
            ),
            EXPLAIN,
        ),
    },
    examine=examine,
)
