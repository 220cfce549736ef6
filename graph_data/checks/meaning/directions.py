"""meaning.directions — 目标方向

A target that asks for at least so much of something consumed rewards consumption: an observation, not an error.
"""

from __future__ import annotations

import re

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.core.terms import Comparator, Severity

CONSUMED = re.compile(r"用水量|用电量|耗水|耗电|能耗|油耗|耗材|用纸量|用气量")


def examine(book: Book, exam: Examination) -> Examination:
    """Look for consumption with a lower bound."""
    if not book.evaluated:
        return exam.insufficient("no sheet is attached")
    for project in book.evaluated:
        for one in book.indicators(project.project):
            if one.target_comparator is None:
                continue
            exam.compared += 1
            if CONSUMED.search(one.name) and one.target_comparator in (Comparator.AT_LEAST, Comparator.GREATER):
                message = f"{project.name}, {one.name} ({one.target_text}): the target rewards consumption"
                exam.note(Severity.INFO, message, book.indicator_node(one), (one.source,))
    return exam.or_insufficient("no indicator prints a target with a direction")
