"""indicators.achievement — 完成情况与得分

An indicator whose actual value meets its target has its full score, and one that misses it has not, unless a note
explains it. Targets in words are met where the actual value repeats them; other words decide nothing.
"""

from __future__ import annotations

from graph_data.achievement import is_achieved
from graph_data.checks.base import Examination
from graph_data.checks.book import Book
from graph_data.records import IndicatorRecord
from graph_data.terms import NarrativeKind, Severity


def examine(book: Book, exam: Examination) -> Examination:
    """Hold each score against its target."""
    if not book.evaluated:
        return exam.insufficient("no sheet is attached")
    explained = {note.about for note in book.account.narratives if note.kind is NarrativeKind.DEVIATION_NOTE}
    for project in book.evaluated:
        for one in book.indicators(project.project):
            if one.level == 3 and f"{project.project}/{one.indicator}" not in explained:
                _compare(book, exam, project.name, one)
    return exam if exam.compared else exam.insufficient("no indicator prints target, actual value and score")


def _compare(book: Book, exam: Examination, project: str, one: IndicatorRecord) -> None:
    met = is_achieved(one)
    if met is None and one.target_text and one.target_text == one.actual_text:
        met = True
    weight, score = one.max_score, one.score
    if met is None or weight is None or score is None or weight.value is None or score.value is None:
        return
    exam.compared += 1
    if met == (score.value >= weight.value):
        return
    stated = f"target {one.target_text}, actual {one.actual_text}, {score.text} of {weight.text} points"
    verdict = "met without full score" if met else "missed with full score"
    message = f"{project}, {one.name}: {verdict}, without a note ({stated})"
    exam.note(Severity.WARNING, message, book.indicator_node(one), (one.source,))
