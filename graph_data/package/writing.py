"""Accounts → a package on disk, whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from graph_data.core.errors import PackageError
from graph_data.core.records import Account, AccountKey
from graph_data.package.compiled import encode, text_of
from graph_data.package.descriptor import descriptor_of
from graph_data.package.hashes import DESCRIPTOR, sealed
from graph_data.package.originals import FOLDER, Original, files_of, resources_of
from graph_data.package.reading import ordered, read_package
from graph_data.package.tables import TABLES

_OWN = frozenset({DESCRIPTOR, FOLDER, *(table.file for table in TABLES)})


def write_package(accounts: Sequence[Account], folder: Path, originals: Sequence[Original] = ()) -> None:
    """Write the accounts as one package into `folder`, with the files to be kept; the same give the same bytes.

    It is written beside `folder`, read back and compared, and only then renamed into place, over the package that
    may be there; files there that are not a package's own are kept. Raises PackageError, and leaves everything as
    it was, where `folder` holds something else than a package or the accounts would not come back as they are.
    """
    folder = folder.resolve()
    _check_target(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".package-", dir=folder.parent) as workshop:
        fresh = Path(workshop, folder.name)
        fresh.mkdir()
        for file, data in package_files(accounts, folder.name, originals).items():
            (fresh / file).parent.mkdir(exist_ok=True)
            (fresh / file).write_bytes(data)
        whole = sorted(map(ordered, accounts), key=lambda account: account.key)
        _check_same(whole, read_package(fresh), folder.name)
        _swap(fresh, folder, Path(workshop, "replaced"))


def account_digest(account: Account) -> str:
    """The SHA-256, in hexadecimal, of what one account says: the same for equal accounts, in whatever order."""
    sha256, whole = hashlib.sha256(), ordered(account)
    for table in TABLES:
        sha256.update(f"{table.name}\n".encode())
        sha256.update(text_of(table, _records(whole, table.name)).encode())
    return sha256.hexdigest()


def digest(accounts: Iterable[Account]) -> str:
    """The SHA-256, in hexadecimal, of what the accounts say, however they are spread over packages."""
    return digest_of({account.key: account_digest(account) for account in accounts})


def digest_of(digests: Mapping[AccountKey, str]) -> str:
    """The same, of accounts whose own digests are known."""
    return hashlib.sha256("".join(digests[key] for key in sorted(digests)).encode()).hexdigest()


def _records(account: Account, table: str) -> tuple[object, ...]:
    found = getattr(account, table)
    return found if isinstance(found, tuple) else (found,)


def package_files(accounts: Sequence[Account], name: str, originals: Sequence[Original] = ()) -> dict[str, bytes]:
    """The files of the package of these accounts, and of the files to be kept; errors call it `name`.

    Every table is in the order of its key.
    """
    whole = sorted(map(ordered, accounts), key=lambda account: account.key)
    files: dict[str, bytes] = {}
    for table in TABLES:
        records = [record for account in whole for record in _records(account, table.name)]
        try:
            files[table.file] = encode(table, records)
        except UnicodeEncodeError as error:
            found = f"the character {error.object[error.start]!r}"
            raise PackageError(f"{name}/{table.file}", found, "text that UTF-8 can hold") from None
    files |= files_of(originals)
    told = descriptor_of(whole)
    told["resources"] += resources_of(originals)
    return {**files, DESCRIPTOR: sealed(told, files)}


def _check_target(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise PackageError(folder.name, "a file", "a folder, or nothing yet")
    if folder.is_dir() and not (folder / DESCRIPTOR).is_file() and any(folder.iterdir()):
        raise PackageError(
            folder.name, f"other files and no {DESCRIPTOR}", "a package, an empty folder, or nothing yet"
        )


def _check_same(written: Sequence[Account], read: Sequence[Account], name: str) -> None:
    """What has no spelling of its own in CSV (an empty text where none is meant) must not change in silence."""
    for ours, theirs in zip(written, read, strict=True):
        for table in TABLES:
            both = _records(ours, table.name), _records(theirs, table.name)
            for mine, back in zip_longest(*both) if both[0] != both[1] else ():
                if mine != back:
                    raise PackageError(f"{name}/{table.file}", f"{mine}", f"what reads back: {back}")


def _swap(fresh: Path, folder: Path, aside: Path) -> None:
    """Put `fresh` in the place of `folder` by renames alone; what stood there comes back where that fails."""
    if not folder.exists():
        fresh.rename(folder)
        return
    folder.rename(aside)
    try:
        for other in aside.iterdir():
            if other.name not in _OWN:
                shutil.move(other, fresh / other.name)
        fresh.rename(folder)
    except OSError:
        for other in fresh.iterdir():
            if other.name not in _OWN:
                shutil.move(other, aside / other.name)
        aside.rename(folder)
        raise
