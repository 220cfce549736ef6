"""What came in, files or an archive → accounts as packages, each step in a confined process.

What arrives may be made to do harm: an archive is unpacked, a document read and a package opened where neither memory
nor time nor a fault reaches the service. No name that arrives chooses a path: each part of it is made plain.
"""

from __future__ import annotations

import pickle
import re
import stat
import tarfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from graph_data.checks import message, suggestion
from graph_data.commands.confined import Confined, OnPage
from graph_data.commands.ledger import ledger_json
from graph_data.commands.read import prepare_job, read_job
from graph_data.commands.runners import Runner
from graph_data.core.errors import DocumentError, JuesuanError, NoAccountError
from graph_data.core.records import Account, AccountKey
from graph_data.core.terms import Language
from graph_data.dataset import Dataset
from graph_data.findings import LocatedFinding
from graph_data.package import account_digest, read_package, write_package
from graph_data.package.hashes import DESCRIPTOR
from graph_data.reading import Given
from graph_data.reading.accounts import Signature, file_sets
from graph_data.reading.sources import ADVICE, SUFFIXES

FILES = 3_000
UNPACKED = 1 << 30  # bytes of all files of an archive
DEPTH = 12
NAME_BYTES = 120
_CHUNK = 1 << 20
_PLAIN = re.compile(r"[^\w .,()（）《》【】〔〕“”、，。·+&%-]+")
_IGNORED = re.compile(r"\.|~\$|__MACOSX$|Thumbs\.db$")

Progress = Callable[[str, int, int], None]  # what is read, pages or files done, of how many


@dataclass(slots=True)
class Taken:
    """One account of what came in: its package with digest, ledger and findings, or why it is refused.

    `is_account` is False for a document that is no final account at all; `left_out` are files that say nothing else.
    """

    names: tuple[str, ...]
    account: Account | None = None
    digest: str = ""
    folder: Path | None = None
    ledger: dict[str, Any] | None = None
    findings: list[dict[str, Any]] = field(default_factory=list)
    error: JuesuanError | None = None
    is_account: bool = True
    left_out: tuple[str, ...] = ()

    @property
    def key(self) -> AccountKey | None:
        return self.account.key if self.account is not None else None


class ArchiveError(JuesuanError):
    """An archive that is refused, with what is wrong with it."""


# --------------------------------------------------------------------------------------------------- names and archives


def plain_path(name: str) -> Path:
    """The path, without a root, that a name which arrived is kept under: each part plain, none of them special."""
    parts = [_plain(part) for part in re.split(r"[/\\]+", unicodedata.normalize("NFC", name)) if part not in ("", ".")]
    if ".." in name.replace("\\", "/").split("/"):
        raise ArchiveError(f"{name[:80]!r}: a name that leads out of the archive")
    if not parts or len(parts) > DEPTH:
        raise ArchiveError(f"{name[:80]!r}: no name, or one of more than {DEPTH} folders")
    return Path(*parts)


def _plain(part: str) -> str:
    found = _PLAIN.sub("_", part).strip(" ")
    stem, dot, suffix = found.rpartition(".")
    if not dot or not stem or len(suffix) > 8:
        stem, suffix = found, ""
    while len(f"{stem}.{suffix}".encode()) > NAME_BYTES:
        stem = stem[:-1]
    kept = f"{stem}.{suffix}" if suffix else stem
    return kept if kept.strip(".") else "_" + kept


def keep(source: IO[bytes], name: str, folder: Path, left: int) -> int:
    """Copy a file that arrived below a folder, under a plain name: its size. Raises ArchiveError beyond `left`."""
    place = folder / plain_path(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    while place.exists():
        place = place.with_name(f"_{place.name}")
    size = 0
    with place.open("xb") as target:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > left:
                raise ArchiveError(f"more than {UNPACKED:,} bytes once unpacked; send less at once")
            target.write(chunk)
    return size


def unpack_job(archive: Path, folder: Path, on_page: OnPage) -> None:
    """Unpack a zip or tar archive, which is told by its first bytes, into a folder. Raises ArchiveError."""
    del on_page
    left = UNPACKED
    opened = _zipped(archive) if zipfile.is_zipfile(archive) else _tarred(archive)
    for number, (name, source) in enumerate(opened, start=1):
        if number > FILES:
            raise ArchiveError(f"more than {FILES:,} files; send less at once")
        with source:
            left -= keep(source, name, folder, left)


def _zipped(archive: Path) -> Iterator[tuple[str, IO[bytes]]]:
    try:
        with zipfile.ZipFile(archive) as opened:
            for each in opened.infolist():
                name = each.filename if each.flag_bits & 0x800 else _chinese(each.filename)
                kind = stat.S_IFMT(each.external_attr >> 16)
                if each.is_dir() or _is_ignored(name):
                    continue
                if each.flag_bits & 1:
                    raise ArchiveError(f"{name[:80]}: a file with a password; send it without one")
                if kind not in (0, stat.S_IFREG):
                    raise ArchiveError(f"{name[:80]}: a link, which is not followed; send the file itself")
                yield name, opened.open(each)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise ArchiveError(f"a damaged zip archive ({error})") from None


def _tarred(archive: Path) -> Iterator[tuple[str, IO[bytes]]]:
    try:
        with tarfile.open(archive, "r:*") as opened:
            seen = 0
            for each in opened:
                seen += 1
                if seen > 2 * FILES:
                    raise ArchiveError(f"more than {2 * FILES:,} entries; send less at once")
                if each.isdir() or _is_ignored(each.name):
                    continue
                source = opened.extractfile(each) if each.isreg() else None
                if source is None:
                    raise ArchiveError(f"{each.name[:80]}: a link or device, which is not followed; send files alone")
                yield each.name, source
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise ArchiveError(f"no zip or tar archive, or a damaged one ({reason})") from None


def _chinese(name: str) -> str:
    """A name that is not marked as UTF-8, which Chinese systems write in GB 18030."""
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name


def _is_ignored(name: str) -> bool:
    return any(_IGNORED.match(part) and part not in (".", "..") for part in re.split(r"[/\\]", name) if part)


# ----------------------------------------------------------------------------------------------------------- taking in


def server() -> Confined:
    """A process that jobs of this module run in."""
    return Confined(__name__)


def take(runs: Runner, folder: Path, workshop: Path, given: Given, progress: Progress) -> list[Taken]:
    """The accounts of all packages and documents below a folder; packages are written below the workshop.

    Two of one key refuse each other. Nothing is raised for what is wrong with one of them.
    """
    packages = sorted(path.parent for path in folder.rglob(DESCRIPTOR))
    documents = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix.lower() in (*SUFFIXES, *ADVICE)
        and not any(package in path.parents for package in packages)
    ]
    taken: list[Taken] = []
    for number, package in enumerate(packages, start=1):
        progress(package.name, number, len(packages))
        taken += _package(runs, package, workshop, len(taken))
    taken += _documents(runs, documents, workshop, given, progress)
    doubles = Counter(each.key for each in taken if each.error is None)
    for each in taken:
        if each.key is not None and doubles[each.key] > 1:
            found = "two documents or packages of one account"
            each.error = DocumentError(" + ".join(each.names), found, "one of them")
    return taken


def _package(runs: Runner, package: Path, workshop: Path, start: int) -> list[Taken]:
    try:
        kept = runs.run(package.name, open_job, package, workshop, start, on_page=lambda _done, _total: None, pages=10)
    except JuesuanError as error:
        return [Taken((package.name,), error=error)]
    return [_finished(runs, (package.name,), each, workshop, start + at) for at, each in enumerate(kept)]


def _documents(
    runs: Runner, documents: Sequence[Path], workshop: Path, given: Given, progress: Progress
) -> list[Taken]:
    signatures: list[Signature] = []
    laid: dict[Path, Path] = {}
    refused: list[Taken] = []
    for number, path in enumerate(documents, start=1):
        laid[path] = workshop / f"{number}.document"
        pages = _on_page(progress, path.name) if len(documents) == 1 else _silent
        try:
            signatures.append(runs.run(path.name, prepare_job, path, given, laid[path], on_page=pages))
        except JuesuanError as error:
            refused.append(Taken((path.name,), error=error, is_account=not isinstance(error, NoAccountError)))
        progress(path.name, number, len(documents))
    taken = []
    for number, one in enumerate(file_sets(signatures)):
        names = tuple(path.name for path in one.paths)
        kept, pages_done = workshop / f"document-{number}.account", sum(each.pages for each in one.files)
        try:
            if one.error is not None:
                raise one.error
            _, _, ledger, _ = runs.run(
                names[0], read_job, [laid[path] for path in one.paths], given, kept, False,
                on_page=_silent, pages=pages_done,
            )  # fmt: skip
        except JuesuanError as error:
            taken.append(Taken(names, error=error))
            continue
        found = _finished(runs, names, kept, workshop, 10_000 + number, pages_done)
        found.ledger, found.left_out = ledger_json(ledger), tuple(path.name for path in one.left_out)
        taken.append(found)
    return refused + taken


def _finished(runs: Runner, names: tuple[str, ...], kept: Path, workshop: Path, number: int, pages: int = 10) -> Taken:
    folder = workshop / f"package-{number}"
    try:
        account, own, findings = runs.run(names[0], finish_job, kept, folder, on_page=_silent, pages=pages)
    except JuesuanError as error:
        return Taken(names, error=error)
    return Taken(names, account, own, folder, None, findings)


def _silent(_done: int, _total: int) -> None: ...


def _on_page(progress: Progress, name: str) -> OnPage:
    return lambda done, total: progress(name, done, total)


def open_job(package: Path, workshop: Path, start: int, on_page: OnPage) -> list[Path]:
    """Read a package that arrived, and keep each of its accounts."""
    del on_page
    kept = []
    for number, account in enumerate(read_package(package)):
        place = workshop / f"package-{start + number}.account"
        place.write_bytes(pickle.dumps(account))
        kept.append(place)
    return kept


def finish_job(kept: Path, folder: Path, on_page: OnPage) -> tuple[Account, str, list[dict[str, Any]]]:
    """Examine an account and write its package: the account, its digest, and what the checks found."""
    del on_page
    account: Account = pickle.loads(kept.read_bytes())
    dataset = Dataset.of([account], "")
    write_package([account], folder)
    return account, account_digest(account), [finding_json(each) for each in dataset.findings]


def finding_json(located: LocatedFinding) -> dict[str, Any]:
    """A finding for programs, in both languages."""
    finding = located.finding
    return {
        "check": finding.check,
        "severity": finding.severity.name,
        "messages": {each.name: message(finding, each) for each in Language},
        "suggestions": {each.name: suggestion(finding, each) for each in Language},
        "reported": None if finding.reported is None else str(finding.reported),
        "derived": None if finding.derived is None else str(finding.derived),
        "unit": finding.unit,
        "places": [{"page": each.page, "line": each.line, "section": each.section} for each in finding.sources],
    }
