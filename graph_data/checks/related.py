"""The other accounts that an account is held against: its department's of last year, and those of its own units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_data.core.errors import PackageError
from graph_data.core.records import Account, AccountKey
from graph_data.core.terms import AccountKind
from graph_data.graph.identities import Identities, identify


@dataclass(frozen=True, slots=True)
class Related:
    """`units` are given where every unit that a department's account lists has an account of its own for the year."""

    previous: Account | None = None
    units: tuple[Account, ...] = ()


ALONE = Related()


def related_accounts(accounts: Sequence[Account]) -> Mapping[AccountKey, Related]:
    """What each of some accounts is held against; nothing where they do not fit together, which the graph says."""
    try:
        identities = identify(sorted(accounts, key=lambda each: (each.key.fiscal_year, each.key)))
    except PackageError:
        return {}
    by_owner = {(identities.owners[each.key], each.key.fiscal_year): each for each in accounts}
    return {
        each.key: Related(
            by_owner.get((identities.owners[each.key], each.key.fiscal_year - 1)), _units(each, identities, by_owner)
        )
        for each in accounts
    }


def _units(
    account: Account, identities: Identities, by_owner: Mapping[tuple[str, int], Account]
) -> tuple[Account, ...]:
    if account.department.kind is not AccountKind.DEPARTMENT:
        return ()
    units = dict.fromkeys(identities.unit_of[account.key, unit.unit] for unit in account.units)
    found = [by_owner.get((unit, account.key.fiscal_year)) for unit in units]
    return tuple(each for each in found if each is not None) if all(found) else ()
