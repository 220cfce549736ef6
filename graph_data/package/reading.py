"""A package on disk → accounts, or a PackageError that names file, row and column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter, le
from pathlib import Path
from typing import Any

from graph_data.core.collector import collector_at_rest
from graph_data.core.errors import PackageError
from graph_data.core.records import Account, AccountKey
from graph_data.package.compiled import keys
from graph_data.package.hashes import DESCRIPTOR, package_damages
from graph_data.package.integrity import Rows, check
from graph_data.package.quick import accounts_of
from graph_data.package.rows import decode
from graph_data.package.tables import TABLES, Table


@dataclass(frozen=True, slots=True)
class Packages:
    """The accounts of several packages, in the order of their keys, and what was wrong with the others."""

    accounts: tuple[Account, ...]
    refused: tuple[PackageError, ...]


def read_package(folder: Path) -> tuple[Account, ...]:
    """The accounts of one package, in the order of their keys; each account's tuples are in primary-key order.

    Columns and rows may stand in any order in the files. Raises PackageError at the first thing that is not what
    the package's own schema says; its `file` is the package's folder and the file in it. Raises DamagedError where a
    file is in order, but is not the one that was written: see `hashes`.
    """
    _check_descriptor(folder)
    with collector_at_rest():
        accounts = _read_quickly(folder) or _read_row_by_row(folder)
    for damage in package_damages(folder):
        raise damage
    return accounts


def _read_quickly(folder: Path) -> tuple[Account, ...] | None:
    """What is wrong is left to be said row by row, the files of the package in their order."""
    try:
        return accounts_of({table.file: (folder / table.file).read_bytes() for table in TABLES})
    except (OSError, ValueError):
        return None


def _read_row_by_row(folder: Path) -> tuple[Account, ...]:
    accounts: dict[AccountKey, Rows] = {}
    for table in TABLES:
        file = f"{folder.name}/{table.file}"
        _sort_in(accounts, table, decode(table, _bytes(folder, table.file), file), file)
        if not accounts:
            raise PackageError(file, "no account", "at least one row")
    for rows in accounts.values():
        check(rows, lambda table: f"{folder.name}/{table.file}")
    return tuple(_account(accounts[key]) for key in sorted(accounts))


def read_packages(paths: Sequence[Path], *, strict: bool) -> Packages:
    """The accounts of many packages: each path is a package or a folder of packages (read by name, others ignored).

    A broken package, or one that holds an account another package already gave, is refused as a whole: raised where
    `strict`, else collected. A path that is not there or holds no package is raised always.
    """
    accounts: dict[AccountKey, tuple[Account, Path]] = {}
    refused = []
    for folder in [folder for path in paths for folder in packages_in(path)]:
        try:
            found = read_package(folder)
            _check_new(found, folder, accounts)
        except PackageError as error:
            if strict:
                raise
            refused.append(error)
        else:
            accounts.update({account.key: (account, folder) for account in found})
    return Packages(tuple(accounts[key][0] for key in sorted(accounts)), tuple(refused))


def ordered(account: Account) -> Account:
    """The same account with every tuple in primary-key order, as a package keeps and gives it back."""
    return Account(account.department, *(_in_order(table, getattr(account, table.name)) for table in TABLES[1:]))


def _in_order(table: Table, records: tuple[Any, ...]) -> tuple[Any, ...]:
    found = keys(table.name)(records)
    if all(map(le, found, islice(found, 1, None))):
        return tuple(records)
    return tuple(record for _, record in sorted(zip(found, records, strict=True), key=itemgetter(0)))


def _sort_in(accounts: dict[AccountKey, Rows], table: Table, rows: Iterable[tuple[int, Any]], file: str) -> None:
    """Give each account its rows of a table; the first table says which accounts there are."""
    opens = table is TABLES[0]
    for row, record in rows:
        key = record.account
        if opens and key not in accounts:
            accounts[key] = {each.name: [] for each in TABLES}
        if key not in accounts:
            found = f"the account {key.division} {key.department} {key.fiscal_year}"
            raise PackageError(file, found, f"an account of {TABLES[0].file}", row, "department")
        accounts[key][table.name].append((row, record))


def _account(rows: Rows) -> Account:
    department, *rest = ([record for _, record in rows[table.name]] for table in TABLES)
    return ordered(Account(department[0], *(tuple(records) for records in rest)))


def _check_descriptor(folder: Path) -> None:
    """The reader's schema is the code's; the descriptor only has to be one and to list the tables."""
    file = f"{folder.name}/{DESCRIPTOR}"
    try:
        listed = {resource["path"] for resource in json.loads(_bytes(folder, DESCRIPTOR))["resources"]}
    except (ValueError, TypeError, KeyError, RecursionError):
        raise PackageError(file, "something else", 'JSON such as {"resources": [{"path": "department.csv"}]}') from None
    for table in TABLES:
        if table.file not in listed:
            expected = (
                "every table of the package; what an earlier version wrote has to be read again from its document"
            )
            raise PackageError(file, f"no resource with the path {table.file}", expected)


def _bytes(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError:
        raise PackageError(f"{folder.name}/{name}", "no such file", "every table of the package") from None
    except (OSError, ValueError) as error:
        raise PackageError(f"{folder.name}/{name}", f"no readable file ({error})", "a file") from None


def packages_in(path: Path) -> list[Path]:
    """The folder of a package, or the packages of a folder by name. Raises PackageError where there is none."""
    path = path.resolve()
    if (path / DESCRIPTOR).is_file():
        return [path]
    if not path.is_dir():
        raise PackageError(path.name, "no such folder", f"a folder with {DESCRIPTOR}, or a folder of such folders")
    found = [folder for folder in sorted(path.iterdir()) if (folder / DESCRIPTOR).is_file()]
    if not found:
        raise PackageError(path.name, "no package in it", f"a folder with {DESCRIPTOR}, or a folder of such folders")
    return found


def _check_new(found: Sequence[Account], folder: Path, accounts: dict[AccountKey, tuple[Account, Path]]) -> None:
    for account in found:
        if account.key in accounts:
            raise twice(account.key, folder, accounts[account.key][1])


def twice(key: AccountKey, folder: Path, other: Path) -> PackageError:
    """What is wrong with a package that holds an account which another package already gave."""
    name = f"the account {key.division} {key.department} {key.fiscal_year}, as in {_name(other, folder)}"
    return PackageError(f"{_name(folder, other)}/{TABLES[0].file}", name, "each account in one package")


def _name(folder: Path, beside: Path) -> str:
    """A folder's name, with its parent's where the other one is called the same."""
    return folder.name if folder.name != beside.name else f"{folder.parent.name}/{folder.name}"
