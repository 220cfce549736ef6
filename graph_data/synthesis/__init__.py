"""Synthetic final accounts in the shape of real ones, as many as wanted, from a seed.

    SCALES["city"]                   how many of everything
    batches(scale, seed)             what one package each will hold: a division's year
    batch.accounts()                 its accounts; the same for the same seed, whatever else is made

Every account agrees with itself: totals add up, prose and sheets repeat the tables, last year's figures are those of
last year's account. Places, bodies, amounts and words are invented; only the codes and names of the classification
are real.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph_data.core.records import Account, AccountKey, AccountRecord
from graph_data.core.terms import AccountKind
from graph_data.synthesis import catalog, life
from graph_data.synthesis.draft import Body, draft
from graph_data.synthesis.printing import Paper
from graph_data.synthesis.publishing import published, units_of

__all__ = ["SCALES", "Batch", "Scale", "account", "batches"]

LAST_YEAR = 2024


@dataclass(frozen=True, slots=True)
class Scale:
    """How many of everything: departments in all, at most so many a division, and what each has."""

    departments: int
    a_division: int = 100
    years: int = 5
    units: int = 6
    projects: int = 11
    is_lively: bool = False

    def of(self, departments: int) -> Scale:
        """The same with another number of departments; in one division where this has one."""
        one = self.departments <= self.a_division
        return replace(self, departments=departments, a_division=departments if one else self.a_division)


SCALES = {
    "department": Scale(1),
    "city": Scale(100),
    "province": Scale(10_000),
    "lively": Scale(12, years=3, units=2, projects=4, is_lively=True),
}


@dataclass(frozen=True, slots=True)
class Batch:
    """The accounts of a division's departments for a year; they make one package."""

    seed: int
    scale: Scale
    bodies: tuple[Body, ...]
    year: int

    @property
    def name(self) -> str:
        return f"{self.bodies[0].division}-{self.year}"

    def accounts(self) -> Iterator[Account]:
        """One account a department; of a lively scale those of units beside them (see `life`)."""
        for body in self.bodies:
            if self.scale.is_lively:
                yield from life.accounts(self.seed, self.scale.projects, body, self.year, LAST_YEAR)
            else:
                yield account(self.seed, self.scale, body, self.year)

    def faults(self) -> list[life.Fault]:
        """What is wrong in them on purpose, of a lively scale."""
        if not self.scale.is_lively:
            return []
        found = (life.fault_of(self.seed, self.scale.projects, body, self.year) for body in self.bodies)
        return [fault for fault in found if fault is not None]


def batches(scale: Scale, seed: int) -> Iterator[Batch]:
    """Division by division, oldest year first."""
    for division, first in enumerate(range(0, scale.departments, scale.a_division)):
        code = str(catalog.FIRST_DIVISION + 100 * division)
        number = min(scale.a_division, scale.departments - first)
        bodies = tuple(Body(code, _city(division), place) for place in range(number))
        for year in range(LAST_YEAR - scale.years + 1, LAST_YEAR + 1):
            yield Batch(seed, scale, bodies, year)


def account(seed: int, scale: Scale, body: Body, year: int) -> Account:
    """The account of a department and year."""
    now, before = (draft(seed, body, each, scale.projects) for each in (year, year - 1))
    key = AccountKey(body.division, body.code, year)
    record = AccountRecord(
        key, body.division_name, body.code, body.name, f"{year}年度{body.name}部门决算", AccountKind.DEPARTMENT, None
    )
    paper = Paper(key, "第一部分")
    return published(seed, record, now, before, tuple(units_of(paper, body, scale.units)), paper)


def _city(division: int) -> str:
    again, place = divmod(division, len(catalog.CITIES))
    return f"{catalog.CITIES[place]}{catalog.ORDINALS[again] if again else ''}市"
