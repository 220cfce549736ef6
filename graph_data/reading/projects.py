"""Bringing together a project's names: the summary, its sheet, its summary in prose, its evaluation report.

The same project is spelt differently in each. Two names are one project when they are equal without their closing
项目 or 专项, or when no other project of the same unit is as alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from graph_data.core import vocabulary as words
from graph_data.core.records import AccountKey, ProjectAliasRecord, Source
from graph_data.reading.sheets import SheetHead, SummaryRow

ALIKE = 75  # of 100
_CLOSING = re.compile(r"(?:专项项目|专项|项目)$")


@dataclass(slots=True)
class Candidate:
    """A project with every name that has been found for it."""

    number: int
    unit: str | None
    names: list[tuple[str, Source]]
    row: SummaryRow | None = None
    head: SheetHead | None = None

    @property
    def name(self) -> str:
        """The sheet's name where there is a sheet, else the summary's."""
        return self.head.name if self.head else self.names[0][0]


class Projects:
    """The projects of a document: those of the summaries under their printed numbers (a number that comes again goes on
    from the last), then those with a sheet only."""

    def __init__(self, rows: Iterable[SummaryRow]) -> None:
        self.candidates: list[Candidate] = []
        for row in rows:
            taken = {one.number for one in self.candidates}
            number = row.number if row.number not in taken else max(taken) + 1
            self.candidates.append(Candidate(number, row.unit, [(row.name, row.source)], row=row))

    def with_sheet(self, head: SheetHead) -> Candidate:
        """The project of a sheet, new where the summary does not list it."""
        free = [
            one
            for one in self.candidates
            if one.head is None and (None in (head.unit, one.unit) or one.unit == head.unit)
        ]
        found = self._best(head.name, free)
        if found is None:
            number = max((candidate.number for candidate in self.candidates), default=0) + 1
            found = Candidate(number, head.unit, [])
            self.candidates.append(found)
        found.head, found.unit = head, found.unit or head.unit
        found.names.append((head.name, head.source))
        return found

    def mentioned(self, name: str, source: Source) -> Candidate | None:
        """The project that a heading in prose names, or None where none is meant; the spelling is kept."""
        found = self._best(name, self.candidates)
        if found is not None:
            found.names.append((name, source))
        return found

    def aliases(self, account: AccountKey) -> tuple[ProjectAliasRecord, ...]:
        """The other spellings, each once, in the order of the document."""
        records = []
        for candidate in self.candidates:
            seen = {candidate.name}
            for name, source in candidate.names:
                if name not in seen:
                    seen.add(name)
                    records.append(ProjectAliasRecord(account, candidate.number, name, source))
        return tuple(records)

    @staticmethod
    def _best(name: str, candidates: Iterable[Candidate]) -> Candidate | None:
        """The one project that a name is most like; None where none is like it, or two are equally."""
        ranked = sorted(
            ((max((likeness(name, other) for other, _ in one.names), default=0), one) for one in candidates),
            key=lambda entry: -entry[0],
        )
        if not ranked or ranked[0][0] < ALIKE or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        return ranked[0][1]


def likeness(first: str, second: str) -> int:
    """How alike two names are, from 0 to 100; what stands before the first dash counts for little."""
    one, two = _bare(first), _bare(second)
    if one == two:
        return 100
    if one[-1] == two[-1] and len(one[-1]) > 3:
        return 95
    return int(90 * SequenceMatcher(None, "".join(one), "".join(two), autojunk=False).ratio())


def _bare(name: str) -> list[str]:
    plain = _CLOSING.sub("", words.plain(name))
    head, dash, tail = plain.partition("-")
    return [re.sub(r"\W", "", head), re.sub(r"\W", "", tail)] if dash else [re.sub(r"\W", "", plain)]


def summaries(text: str) -> str | None:
    """The project that a paragraph of 绩效自评综述 opens with."""
    match = re.match(r"^(?:\d{1,2}[、.])?(?P<name>[^:。]+?)(?:项目)?(?:支出)?绩效自评综述:", text)
    return match["name"] if match else None


def evaluated(title: str) -> str | None:
    """The project that the title of an evaluation report names."""
    match = re.match(r"^(?:\d{4}年度?)?(?P<name>.+?)(?:项目)?(?:支出)?绩效评价报告$", title)
    return match["name"] if match else None
