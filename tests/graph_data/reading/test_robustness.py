"""Damaged documents: cut, or with flipped bits, or with another digit somewhere inside.

Each ends in a DocumentError or in a reading. Where the figures of a reading contradict each other, which is told
here by sums of its own, the checks or the ledger say so.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from graph_data.checks import examine
from graph_data.core.amount import Number
from graph_data.core.errors import DocumentError
from graph_data.core.records import Account
from graph_data.core.terms import CheckOutcome, ColumnKey, LineItem, StatementForm
from graph_data.reading import Given, Reading, read
from tests.made_up import Options, make
from tests.made_up.render.pdf import as_ruled
from tests.made_up.render.spreadsheet import as_texts
from tests.made_up.render.web import as_page
from tests.made_up.render.word import as_docx
from tests.sampled import sampled

MADE = make(3, Options(units=2, projects=2, sheets=1))
SECONDS = 60

Printed = dict[tuple[StatementForm, int, int], Number]
"""The amounts of all tables by form, line and column."""

TOTALS = (
    (StatementForm.REVENUE_AND_EXPENDITURE, LineItem.CURRENT_YEAR_EXPENDITURE),
    (StatementForm.EXPENDITURE, LineItem.TOTAL),
)
NATURES: dict[ColumnKey, tuple[ColumnKey, ...]] = {ColumnKey.TOTAL: (ColumnKey.BASIC, ColumnKey.PROJECT)}
ACROSS: dict[StatementForm, dict[ColumnKey, tuple[ColumnKey, ...]]] = {
    StatementForm.REVENUE: {ColumnKey.TOTAL: (ColumnKey.FISCAL_APPROPRIATION, ColumnKey.OTHER_REVENUE)},
    StatementForm.EXPENDITURE: NATURES,
    StatementForm.FISCAL_APPROPRIATION: {
        ColumnKey.TOTAL: (ColumnKey.GENERAL_PUBLIC_BUDGET, ColumnKey.GOVERNMENT_MANAGED_FUNDS)
    },
    StatementForm.GENERAL_PUBLIC_BUDGET: NATURES,
    StatementForm.THREE_PUBLIC_EXPENSES: {
        ColumnKey.TOTAL: (
            ColumnKey.OVERSEAS_OFFICIAL_TRAVEL, ColumnKey.OFFICIAL_VEHICLES, ColumnKey.OFFICIAL_HOSPITALITY
        ),
        ColumnKey.OFFICIAL_VEHICLES: (ColumnKey.OFFICIAL_VEHICLE_PURCHASE, ColumnKey.OFFICIAL_VEHICLE_OPERATION),
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document, how to make it, and how many damaged ones to try."""

    name: str
    suffix: str
    render: Callable[[str], bytes]
    cases: int


KINDS = (
    Kind("text", ".txt", str.encode, 50),
    Kind("html", ".html", as_page, 50),
    Kind("xlsx", ".xlsx", as_texts, 40),
    Kind("docx", ".docx", as_docx, 40),
    Kind("pdf", ".pdf", partial(as_ruled, is_packed=False), 40),
    Kind("packed pdf", ".pdf", as_ruled, 10),
)


@cache
def _whole(kind: Kind) -> bytes:
    return kind.render(MADE.text)


def _cut(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(len(data))]


def _flipped(random: Random, data: bytes) -> bytes:
    """One to four bits the other way round."""
    damaged = bytearray(data)
    for _ in range(random.randint(1, 4)):
        damaged[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(damaged)


def _another_digit(random: Random, data: bytes) -> bytes:
    """Another digit in the content; of a packed file, in its largest members."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return _with_digit(random, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    chosen = random.choice(sorted(members, key=lambda name: len(members[name]))[-3:])
    members[chosen] = _with_digit(random, members[chosen])
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def _with_digit(random: Random, data: bytes) -> bytes:
    places = [place for place, byte in enumerate(data) if byte in b"0123456789"]
    place = random.choice(places)
    digit = random.choice([digit for digit in b"0123456789" if digit != data[place]])
    return data[:place] + bytes([digit]) + data[place + 1 :]


DAMAGES = (_cut, _flipped, _another_digit)


def _damaged(kind: Kind, number: int) -> bytes:
    random = Random(f"{kind.name} {number}")
    return DAMAGES[number % len(DAMAGES)](random, _whole(kind))


def _cases() -> Iterator[Any]:
    for kind in KINDS:
        for number in range(kind.cases):
            damage = DAMAGES[number % len(DAMAGES)].__name__.strip("_")
            yield pytest.param(kind, number, id=f"{kind.name} {damage} {number}")


def _contradicts(account: Account) -> bool:
    """Do the cells of the tables contradict each other, by sums down and across and by a total printed twice?"""
    printed = {(one.form, one.line, one.column): one.number for one in account.figures if one.number.fen is not None}
    rows = {(line.form, line.line) for line in account.lines if (line.form, line.item) in TOTALS}
    totals = {row: printed[min(at for at in printed if at[:2] == row)].fen for row in rows}
    sums = (*_down(account, printed), *_across(account, printed))
    return any(_misses(whole, parts) for whole, parts in sums) or len(set(totals.values())) > 1


def _down(account: Account, printed: Printed) -> Iterator[tuple[Number, list[Number]]]:
    """Every printed cell with those of the rows that are a part of its row."""
    children: dict[tuple[StatementForm, int | None], list[int]] = defaultdict(list)
    for line in account.lines:
        children[line.form, line.parent].append(line.line)
    for (form, row, column), whole in printed.items():
        if below := children.get((form, row)):
            yield whole, [printed[at] for part in below if (at := (form, part, column)) in printed]


def _across(account: Account, printed: Printed) -> Iterator[tuple[Number, list[Number]]]:
    """Every printed cell with those beside it that its column sums."""
    places = {(column.form, column.phase, column.key): column.column for column in account.columns}
    columns = {(column.form, column.column): column for column in account.columns}
    for (form, line, number), whole in printed.items():
        column = columns[form, number]
        if keys := ACROSS.get(form, {}).get(column.key):
            parts = [places.get((form, column.phase, key), 0) for key in keys]
            yield whole, [printed[at] for part in parts if (at := (form, line, part)) in printed]


def _misses(whole: Number, parts: list[Number]) -> bool:
    """Further apart than half a unit of the last digit of each of them."""
    return 2 * abs((whole.fen or 0) - sum(part.fen or 0 for part in parts)) > whole.step * (len(parts) + 1)


def _is_told(reading: Reading) -> bool:
    """Does the ledger or a check say that something is wrong?"""
    ledger = reading.ledger
    failed = any(entry.outcome is CheckOutcome.FAILED for entry in examine(reading.account))
    return failed or bool(ledger.unread or ledger.lacking)


def _read(kind: Kind, data: bytes, folder: Path) -> Reading | DocumentError:
    """The reading of a file of these bytes, or its refusal."""
    document = folder / f"document{kind.suffix}"
    document.write_bytes(data)
    try:
        return read(document, Given(division=MADE.facts.account[0]))
    except DocumentError as error:
        return error


@pytest.mark.parametrize(("kind", "number"), sampled(_cases(), 8))
def test_damage_is_refused_or_what_it_did_to_the_tables_is_told(kind: Kind, number: int, tmp_path: Path) -> None:
    started = time.monotonic()
    outcome = _read(kind, _damaged(kind, number), tmp_path)
    assert time.monotonic() - started < SECONDS
    if isinstance(outcome, DocumentError):
        assert outcome.found
        assert outcome.expected
    elif _contradicts(outcome.account):
        assert _is_told(outcome)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_whole_document_contradicts_nothing(kind: Kind, tmp_path: Path) -> None:
    outcome = _read(kind, _whole(kind), tmp_path)
    assert isinstance(outcome, Reading)
    assert not _contradicts(outcome.account)
