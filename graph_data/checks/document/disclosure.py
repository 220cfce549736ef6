"""Is all there that must be published? (应公开事项)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.disclosure import checklist
from graph_data.checks.examination import Examination
from graph_data.checks.wording import COMPLETE, DISCLOSURE, Case, Check, Text, say
from graph_data.core.terms import DisclosureStatus, Severity

NAMED = 3  # of the missing definitions, so many are named


def examine(book: Book, exam: Examination) -> Examination:
    """Go through the list; the tables are `document.statements`."""
    for standing in checklist(book):
        if standing.item.form is not None or standing.status is DisclosureStatus.NOT_READ:
            continue
        exam.compared += 1
        if standing.status is not DisclosureStatus.ABSENT:
            continue
        if standing.missing:
            listed = "、".join(standing.missing[:NAMED]) + ("…" if len(standing.missing) > NAMED else "")
            said = say("undefined", count=len(standing.missing), subjects=listed)
        else:
            said = say("absent", item=standing.item.title)
        exam.note(Severity.INFO, said, book.node, standing.sources)
    return exam.or_insufficient("未保留本文件的文字", "the document's words are not kept")


CHECK = Check(
    id="document.disclosure",
    title=Text("应公开事项", "Is all there that must be published?"),
    rule=Text(
        "情况说明列出了应公开的事项：“三公”经费的预决算、与上年对比、团组、车辆、接待，机关运行经费及与上年对比，政府采购及授予中小企"
        "业金额，资产，绩效管理与自评结果，所用项级科目的名词解释。未见的仅作提示。",
        "The explanations state what must be published: the three public expenses with their budget, last year, trips, "
        "vehicles and receptions; agency operating expenses with last year; procurement with the share of small and "
        "medium enterprises; assets; performance management and the results; definitions of the 项 used. What is not "
        "there is an observation.",
    ),
    basis=DISCLOSURE,
    cases={
        "absent": Case(Text("情况说明未见：{item:both}", "the explanations do not state {item:both}"), COMPLETE),
        "undefined": Case(
            Text("{count}个项级科目没有名词解释：{subjects}", "{count} subjects are not defined: {subjects}"), COMPLETE
        ),
    },
    examine=examine,
)
