"""The folder of a store: packages by the digest of what their one account says, and the journal of publications.

    packages/DIGEST/    a package of one account, which never changes
    journal             one entry a publication or withdrawal: what makes a package count
    changes             what differed from one served dataset to the next
    incoming/           what is being received and read; nothing in it counts

A publication is one entry, and so is taken whole or not at all, however many accounts it has.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from graph_data.core.errors import PackageError, QuestionError
from graph_data.core.records import Account, AccountKey
from graph_data.package.hashes import DESCRIPTOR, package_damages
from graph_data.package.reading import read_package
from graph_data.store.changes import Changes
from graph_data.store.journal import Entry, Journal, sync_folder

_ABANDONED = 2 * 60 * 60  # seconds after which nobody works on what came in any more


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an account: the digest of what it says, None where it was withdrawn for a reason.

    `number` is that of its publication, from 1; `time` is UTC as in ISO 8601.
    """

    key: AccountKey
    number: int
    digest: str | None
    client: str
    time: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """All versions of every account, the oldest first, as they were at one entry of the journal, which had a stamp."""

    number: int
    versions: Mapping[AccountKey, tuple[Version, ...]]
    stamp: tuple[int, int] = (0, 0)

    def current(self) -> dict[AccountKey, Version]:
        """The newest version of each account, which may be a withdrawal; in the order of publication."""
        newest = {key: versions[-1] for key, versions in self.versions.items()}
        return dict(sorted(newest.items(), key=lambda each: (each[1].number, each[0])))


@dataclass(frozen=True, slots=True)
class Archive:
    """Every version of the accounts that was published by the time a dataset was made."""

    store: Store
    published: Published

    def versions(self, key: AccountKey) -> tuple[Version, ...]:
        """The versions of an account, the oldest first."""
        return self.published.versions.get(key, ())

    def account(self, digest: str) -> Account:
        """What a version says. Raises DamagedError where its package is not as it was written."""
        return _account(self.store.package(digest))


@lru_cache(16)
def _account(folder: Path) -> Account:
    """A package that never changes, and that is kept since a comparison is asked for page by page."""
    for damage in package_damages(folder, with_originals=False):
        raise damage
    (account,) = read_package(folder)
    return account


class Store:
    """One folder, made where it is not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.packages, self._incoming = self.folder / "packages", self.folder / "incoming"
        for each in (self.packages, self._incoming):
            each.mkdir(parents=True, exist_ok=True)
        self.journal = Journal(self.folder / "journal")
        self.changes = Changes(Journal(self.folder / "changes"))

    def package(self, digest: str) -> Path:
        """The folder of the package with this digest."""
        if not (len(digest) == 64 and set(digest) <= set("0123456789abcdef")):
            raise QuestionError(f"{digest[:80]!r} is no digest of an account")
        return self.packages / digest

    def published(self) -> Published:
        """What was published so far. Raises DamagedError where the journal is not as it was written."""
        found: dict[AccountKey, list[Version]] = {}
        stamp = self.journal.stamp()
        entries = self.journal.entries()
        for number, entry in enumerate(entries, start=1):
            for version in _versions(number, entry):
                found.setdefault(version.key, []).append(version)
        return Published(len(entries), {key: tuple(versions) for key, versions in found.items()}, stamp)

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """A new folder for what comes in, which is gone in the end; so is what was left by processes that ended."""
        self.sweep()
        folder = self._incoming / secrets.token_hex(8)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what came in so long ago that nobody works on it."""
        for each in self._incoming.iterdir():
            try:
                if each.stat().st_mtime < time.time() - _ABANDONED:
                    shutil.rmtree(each, ignore_errors=True)
            except FileNotFoundError:
                continue

    def publish(self, packages: Mapping[AccountKey, tuple[str, Path]], client: str) -> list[Version]:
        """Take packages, each a digest and a folder on the store's disk, as the newest versions of their accounts.

        An account that says what its newest version says is left as it is, and missing in what is returned.
        """
        with self.journal.lock():
            current = self.published().current()
            fresh = {
                key: (digest, folder)
                for key, (digest, folder) in packages.items()
                if key not in current or current[key].digest != digest
            }
            if not fresh:
                return []
            for digest, folder in fresh.values():
                self._keep(digest, folder)
            sync_folder(self.packages)
            accounts = [{**_told(key), "digest": digest} for key, (digest, _) in fresh.items()]
            return self._add({"client": client, "accounts": accounts})

    def withdraw(self, keys: Sequence[AccountKey], client: str, reason: str) -> list[Version]:
        """Serve accounts no more, for a reason; those that are withdrawn already are left as they are."""
        with self.journal.lock():
            current = self.published().current()
            fresh = [key for key in keys if key not in current or current[key].digest is not None]
            if not fresh:
                return []
            accounts = [{**_told(key), "digest": None} for key in fresh]
            return self._add({"client": client, "reason": reason, "accounts": accounts})

    def _add(self, about: Entry) -> list[Version]:
        entry = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **about}
        self.journal.append(entry)
        return _versions(len(self.journal.entries()), entry)

    def _keep(self, digest: str, folder: Path) -> None:
        """Put a package in its place, where it is not there already as it was written."""
        place = self.package(digest)
        if place.exists():
            if _is_whole(place):
                return
            place.rename(self._incoming / f"damaged-{digest}-{secrets.token_hex(4)}")
        for file in folder.iterdir():
            descriptor = os.open(file, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        sync_folder(folder)
        folder.rename(place)


def _is_whole(folder: Path) -> bool:
    try:
        return (folder / DESCRIPTOR).is_file() and not any(package_damages(folder))
    except PackageError:
        return False


def _told(key: AccountKey) -> Entry:
    return {"division": key.division, "department": key.department, "fiscalYear": key.fiscal_year}


def _versions(number: int, entry: Entry) -> list[Version]:
    return [
        Version(
            AccountKey(each["division"], each["department"], each["fiscalYear"]), number, each["digest"],
            entry["client"], entry["time"], entry.get("reason"),
        )
        for each in entry["accounts"]
    ]  # fmt: skip
