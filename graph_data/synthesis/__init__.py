"""Synthetic final accounts in the shape of real ones, as many as wanted, from a seed.

    SCALES["city"]                   how many of everything
    batches(scale, seed)             what one package each will hold: a division's year
    batch.accounts()                 its accounts; the same for the same seed, whatever else is made

Every account agrees with itself: totals add up, prose and sheets repeat the tables, last year's figures are those of
last year's account. Places, bodies, amounts and words are invented; only the codes and names of the classification
are real.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from graph_data.core.record_factory import maker
from graph_data.core.records import (
    Account,
    AccountKey,
    AccountRecord,
    DocumentRecord,
    NarrativeRecord,
    SubjectRecord,
    UnitRecord,
)
from graph_data.core.terms import AccountKind, Classification, NarrativeKind
from graph_data.synthesis import catalog
from graph_data.synthesis.draft import Body, Draft, draft
from graph_data.synthesis.printing import Paper
from graph_data.synthesis.prose import Prose
from graph_data.synthesis.tables import Sheets, Tables

__all__ = ["SCALES", "Batch", "Scale", "account", "batches"]

_subject = maker(SubjectRecord)
LAST_YEAR = 2024


@dataclass(frozen=True, slots=True)
class Scale:
    """How many of everything: departments in all, at most so many a division, and what each has."""

    departments: int
    a_division: int = 100
    years: int = 5
    units: int = 6
    projects: int = 11

    def of(self, departments: int) -> Scale:
        """The same with another number of departments; in one division where this has one."""
        one = self.departments <= self.a_division
        return replace(self, departments=departments, a_division=departments if one else self.a_division)


SCALES = {"department": Scale(1), "city": Scale(100), "province": Scale(10_000)}


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
        """One account a department."""
        for body in self.bodies:
            yield account(self.seed, self.scale, body, self.year)


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
    paper = Paper(AccountKey(body.division, body.code, year), "第一部分")
    units, duties = tuple(_units(paper, body, scale.units)), tuple(_duties(paper))
    tables, prose = Tables(paper, now), Prose(paper, now, before)
    sheets = Sheets(paper, now, Random(f"{seed}/{body.division}/{body.number}/{year}/sheets"))
    tables.print_all()
    prose.write_all()
    sheets.print_all(units)
    return Account(
        _opening(body, year), (_document(seed, paper.key),), units, tuple(sheets.projects), (), tuple(sheets.funding),
        tuple(sheets.indicators), tuple(_subjects(paper.key, now)), tuple(tables.statements), tuple(tables.columns),
        tuple(tables.lines), tuple(tables.figures), tuple(prose.facts), tuple(prose.comparisons),
        tuple(prose.deviations), tuple(prose.terms), (*duties, *sheets.narratives),
        (), (), (), (),
    )  # fmt: skip


def _city(division: int) -> str:
    again, place = divmod(division, len(catalog.CITIES))
    return f"{catalog.CITIES[place]}{catalog.ORDINALS[again] if again else ''}市"


def _opening(body: Body, year: int) -> AccountRecord:
    key, title = AccountKey(body.division, body.code, year), f"{year}年度{body.name}部门决算"
    return AccountRecord(key, body.division_name, body.code, body.name, title, AccountKind.DEPARTMENT, None)


def _document(seed: int, key: AccountKey) -> DocumentRecord:
    file = f"{key.division}-{key.department}-{key.fiscal_year}.txt"
    sha256 = hashlib.sha256(f"{seed} {file}".encode()).hexdigest()
    return DocumentRecord(key, 1, file, "text/plain", sha256)


def _units(paper: Paper, body: Body, number: int) -> Iterator[UnitRecord]:
    """本级 first; the others have the names of the catalog, over and over."""
    for place in range(number):
        again, which = divmod(place - 1, len(catalog.UNITS))
        name = f"{catalog.UNITS[which]}{again + 1 if again > 0 else ''}" if place else "本级"
        code = f"{body.code}{place + 1:03d}"
        yield UnitRecord(paper.key, code, code, f"{body.name}{name}", not place, place + 1, paper.next())


def _duties(paper: Paper) -> Iterator[NarrativeRecord]:
    for place, duty in enumerate(catalog.DUTIES, 1):
        yield NarrativeRecord(paper.key, NarrativeKind.DUTY, "", place, duty, paper.next())


def _subjects(key: AccountKey, now: Draft) -> Iterator[SubjectRecord]:
    for code, name in now.tree:
        yield _subject(key, Classification.FUNCTIONAL, code, name)
    for code, name, entries in (*catalog.PERSONNEL, *catalog.OPERATING):
        yield _subject(key, Classification.ECONOMIC, code, name)
        for entry in entries:
            yield _subject(key, Classification.ECONOMIC, entry[:5], entry[6:])
