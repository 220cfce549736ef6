"""indicators.achievement — 完成情况与得分

An indicator whose actual value meets its target has its full score, and one that misses it has not, unless a note
explains it. Targets in words are met where the actual value repeats them; other words decide nothing. Nor does a
number without ≥, ≤ or =, or one above a target with =: whether more is better is not said.
"""

from __future__ import annotations

from graph_data.achievement import is_achieved
from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.core.records import IndicatorRecord
from graph_data.core.terms import Comparator, NarrativeKind, Severity


def examine(book: Book, exam: Examination) -> Examination:
    """Hold each score against its target."""
    if not book.evaluated:
        return exam.insufficient("no sheet is attached")
    if not book.account.narratives:
        return exam.insufficient("the document's words are not kept, so that its notes on deviations are not known")
    explained = {note.about for note in book.account.narratives if note.kind is NarrativeKind.DEVIATION_NOTE}
    for project in book.evaluated:
        for one in book.leaves(project.project):
            if f"{project.project}/{one.indicator}" not in explained:
                _compare(book, exam, project.name, one)
    return exam.or_insufficient("no indicator prints target, actual value and score")


def _compare(book: Book, exam: Examination, project: str, one: IndicatorRecord) -> None:
    met, weight, score = _is_met(one), one.max_score, one.score
    if met is None or weight is None or score is None or weight.value is None or score.value is None:
        return
    exam.compared += 1
    if met == (score.value >= weight.value):
        return
    stated = f"target {one.target_text}, actual {one.actual_text}, {score.text} of {weight.text} points"
    verdict = "met without full score" if met else "missed with full score"
    message = f"{project}, {one.name}: {verdict}, without a note ({stated})"
    sources = (one.source,)
    exam.counted(score.value, weight.value, "分", book.indicator_node(one), sources, message, Severity.WARNING)


def _is_met(one: IndicatorRecord) -> bool | None:
    if one.target_text and one.target_text == one.actual_text:
        return True
    met = is_achieved(one)
    if met is False and one.target_comparator is None:
        return None
    is_above = one.target_value is not None and one.actual_value is not None and one.actual_value > one.target_value
    return None if met is False and one.target_comparator is Comparator.EQUAL and is_above else met
