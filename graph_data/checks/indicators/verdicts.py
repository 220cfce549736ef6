"""What the text says of indicators against their sheet (文字评价与自评表)."""

from __future__ import annotations

import re
from decimal import Decimal

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import CHECK_TEXT, EVALUATION, Case, Check, Text, say
from graph_data.core import vocabulary as words
from graph_data.core.achievement import is_achieved
from graph_data.core.amount import parse_decimal
from graph_data.core.records import IndicatorRecord, NarrativeRecord, ProjectRecord
from graph_data.core.terms import NarrativeKind, Severity

VERDICT = re.compile(
    r"(?P<names>[^。；;]{4,120}?)(?:等)?(?:关键|主要|各项)?指标(?:均|都|全部)?(?P<verdict>优于|超过|超出|好于|达到|符合)"
    r"(?:了)?(?:年初|年度)?(?:预期|目标)"
)
BETTER = ("优于", "超过", "超出", "好于")
COUNT = re.compile(
    r"(?P<before>[\u4e00-\u9fff]{4,})(?P<number>\d[\d,]*)(?P<unit>[个次项件场批人台套家户份期篇处])(?![\d个次项件元])"
)
SHARED = 4  # characters that a name and the words before a number have in common


def examine(book: Book, exam: Examination) -> Examination:
    """Hold verdicts and counts of the text against the indicators that they name."""
    if not book.evaluated:
        return exam.insufficient("未附项目自评表", "no sheet is attached")
    verdicts = [(note, match) for note, text in book.texts for match in VERDICT.finditer(words.plain(text))]
    outcomes = {note.about: note for note in book.passages if note.kind is NarrativeKind.GOAL_OUTCOME}
    for project in book.evaluated:
        leaves = book.leaves(project.project)
        for note, match in verdicts:
            named = [one for one in leaves if one.name and words.plain(one.name) in match["names"]]
            _judge(book, exam, project, named, note, match["verdict"])
        outcome = outcomes.get(str(project.project))
        if outcome is not None:
            _count(book, exam, project, leaves, outcome)
    return exam if exam.compared else exam.not_applicable("文字说明未评价指标", "the text judges no indicator")


def _judge(
    book: Book, exam: Examination, project: ProjectRecord, named: list[IndicatorRecord], note: NarrativeRecord,
    verdict: str,
) -> None:  # fmt: skip
    for one in named:
        exam.compared += 1
        is_level = one.target_value is not None and one.target_value == one.actual_value
        if (verdict in BETTER and is_level) or is_achieved(one) is False:
            said = say("verdict", project=project.name, indicator=one.name, verdict=verdict, target=one.target_text,
                       actual=one.actual_text)  # fmt: skip
            exam.note(Severity.WARNING, said, book.indicator_node(one), (note.source, one.source))


def _count(
    book: Book, exam: Examination, project: ProjectRecord, leaves: list[IndicatorRecord], note: NarrativeRecord
) -> None:
    """A number of the outcome that is an indicator's, in another unit."""
    for match in COUNT.finditer(words.plain(note.text)):
        value = parse_decimal(match["number"])
        for one in leaves:
            if one.actual_value != Decimal(value) or not one.actual_unit or not _shares(one.name, match["before"]):
                continue
            exam.compared += 1
            if len(one.actual_unit) == 1 and one.actual_unit != match["unit"]:
                said = say("unit", project=project.name, indicator=one.name, actual=one.actual_text,
                           stated=match["number"] + match["unit"])  # fmt: skip
                exam.note(Severity.INFO, said, book.indicator_node(one), (note.source, one.source))


def _shares(name: str, before: str) -> bool:
    return any(name[at : at + SHARED] in before for at in range(len(name) - SHARED + 1))


CHECK = Check(
    id="indicators.verdicts",
    title=Text("文字评价与自评表", "What the text says of indicators against their sheet"),
    rule=Text(
        "文字说明称优于预期的指标，实际完成值不恰等于目标值；称达到预期的，自评表不显示未达到（存疑）。目标实际完成情况所述数量与同一指标的实"
        "际完成值单位一致（提示）。",
        "An indicator that the text calls better than expected has not just its target; one said to meet it does not "
        "miss it on its sheet (else doubtful). A number that the outcome of the goal states counts in the unit of the "
        "indicator (else an observation).",
    ),
    basis=EVALUATION,
    cases={
        "verdict": Case(
            Text(
                "文字说明称“{indicator}”{verdict}预期，而项目“{project}”自评表目标{target}、实际{actual}",
                "{indicator} is said to be {verdict} expectation, while the sheet of {project} has {actual} for "
                "{target}",
            ),
            CHECK_TEXT,
        ),
        "unit": Case(
            Text(
                "项目“{project}”目标实际完成情况所述为{stated}，指标“{indicator}”实际完成值为{actual}",
                "{project}: {stated} in the outcome, {actual} of {indicator}",
            ),
            CHECK_TEXT,
        ),
    },
    examine=examine,
)
