"""The packages that an index is built from: which accounts each holds, and what identifies its files."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from graph_data.core.errors import PackageError
from graph_data.core.records import AccountKey
from graph_data.index.blocks import pack, unpack
from graph_data.package import TABLES, read_package
from graph_data.package.reading import DESCRIPTOR
from graph_data.package.rows import decode

FILES = (DESCRIPTOR, *(table.file for table in TABLES))
_READERS = 4
_SETTLED = 2_000_000_000  # ns: a file as young as this may be written again within one tick of the clock


@dataclass(frozen=True, slots=True)
class Seen:
    """A package as a build saw it: the stamps of its files, the digest of what they hold, and the accounts in them."""

    folder: str
    stamps: str
    sha256: str
    accounts: tuple[AccountKey, ...]

    @property
    def divisions(self) -> tuple[str, ...]:
        """The divisions that it has accounts of."""
        return tuple(sorted({key.division for key in self.accounts}))


def look_at(folders: Sequence[Path], known: Mapping[str, Seen]) -> list[Seen | PackageError]:
    """Each package, or what is wrong with it. One whose files bear the stamps of a known one is not read again."""
    with ThreadPoolExecutor(_READERS) as pool:
        return list(pool.map(lambda folder: _look(folder, known.get(str(folder))), folders))


def remembered(file: Path) -> dict[str, Seen]:
    """What earlier builds saw, by folder. It only saves reading: where it is lost or broken, there is nothing."""
    try:
        return {seen.folder: seen for seen in unpack(Seen, file.read_bytes())}
    except (OSError, PackageError):
        return {}


def remember(file: Path, seen: Iterable[Seen]) -> None:
    """Keep what was seen for the next build."""
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_bytes(pack(Seen, list(seen)))
    unfinished.replace(file)


def _look(folder: Path, known: Seen | None) -> Seen | PackageError:
    stamps = _stamps(folder)
    if known is not None and stamps and known.stamps == stamps:
        return known
    try:
        sha256 = _digest(folder)
        return Seen(str(folder), stamps, sha256, _accounts(folder))
    except PackageError as error:
        return error


def _stamps(folder: Path) -> str:
    """Sizes and times of the files; "" where they say too little: a file is missing or has only just been written."""
    try:
        found = [(folder / name).stat() for name in FILES]
    except OSError:
        return ""
    newest = max(max(each.st_mtime_ns, each.st_ctime_ns) for each in found)
    if newest > time.time_ns() - _SETTLED:
        return ""
    return " ".join(f"{each.st_ino}:{each.st_size}:{each.st_mtime_ns}:{each.st_ctime_ns}" for each in found)


def _digest(folder: Path) -> str:
    """The SHA-256 of the files of a package; a missing one is none."""
    sha256 = hashlib.sha256()
    for name in FILES:
        try:
            with (folder / name).open("rb") as file:
                sha256.update(f"{name} {hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
        except OSError:
            sha256.update(f"{name} -\n".encode())
    return sha256.hexdigest()


def _accounts(folder: Path) -> tuple[AccountKey, ...]:
    """The accounts that the first table lists; what is wrong with it is said as `read_package` says it."""
    try:
        data = (folder / TABLES[0].file).read_bytes()
        found = {record.account: None for _, record in decode(TABLES[0], data, f"{folder.name}/{TABLES[0].file}")}
    except (OSError, PackageError):
        found = {account.key: None for account in read_package(folder)}
    return tuple(sorted(found))
