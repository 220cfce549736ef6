"""One account out of drafts: its tables, prose and sheets on one paper."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
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
from graph_data.core.terms import Classification, NarrativeKind
from graph_data.synthesis import catalog
from graph_data.synthesis.draft import Body, Draft
from graph_data.synthesis.printing import Paper
from graph_data.synthesis.prose import Prose
from graph_data.synthesis.tables import Sheets, Tables

_subject = maker(SubjectRecord)


def published(
    seed: int, record: AccountRecord, now: Draft, before: Draft, units: Sequence[UnitRecord], paper: Paper
) -> Account:
    """The account of a year; `paper` is the one that its units were listed on."""
    duties = tuple(_duties(paper))
    tables, prose = Tables(paper, now), Prose(paper, now, before)
    sheets = Sheets(paper, now, Random(f"{seed}/{now.body.division}/{now.body.number}/{now.year}/sheets"))
    tables.print_all()
    prose.write_all()
    sheets.print_all(tuple(units))
    return Account(
        record, (_document(seed, paper.key),), tuple(units), tuple(sheets.projects), (), tuple(sheets.funding),
        tuple(sheets.indicators), tuple(_subjects(paper.key, now)), tuple(tables.statements), tuple(tables.columns),
        tuple(tables.lines), tuple(tables.figures), tuple(prose.facts), tuple(prose.comparisons),
        tuple(prose.deviations), tuple(prose.terms), (*duties, *sheets.narratives),
        (), (), (), (),
    )  # fmt: skip


def _document(seed: int, key: AccountKey) -> DocumentRecord:
    file = f"{key.division}-{key.department}-{key.fiscal_year}.txt"
    sha256 = hashlib.sha256(f"{seed} {file}".encode()).hexdigest()
    return DocumentRecord(key, 1, file, "text/plain", sha256)


def units_of(paper: Paper, body: Body, number: int) -> Iterator[UnitRecord]:
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
