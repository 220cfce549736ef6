"""Initial budgets by subject add up to the stated total (年初预算合计)."""

from __future__ import annotations

from collections.abc import Sequence

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval, total
from graph_data.checks.places import form_of
from graph_data.checks.wording import BUDGET_LAW, CHECK_TEXT, Case, Check, Text, say
from graph_data.core.records import FactRecord
from graph_data.core.terms import Role, Severity, Topic

TOPIC = Topic.BUDGET_DEVIATION


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the subjects' amounts."""
    initial, final = (book.fact(TOPIC, "TOTAL", role) for role in (Role.INITIAL_BUDGET, Role.FINAL))
    if initial is None:
        return exam.not_applicable("文字说明未列年初预算总额", "the prose states no total of initial budgets")
    budgets, finals = _parts(book, initial), _parts(book, final) if final is not None else []
    adds_up = final is not None and total(fact.number for fact in finals).overlaps(interval(final.number))
    all_add_up = adds_up and total(fact.number for fact in budgets).overlaps(interval(initial.number))
    if book.is_partial(TOPIC) and not all_add_up:
        return exam.insufficient("文字说明中有未归类的数字", "the prose has numbers that nothing recognised")
    if not finals or not (adds_up or _names_every_subject(book, initial, budgets)):
        return exam.insufficient("文字说明未列出表中全部科目", "the prose does not state every subject of the table")
    if final is not None:
        exam.sums(final, finals, book.node, say("final"))
    is_above = interval(initial.number).low > total(fact.number for fact in budgets).high
    severity = Severity.WARNING if is_above else Severity.ERROR
    exam.sums(initial, budgets, book.node, say("initial"), severity)
    return exam


def _parts(book: Book, whole: FactRecord) -> list[FactRecord]:
    """The amounts by subject of the same section, each subject once and at its lowest level stated."""
    section = whole.source.section
    stated = [
        fact
        for fact in book.facts(TOPIC, role=whole.role)
        if fact.item != "TOTAL" and fact.position == 1 and fact.source.section == section
    ]
    above = {fact.item[:length] for fact in stated for length in range(1, len(fact.item))}
    return [fact for fact in stated if not (fact.item.isdigit() and fact.item in above)]


def _is_above(code: str, other: str) -> bool:
    return code.isdigit() and other.startswith(code)


def _names_every_subject(book: Book, whole: FactRecord, parts: Sequence[FactRecord]) -> bool:
    form = form_of(whole)
    table = book.table(form) if form is not None else None
    if table is None:
        return False
    leaves = {line.code for line in table.lines if line.code and not table.children(line)}
    return all(any(_is_above(fact.item, leaf) for fact in parts) for leaf in leaves)


CHECK = Check(
    id="prose.initial-budget",
    title=Text("年初预算合计", "Initial budgets by subject add up to the stated total"),
    rule=Text(
        "文字说明分科目所列的年初预算之和等于所列年初预算总额，决算数亦然。仅在所有科目均已说明时比较：表中的科目全"
        "部列出，或其决算数之和等于总额。总额大于各科目之和的仅为存疑，因为未发生支出的科目可能未列出。",
        "The initial budgets that the prose states by subject add up to the one it states for all of them, and so "
        "do the final amounts. Compared where every subject is stated: each that the table prints, or as many as "
        "make up the final total. A total above its subjects is doubtful only, since a subject of which nothing was "
        "spent may have been left out.",
    ),
    basis=BUDGET_LAW,
    cases={
        "final": Case(
            Text(
                "文字说明所列支出决算总额为{reported}，所列各科目合计为{derived}",
                "the stated total of final expenditure is {reported}, while the subjects stated add up to {derived}",
            ),
            CHECK_TEXT,
        ),
        "initial": Case(
            Text(
                "文字说明所列年初预算总额为{reported}，所列各科目合计为{derived}",
                "the stated total of initial budgets is {reported}, while the subjects stated add up to {derived}",
            ),
            CHECK_TEXT,
        ),
    },
    examine=examine,
)
