"""Every number that a document prints, as a place where a fault can be planted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random
from typing import Any

from graph_data.core.amount import Number, read_number
from graph_data.core.records import Account, Source


@dataclass(frozen=True, slots=True)
class Site:
    """A number of a record: its table, its place in it, its field, and where the document prints it."""

    table: str
    place: int
    field: str
    number: Number
    source: Source
    family: str

    def record(self, account: Account) -> Any:
        """The record that holds it."""
        return getattr(account, self.table)[self.place]

    def planted(self, account: Account, number: Number | None) -> Account:
        """The account with another number there; None leaves a cell of a table blank."""
        records = list(getattr(account, self.table))
        if number is None:
            del records[self.place]
        else:
            records[self.place] = replace(records[self.place], **{self.field: number})
        fields: dict[str, Any] = {self.table: tuple(records)}
        return replace(account, **fields)


def sites(account: Account) -> Iterator[Site]:
    """All printed numbers with a value, in the order of the document's tables."""
    for place, figure in enumerate(account.figures):
        yield Site("figures", place, "number", figure.number, figure.source, figure.form.name)
    for place, fund in enumerate(account.funding):
        yield Site("funding", place, "number", fund.number, fund.source, f"SHEET {fund.quantity.name}")
    for place, one in enumerate(account.indicators):
        for field, number in (("max_score", one.max_score), ("score", one.score)):
            if number is not None:
                yield Site("indicators", place, field, number, one.source, f"SHEET {field}")
    for place, project in enumerate(account.projects):
        for field, number, source in (
            ("self_evaluation_score", project.self_evaluation_score, project.source),
            ("total_max_score", project.total_max_score, project.total_source),
            ("total_score", project.total_score, project.total_source),
        ):
            if number is not None and source is not None:
                yield Site("projects", place, field, number, source, f"PROJECT {field}")
    for place, fact in enumerate(account.facts):
        yield Site("facts", place, "number", fact.number, fact.source, f"PROSE {fact.topic.name}")


def fault(number: Number, random: Random) -> Number | None:
    """The number with two neighbouring digits swapped, or with one digit changed; None for a dash."""
    text = number.text
    digits = [n for n, mark in enumerate(text) if mark.isdigit()]
    if number.value is None or not digits:
        return None
    pairs = [(a, b) for a, b in pairwise(digits)
             if text[a] != text[b] and not (a == digits[0] and text[b] == "0")]  # fmt: skip
    marks = list(text)
    if pairs and random.random() < 0.5:
        one, other = random.choice(pairs)
        marks[one], marks[other] = marks[other], marks[one]
    else:
        at = random.choice(digits)
        marks[at] = random.choice([digit for digit in "123456789" if digit != marks[at]])
    return read_number("".join(marks), number.unit, number.decimals)
