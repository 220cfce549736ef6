"""Collecting what the prose states: facts with their places in the passages, and which numbers were recognised."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from graph_data.core.amount import MONEY_UNITS, Number, decimals_of, read_number
from graph_data.core.records import AccountKey, BudgetDeviationRecord, ComparisonRecord, FactRecord
from graph_data.core.terms import Role, Topic
from graph_data.reading.narrative.passages import Passage
from graph_data.reading.narrative.quantities import NUMBER
from graph_data.reading.tally import Tally, Use

TOTAL = "TOTAL"  # the item of a topic's whole
_NUMBER = re.compile(NUMBER)


@dataclass(slots=True)
class Story:
    """The facts of one document so far. Numbers get the scale of the whole prose when it is closed."""

    account: AccountKey
    tally: Tally
    facts: list[FactRecord] = field(default_factory=list)
    comparisons: list[ComparisonRecord] = field(default_factory=list)
    deviations: list[BudgetDeviationRecord] = field(default_factory=list)
    claimed: dict[tuple[int, int], str] = field(default_factory=dict)
    _taken: set[tuple[Topic, str, Role, int]] = field(default_factory=set)
    _free: dict[tuple[Topic, str, tuple[Role, ...]], int] = field(default_factory=dict)

    def position(self, topic: Topic, item: str, *roles: Role) -> int:
        """The first position at which none of the roles is taken."""
        place = self._free.get((topic, item, roles), 1)
        while any((topic, item, role, place) in self._taken for role in roles):
            place += 1
        self._free[topic, item, roles] = place
        return place

    def state(
        self, passage: Passage, start: int, topic: Topic, item: str, role: Role, position: int, label: str,
        text: str, unit: str, as_of: str | None = None,
    ) -> None:  # fmt: skip
        """Record the number that stands at `start` of a passage; one that no budget can hold is left over."""
        try:
            number = read_number(text, unit)
        except ValueError:
            return
        self._taken.add((topic, item, role, position))
        self.claim(passage, start, item)
        source = passage.source(start, label, role.value)
        self.facts.append(FactRecord(self.account, topic, item, position, role, label, as_of, number, source))

    def claim(self, passage: Passage, start: int, item: str) -> None:
        """Mark a number as recognised as being about `item`, so that no other reader and no ledger takes it."""
        if (id(passage), start) not in self.claimed and (number := _NUMBER.match(passage.text, start)):
            for paragraph, at, to in passage.spans(start, number.end()):
                self.tally.take_words(paragraph, at, to, Use.VALUE)
        self.claimed[(id(passage), start)] = item

    def claimant(self, passage: Passage, start: int) -> str | None:
        """What a number has been recognised as being about, or None."""
        return self.claimed.get((id(passage), start))

    def close(self) -> tuple[FactRecord, ...]:
        """The facts in order, money and percentages at the scale of the whole prose."""
        scales: dict[bool | str, int] = {}
        for fact in self.facts:
            kind = _kind(fact.number)
            scales[kind] = max(scales.get(kind, 0), decimals_of(fact.number.text))
        return tuple(
            fact if (scale := scales[_kind(fact.number)]) == fact.number.decimals
            else replace(fact, number=replace(fact.number, decimals=scale))
            for fact in self.facts
        )  # fmt: skip


def _kind(number: Number) -> bool | str:
    return number.unit if number.unit not in MONEY_UNITS else number.unit in MONEY_UNITS
