"""mirror: another service's accounts into a folder of packages: what changed, verified, as often as wanted."""

from __future__ import annotations

import argparse
import http.client
import io
import json
import re
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from graph_data.commands.read import folder_name
from graph_data.core.errors import DocumentError, JuesuanError, PackageError
from graph_data.core.files import write_whole
from graph_data.core.records import Account, AccountKey
from graph_data.package import TABLES, account_digest, digest_of, read_package, write_package
from graph_data.package.hashes import DESCRIPTOR, package_damages

STATE, _WORKSHOP = ".mirror.json", ".mirror-"
LISTING_BYTES, PACKAGE_BYTES = 256 << 20, 256 << 20
_FILES = frozenset({DESCRIPTOR, *(table.file for table in TABLES)})
_SECONDS = 60  # of one request
_ROUNDS = 5  # that a source which changes meanwhile is asked again
_DIGEST = re.compile(r"[0-9a-f]{64}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `mirror`."""
    parser.add_argument("url", metavar="URL", help="the service, such as https://data.example.gov.cn")
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder of packages, new or mirrored before")
    parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, and ask again every so many seconds")


def run(options: argparse.Namespace) -> int:
    """0 where the folder says what the service says, 1 where it does not, yet; with --every until it is stopped."""
    mirror = Mirror(options.url, options.folder)
    while True:
        try:
            done = mirror.update()
            print(f"{done.taken} taken, {done.removed} removed, {done.kept} kept; version {done.version}", flush=True)
            status = 0
        except (JuesuanError, OSError, ValueError, http.client.HTTPException) as error:
            print(f"mirror: {error}", file=sys.stderr, flush=True)
            status = 1
        if options.every is None:
            return status
        time.sleep(max(1, options.every))


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What an update did, and the digest of all accounts of the folder in the end, which is the source's."""

    version: str
    taken: int
    removed: int
    kept: int


@dataclass(slots=True)
class Mirror:
    """The accounts of one service in one folder. What is stopped at any time goes on where it was.

    Each package is put in place whole, once what it says has the digest that the service lists; all together have the
    digest of all, which is the version of the dataset where no originals are kept. Originals are not mirrored.
    """

    url: str
    folder: Path

    def update(self) -> Mirrored:
        """Take what is new, remove what is gone. Raises JuesuanError, OSError or HTTPException where it cannot."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in self.folder.glob(f"{_WORKSHOP}*"):
            shutil.rmtree(left, ignore_errors=True)
        self._claim()
        known = self._known()
        taken = removed = 0
        for _ in range(_ROUNDS):
            version, wanted = self._listing()
            if digest_of(wanted) != version:
                raise PackageError(self.url, "accounts that make another version", version)
            places = {key: place for place, (key, _) in known.items()}
            fresh = [key for key, digest in wanted.items() if key not in places or known[places[key]][1] != digest]
            missing = self._take_all(fresh, wanted, known, places)
            for place in [place for place, (key, _) in known.items() if key not in wanted]:
                shutil.rmtree(self.folder / place)
                del known[place]
                removed += 1
            self._remember(known)
            taken += len(fresh) - missing
            if not missing:
                return Mirrored(version, taken, removed, len(wanted) - len(fresh))
        raise PackageError(self.url, "accounts that change faster than they are taken", "a service at rest")

    def _claim(self) -> None:
        """Mark the folder as a mirror's. Raises PackageError for one with packages that others put there."""
        if (self.folder / STATE).exists():
            return
        if any(self.folder.glob(f"*/{DESCRIPTOR}")):
            raise PackageError(str(self.folder), "packages that no mirror put there", "a folder for the mirror alone")
        self._remember({})

    def _take_all(
        self,
        fresh: Sequence[AccountKey],
        wanted: Mapping[AccountKey, str],
        known: dict[str, tuple[AccountKey, str]],
        places: Mapping[AccountKey, str],
    ) -> int:
        """Take accounts, and note them; how many of them the service does not have any more."""
        missing = 0
        with self._connected() as connection:
            for key in fresh:
                place = self._take(connection, key, wanted[key])
                if place is None:
                    missing += 1
                    continue
                before = places.get(key)
                if before is not None and before != place:
                    shutil.rmtree(self.folder / before)
                    del known[before]
                known[place] = key, wanted[key]
        return missing

    def _listing(self) -> tuple[str, dict[AccountKey, str]]:
        with self._connected() as connection:
            told = json.loads(self._get(connection, "/accounts", LISTING_BYTES) or b"{}")
        try:
            accounts = {_key(each): str(each["digest"]) for each in told["accounts"]}
            version = str(told["digest"])
        except (KeyError, TypeError, ValueError):
            raise PackageError(self.url, "no list of accounts", "what /accounts of a service says") from None
        if wrong := [each for each in accounts.values() if _DIGEST.fullmatch(each) is None]:
            raise PackageError(self.url, f"the digest {wrong[0][:80]!r}", "64 hexadecimal digits")
        return version, accounts

    def _known(self) -> dict[str, tuple[AccountKey, str]]:
        """The account and digest of each folder that is there as it was taken."""
        try:
            told = json.loads((self.folder / STATE).read_bytes())
            known = {str(place): (AccountKey(*key), str(digest)) for place, (key, digest) in told.items()}
        except (OSError, ValueError, TypeError):
            known = {}
        found: dict[str, tuple[AccountKey, str]] = {}
        for folder in self.folder.iterdir():
            if not (folder / DESCRIPTOR).is_file():
                continue
            try:
                if any(package_damages(folder)):
                    continue
                if folder.name not in known:
                    (account,) = read_package(folder)
                    known[folder.name] = account.key, account_digest(account)
            except (PackageError, ValueError):
                continue
            found[folder.name] = known[folder.name]
        return found

    def _remember(self, known: Mapping[str, tuple[AccountKey, str]]) -> None:
        told = {place: [[key.division, key.department, key.fiscal_year], own] for place, (key, own) in known.items()}
        write_whole(self.folder / STATE, json.dumps(told, ensure_ascii=False).encode())

    def _take(self, connection: http.client.HTTPConnection, key: AccountKey, digest: str) -> str | None:
        """Take one account: its folder's name; None where the service does not have this version any more."""
        path = f"/accounts/{key.division}/{quote(key.department, safe='')}/{key.fiscal_year}.zip?version={digest}"
        data = self._get(connection, path, PACKAGE_BYTES)
        if data is None:
            return None
        with tempfile.TemporaryDirectory(prefix=_WORKSHOP, dir=self.folder) as workshop:
            account = _opened(data, Path(workshop, "package"), self.url)
            if account.key != key or account_digest(account) != digest:
                raise PackageError(f"{self.url}{path}", "another account than is listed", f"the digest {digest}")
            place = folder_name(key, account.department.kind)
            write_package([account], self.folder / place)
        return place

    @contextmanager
    def _connected(self) -> Iterator[http.client.HTTPConnection]:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise DocumentError(self.url, "no address of a service", "one such as https://data.example.gov.cn")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname, parts.port, timeout=_SECONDS)
        try:
            yield connection
        finally:
            connection.close()

    def _get(self, connection: http.client.HTTPConnection, path: str, limit: int) -> bytes | None:
        """What is at an address; None for 404. Redirects are not followed, and no more than the limit is read."""
        connection.request("GET", urlsplit(self.url).path.rstrip("/") + path)
        reply = connection.getresponse()
        data = reply.read(limit + 1)
        if len(data) > limit:
            raise PackageError(self.url, f"more than {limit:,} bytes at {path}", "less")
        if reply.status == 404:
            return None
        if reply.status != 200:
            raise PackageError(self.url, f"the status {reply.status} at {path}", "200")
        return data


def _key(told: Mapping[str, Any]) -> AccountKey:
    return AccountKey(str(told["division"]), str(told["department"]), int(told["fiscalYear"]))


def _opened(data: bytes, folder: Path, name: str) -> Account:
    """The one account of a package in a zip, of which nothing but the files of a package is looked at."""
    folder.mkdir()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            for each in opened.infolist():
                if each.filename in _FILES:
                    with opened.open(each) as source:
                        (folder / each.filename).write_bytes(_read(source, name))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise PackageError(name, f"a damaged package ({error})", "a zip") from None
    accounts = read_package(folder)
    if len(accounts) != 1:
        raise PackageError(name, f"{len(accounts)} accounts in a package", "one")
    return accounts[0]


def _read(source: Any, name: str) -> bytes:
    data: bytes = source.read(PACKAGE_BYTES + 1)
    if len(data) > PACKAGE_BYTES:
        raise PackageError(name, f"a file of more than {PACKAGE_BYTES:,} bytes", "less")
    return data
