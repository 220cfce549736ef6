"""What the numbers of a passage about totals are about: every total, source, nature, fund and subject that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph_data.core import vocabulary as words
from graph_data.core.terms import Measure
from graph_data.reading.narrative.passages import Passage
from graph_data.reading.narrative.subjects import NamedSubject, SubjectIndex

_TOTALS = re.compile("|".join(f"(?P<t{number}>{total.pattern})" for number, total in enumerate(words.TOTALS)))
_FUNDS = {
    "一般公共预算": "GENERAL_PUBLIC_BUDGET",
    "政府性基金": "GOVERNMENT_MANAGED_FUNDS",
    "国有资本经营": "STATE_CAPITAL_OPERATIONS",
}
_CARRIED = ("OPENING_CARRYOVER", "CLOSING_CARRYOVER")
_GRAND = frozenset({"REVENUE_GRAND_TOTAL", "EXPENDITURE_GRAND_TOTAL"})


@dataclass(frozen=True, slots=True)
class Mention:
    """What stands at a place of a passage: the items that it names and, of a subject, its names and code.

    `measure` is what a comparison with last year measures of it; None where nothing is measured.
    """

    start: int
    end: int
    items: tuple[str, ...]
    measure: Measure | None
    words: str
    subject: NamedSubject | None = None


def mentions(passage: Passage, subjects: SubjectIndex) -> list[Mention]:
    """The mentions of a passage by their ends; of those that end together the longest stands last."""
    found = [*_totals(passage), *_subjects(passage, subjects)]
    return sorted(found, key=lambda mention: (mention.end, -mention.start))


def _subjects(passage: Passage, subjects: SubjectIndex) -> Iterator[Mention]:
    measure = Measure.APPROPRIATION_EXPENDITURE
    if fund_of(passage.heading) is None and "财政拨款" not in passage.heading:
        measure = Measure.EXPENDITURE
    for subject in subjects.mentions(passage.text, "".join(passage.headings)):
        text = passage.text[subject.start : subject.end]
        yield Mention(subject.start, subject.end, (subject.code or subject.name,), measure, text, subject)


def _totals(passage: Passage) -> Iterator[Mention]:
    """The totals; a fund is one of revenue or of expenditure as its own words, else those before it, else the heading
    say. Under the heading of one fund what is not said of another is that fund's, and under that of all appropriations
    a grand total is theirs."""
    scope = fund_of(passage.heading)
    side = "收入" if "收入" in passage.heading and "支出" not in passage.heading else "支出"
    for match in _TOTALS.finditer(passage.text):
        number = int((match.lastgroup or "t0")[1:])
        total, text = words.TOTALS[number], match.group()
        last = max((text.rfind(word), word) for word in ("收入", "支出"))
        side = last[1] if last[0] >= 0 else side
        items, measure = total.items, total.measure
        if items == ("FUND",):
            fund = fund_of(text) or ""
            items = (f"{fund}_REVENUE",) if side == "收入" else (fund,)
            measure = Measure.REVENUE if side == "收入" else Measure.APPROPRIATION_EXPENDITURE
        elif scope is not None and scope != "GENERAL_PUBLIC_BUDGET":
            items = _of_fund(items, scope)
        elif items[0] in _CARRIED and ("财政拨款" in text or "财政拨款" in passage.heading):
            items = (f"APPROPRIATION_{items[0]}",)
        elif _GRAND.issuperset(items) and scope is None and "财政拨款" in passage.heading:
            items, measure = ("APPROPRIATION_GRAND_TOTAL",), Measure.APPROPRIATION_EXPENDITURE_WITH_CARRYOVER
        yield Mention(match.start(), match.end(), items, measure, text)


def fund_of(text: str) -> str | None:
    """The fund that some words name first."""
    found = [(text.index(name), fund) for name, fund in _FUNDS.items() if name in text]
    return min(found)[1] if found else None


def _of_fund(items: tuple[str, ...], fund: str) -> tuple[str, ...]:
    """The items of a section on one fund: its revenue, its expenditure, its carry-over."""
    own = {"REVENUE_TOTAL": f"{fund}_REVENUE", "EXPENDITURE_TOTAL": fund}
    return tuple(own.get(item, f"{fund}_{item}" if item in _CARRIED else item) for item in items)
