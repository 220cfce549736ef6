"""prose.initial-budget — 年初预算合计

The initial budgets that the prose states by subject add up to the one it states for all of them, and so do the final
amounts, where it states every subject that the table of the general public budget prints.
"""

from __future__ import annotations

from graph_data.checks.base import Examination
from graph_data.checks.book import Book
from graph_data.records import FactRecord
from graph_data.terms import Role, StatementForm, Topic


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the subjects' amounts."""
    if book.fact(Topic.BUDGET_DEVIATION, "TOTAL", Role.INITIAL_BUDGET) is None:
        return exam.not_applicable("the prose states no total of initial budgets")
    for role, name in ((Role.INITIAL_BUDGET, "年初预算"), (Role.FINAL, "支出决算")):
        whole = book.fact(Topic.BUDGET_DEVIATION, "TOTAL", role)
        parts = [fact for fact in book.facts(Topic.BUDGET_DEVIATION, role=role) if fact.item != "TOTAL"]
        if whole is not None and _is_complete(book, parts):
            exam.sums(whole, parts, book.node, f"the stated total of {name} against the subjects stated")
    return exam if exam.compared else exam.insufficient("the prose does not state every subject of the table")


def _is_complete(book: Book, parts: list[FactRecord]) -> bool:
    table = book.table(StatementForm.GENERAL_PUBLIC_BUDGET)
    if table is None:
        return False
    leaves = {line.code for line in table.lines if line.code and not table.children(line)}
    return leaves <= {fact.item for fact in parts}
