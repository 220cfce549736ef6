"""What is served, listed by the digests of its accounts, and each account as a package: all that a mirror needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph_data.core.records import AccountKey
from graph_data.package import digest_of, package_files
from graph_data.package.hashes import DESCRIPTOR
from graph_data.store.store import Store, Version
from serving.http.errors import NOT_FOUND, HttpRefusalError
from serving.process.snapshot import Snapshot
from serving.publishing.publication import account_id

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # of every file in an archive, so that the same account gives the same bytes


def listing(snapshot: Snapshot) -> dict[str, Any]:
    """Every account that is served, with its digest, and that of all. Raises HttpRefusalError over an index."""
    digests = _digests(snapshot)
    accounts = [{**_key(key), "digest": digests[key]} for key in sorted(digests)]
    return {"version": snapshot.dataset.version, "digest": digest_of(digests), "accounts": accounts}


def history(snapshot: Snapshot, key: AccountKey) -> dict[str, Any]:
    """What is served of an account, and every version that was published. HttpRefusalError where it never was there."""
    published = snapshot.published.versions.get(key, ()) if snapshot.published is not None else ()
    served = _digests(snapshot).get(key)
    if served is None and not published:
        raise unknown(key)
    return {**_key(key), "served": served, "versions": [_version(each) for each in published]}


def archive(snapshot: Snapshot, store: Store | None, key: AccountKey, digest: str | None) -> tuple[str, bytes]:
    """An account's digest and its package as a zip: as it is served, or as the version with a digest says.

    Raises HttpRefusalError where there is none.
    """
    served = _digests(snapshot).get(key)
    account = snapshot.dataset.account(key) if served is not None and digest in (None, served) else None
    if account is not None and served is not None:
        return served, _zip(package_files([account], "package"))
    published = snapshot.published.versions.get(key, ()) if snapshot.published is not None else ()
    if store is None or digest is None or all(each.digest != digest for each in published):
        raise unknown(key)
    return digest, _zip(_files(store.package(digest)))


def unknown(key: AccountKey) -> HttpRefusalError:
    """The refusal of an account that is not there."""
    return HttpRefusalError(404, NOT_FOUND, f"there is no account {account_id(key)[:120]}, or no such version of it")


def _digests(snapshot: Snapshot) -> Mapping[AccountKey, str]:
    if not snapshot.dataset.digests and len(snapshot.dataset.keys):
        raise HttpRefusalError(404, NOT_FOUND, "an index is served here, which is mirrored by copying its folder")
    return snapshot.dataset.digests


def _files(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return dict(sorted(found.items()))


def _zip(files: Mapping[str, bytes]) -> bytes:
    """Deterministic; the descriptor comes first, so that a reader meets it before what it describes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as opened:
        for name in sorted(files, key=lambda name: (name != DESCRIPTOR, name)):
            opened.writestr(zipfile.ZipInfo(name, _LONG_AGO), files[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _key(key: AccountKey) -> dict[str, Any]:
    return {
        "id": account_id(key),
        "division": key.division,
        "department": key.department,
        "fiscalYear": key.fiscal_year,
    }


def _version(version: Version) -> dict[str, Any]:
    told: dict[str, Any] = {
        "number": version.number,
        "digest": version.digest,
        "client": version.client,
        "time": version.time,
    }
    return told | ({"withdrawn": version.reason} if version.digest is None else {})
