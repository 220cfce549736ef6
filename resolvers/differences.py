"""Two accounts, or two versions of one, cell by cell of the tables that both print: where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graph_data.core.errors import MemberError, QuestionError
from graph_data.core.records import Account, AccountKey, ColumnRecord, FigureRecord, LineRecord
from graph_data.core.terms import ColumnKey, LineItem, Phase, Side, StatementForm
from graph_data.dataset import Dataset
from graph_data.graph import Node, NodeKind
from graph_data.members import nearest
from resolvers.final_accounts import account_of
from resolvers.nodes import of_kind
from resolvers.paging import Cut, Page, page

_Row: TypeAlias = tuple[Side | None, LineItem | None, LineItem | None, str]
_Place: TypeAlias = tuple[StatementForm, _Row, tuple[ColumnKey, Side | None, Phase | None]]
_Cells: TypeAlias = dict[_Place, tuple[LineRecord, ColumnRecord, FigureRecord]]


@dataclass(frozen=True, slots=True)
class AccountDifference:
    """A place of a table where two accounts print unlike amounts; None where one prints none there."""

    line: LineRecord
    column: ColumnRecord
    own: FigureRecord | None
    other: FigureRecord | None

    @property
    def fen(self) -> int:
        """What the first prints more than the second; a blank and a dash are nothing to add."""
        return sum(
            sign * (each.number.fen or 0) for sign, each in ((1, self.own), (-1, self.other)) if each is not None
        )


def differences(
    dataset: Dataset, node: Node, other: str, form: StatementForm | None, cut: Cut
) -> Page[AccountDifference]:
    """A page of where two accounts differ, in the order of the first; rows are matched by what they are.

    Raises MemberError where the other id is that of no account.
    """
    against = of_kind(dataset, other, NodeKind.FINAL_ACCOUNTS)
    if against is None:
        offered = nearest(dataset, NodeKind.FINAL_ACCOUNTS, other.rpartition(":")[2], lambda _: True)
        raise MemberError(f"other: {other[:60]!r} is no account", offered)
    found = _between(account_of(dataset, node), account_of(dataset, against), form)
    return page(dataset.version, ("differences", node.id, against.id, form), found, cut)


@dataclass(frozen=True, slots=True)
class AccountVersion:
    """One version of an account: what was published, or what is served of an account that nobody published here.

    `number` is that of its publication, from 1, 0 where there was none; `digest` is None where it was withdrawn.
    """

    key: AccountKey
    number: int
    digest: str | None
    client: str | None
    time: str | None
    reason: str | None
    is_served: bool


def versions(dataset: Dataset, key: AccountKey) -> list[AccountVersion]:
    """Every version of an account that is known here, the oldest first; none over an index."""
    known = () if dataset.archive is None else dataset.archive.versions(key)
    served = dataset.digests.get(key)
    last = max((number for number, each in enumerate(known) if each.digest == served), default=None)
    found = [
        AccountVersion(key, each.number, each.digest, each.client, each.time, each.reason, number == last)
        for number, each in enumerate(known)
    ]
    if served is None or last is not None:
        return found
    return [AccountVersion(key, 0, served, None, None, None, True), *found]


def version_differences(
    dataset: Dataset, version: AccountVersion, to: str | None, form: StatementForm | None, cut: Cut
) -> Page[AccountDifference] | None:
    """A page of where a version differs from another of the same account, by its digest, or from what is served.

    None for a withdrawal, which says nothing. Raises QuestionError for a digest that is none of the account's.
    """
    if version.digest is None:
        return None
    known = {each.digest: each for each in versions(dataset, version.key)}
    against = dataset.digests.get(version.key) if to is None else to
    if against not in known or against is None:
        raise QuestionError(f"to: {str(to)[:80]!r} is no version of this account; ask for FinalAccounts.versions")
    own, other = _said(dataset, version.key, version.digest), _said(dataset, version.key, against)
    found = _between(own, other, form)
    return page(dataset.version, ("versions", version.key, version.digest, against, form), found, cut)


def _said(dataset: Dataset, key: AccountKey, digest: str) -> Account:
    served = dataset.account(key) if dataset.digests.get(key) == digest else None
    if served is not None:
        return served
    if dataset.archive is None:
        raise LookupError(f"{digest} is kept nowhere")
    return dataset.archive.account(digest)


def _between(own: Account, other: Account, form: StatementForm | None) -> list[AccountDifference]:
    forms = {each.form for each in own.statements} & {each.form for each in other.statements}
    return list(_compare(_cells(own, forms, form), _cells(other, forms, form)))


def _compare(own: _Cells, other: _Cells) -> Iterator[AccountDifference]:
    for place in (*own, *(each for each in other if each not in own)):
        one, two = own.get(place), other.get(place)
        line, column, _ = one or two or (None, None, None)
        difference = AccountDifference(line, column, one and one[2], two and two[2])  # type: ignore[arg-type]
        if difference.fen:
            yield difference


def _cells(account: Account, forms: set[StatementForm], form: StatementForm | None) -> _Cells:
    lines: Mapping[tuple[StatementForm, int], LineRecord] = {(each.form, each.line): each for each in account.lines}
    columns = {(each.form, each.column): each for each in account.columns}
    found: _Cells = {}
    for figure in account.figures:
        if figure.form in forms and form in (None, figure.form):
            line, column = lines[figure.form, figure.line], columns[figure.form, figure.column]
            above = None if line.parent is None else lines[figure.form, line.parent].item
            row = (line.side, line.item, above if line.item else None, line.code or ("" if line.item else line.label))
            found.setdefault((figure.form, row, (column.key, column.side, column.phase)), (line, column, figure))
    return found
