"""年初预算 against 决算: of every 项 that the prose names by (类)(款)(项), and of the whole; with coded reasons."""

from __future__ import annotations

import re

from graph_data.core import vocabulary as words
from graph_data.core.amount import read_number
from graph_data.core.records import BudgetDeviationRecord
from graph_data.core.terms import DeviationReason, Direction, Role, Topic
from graph_data.reading.narrative.passages import Passage
from graph_data.reading.narrative.quantities import NUMBER
from graph_data.reading.narrative.story import Story
from graph_data.reading.narrative.subjects import NamedSubject, SubjectIndex

TOTAL = "TOTAL"
_UNIT = r"(?:亿元|万元|元)"
_DEVIATION = re.compile(
    rf"年初预算数?为?(?P<initial>{NUMBER})(?P<initial_unit>{_UNIT})[,。;]"
    rf"(?:支出)?决算数?为?(?P<final>{NUMBER})(?P<final_unit>{_UNIT})"
    rf"(?:[,。;]完成(?:年初|全年)?预算的?(?P<percent>{NUMBER})%)?"
)
_DIRECTION = re.compile(r"决算数?(?P<word>小于|大于|低于|高于|等于)|(?P<flat>持平)")
_REASON = re.compile(r"原因(?:是|为|:)?(?P<reason>[^。]*)")


def read(passage: Passage, story: Story, subjects: SubjectIndex) -> None:
    """State the deviations of a passage. A subject that no table prints, by name or by amount, has no code."""
    for match in _DEVIATION.finditer(passage.text):
        named = subjects.named(passage.text[: match.start()])
        code = _code(named, match, subjects) if named else None
        item = TOTAL if named is None else code or named.name
        label = "支出合计" if named is None else named.name
        position = story.position(Topic.BUDGET_DEVIATION, item, Role.INITIAL_BUDGET)
        for role, group in ((Role.INITIAL_BUDGET, "initial"), (Role.FINAL, "final")):
            story.state(passage, match.start(group), Topic.BUDGET_DEVIATION, item, role, position, label,
                        match[group], match[f"{group}_unit"])  # fmt: skip
        if match["percent"]:
            story.state(passage, match.start("percent"), Topic.BUDGET_DEVIATION, item, Role.COMPLETION_PERCENT,
                        position, label, match["percent"], "%")  # fmt: skip
        rest = passage.text[match.end() :]
        story.deviations.append(BudgetDeviationRecord(
            story.account, item, position, code, _direction(rest), _reasons(rest),
            passage.source(match.start(), label),
        ))  # fmt: skip


def _code(named: NamedSubject, match: re.Match[str], subjects: SubjectIndex) -> str | None:
    """The subject's code by its name, else by what it spent."""
    final = read_number(match["final"], match["final_unit"]).fen
    return named.code or (subjects.by_amount(named, final) if final else None)


def _direction(text: str) -> Direction | None:
    match = _DIRECTION.search(text)
    if match is None:
        return None
    if match["flat"] or match["word"] == "等于":
        return Direction.FLAT
    return Direction.INCREASE if match["word"] in ("大于", "高于") else Direction.DECREASE


def _reasons(text: str) -> tuple[DeviationReason, ...]:
    match = _REASON.search(text)
    if match is None:
        return (DeviationReason.ON_BUDGET,) if "持平" in text else ()
    found = tuple(reason for pattern, reason in words.REASONS if pattern.search(match["reason"]))
    return found or (DeviationReason.OTHER,)
