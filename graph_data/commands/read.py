"""read: the documents of final accounts into packages, as far as they can be read, with the ledger of how they were.

An account is a set of files. Those given, or found in the folders given, are told apart by department, year and kind;
one account is written into the folder of the output, several side by side into folders of their own in it. Of many
files a run reads only what is new or changed since the last one, and goes on where that was interrupted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pickle
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from graph_data.commands.confined import OnPage
from graph_data.commands.ledger import Outcome, as_json, show, show_summary, summary
from graph_data.commands.runners import Runner, runners
from graph_data.commands.workshop import FOLDER as WORKSHOP
from graph_data.commands.workshop import Workshop
from graph_data.core.cluster import check_cluster
from graph_data.core.errors import DocumentError, JuesuanError, NoAccountError, PackageError, UnfinishedError
from graph_data.core.records import Account, AccountKey
from graph_data.core.terms import AccountKind
from graph_data.package import read_package, write_package
from graph_data.package.hashes import DESCRIPTOR
from graph_data.package.originals import Original
from graph_data.reading import Given, Ledger, prepare, read_prepared
from graph_data.reading.accounts import FileSet, Prepared, Signature, file_sets, signature
from graph_data.reading.sources import ADVICE, SUFFIXES, needed

KINDS = {"department": AccountKind.DEPARTMENT, "unit": AccountKind.UNIT}
NAME_LENGTH = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `read`."""
    parser.add_argument(
        "documents", type=Path, nargs="*", metavar="DOCUMENT",
        help=f"the files of one account or of several ({', '.join(SUFFIXES)}), or folders of them",
    )  # fmt: skip
    parser.add_argument(
        "--list", type=Path, metavar="FILE", help="a file that lists such files and folders, one a line"
    )
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR",
        help="the package's folder; with several accounts the folder of their packages",
    )  # fmt: skip
    parser.add_argument("--division", type=_division, help="行政区划: the six-digit GB/T 2260 code, as in 370300")
    parser.add_argument("--department", help="预算部门代码, as in 102, where the documents print none")
    parser.add_argument("--name", type=_text, help="部门: the department's name; all files are then of one account")
    parser.add_argument("--year", type=_year, help="财政年度, as in 2022")
    parser.add_argument("--kind", choices=tuple(KINDS), help="部门决算 or 单位决算")
    parser.add_argument("--superior", type=_text, help="主管部门: the code or name of a unit's department")
    parser.add_argument(
        "--replace", action="store_true",
        help="of two documents of one account take the later, and write over the package of another document",
    )  # fmt: skip
    parser.add_argument(
        "--engine", type=_cluster, metavar="URL",
        help="a Spark cluster, spark://host:port, that sees the files under the same paths (default: this machine)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print the ledger as JSON")
    parser.add_argument(
        "--without-narratives", action="store_true",
        help="keep facts and figures, none of the documents' sentences, and so no documents",
    )  # fmt: skip
    parser.add_argument(
        "--without-document", action="store_true",
        help="keep no copy of the documents and their lines beside the package: nothing is quoted then",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """0 where everything was read whole, 1 where not, 2 where there is nothing to read."""
    console = Console(stderr=options.json, soft_wrap=True)
    complaints = Console(stderr=True, soft_wrap=True)
    try:
        meant = [*options.documents, *_listed(options.list)]
    except (OSError, UnicodeDecodeError) as error:
        complaints.print(f"--list {options.list}: {error}", style="red", markup=False, highlight=False)
        return 2
    files = list(_files(meant))
    missing = [path for path in meant if not path.exists()]
    if missing or not files:
        found = f"{missing[0]} is not there" if missing else f"no documents ({', '.join(SUFFIXES)}) in the folder"
        complaints.print(found, style="red", markup=False, highlight=False)
        return 2
    try:
        outcomes = _read_all(files, options, console)
    except UnfinishedError as error:
        complaints.print(f"not read: {error}", style="red", markup=False, highlight=False)
        return 2
    is_one = len(files) == 1 and meant == files
    passed_over = sorted(str(path) for path in _others(meant))
    if options.json:
        listed = [as_json(outcome) for outcome in outcomes]
        many = {"summary": summary(outcomes), "passedOver": passed_over, "documents": listed}
        print(json.dumps(listed[0] if is_one else many, ensure_ascii=False, indent=2))
    else:
        for outcome in outcomes:
            show(console, outcome, in_full=len(outcomes) == 1)
        if len(files) > 1:
            show_summary(console, outcomes, passed_over)
    for outcome in outcomes:
        told = [f"not read: {outcome.error}"] if outcome.error else [f"note: {each}" for each in outcome.warnings]
        for line in told:
            complaints.print(line, style="red" if outcome.error else "yellow", markup=False, highlight=False)
    return 0 if all(outcome.verdict == "read whole" for outcome in outcomes) else 1


def _division(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) == 6):
        raise argparse.ArgumentTypeError(f"{text!r} is not a six-digit code such as 370300")
    return text


def _cluster(text: str) -> str:
    try:
        return check_cluster(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _year(text: str) -> int:
    if re.fullmatch(r"(?:19|20)\d{2}", text) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a year such as 2022")
    return int(text)


def _text(text: str) -> str:
    if not text.strip() or any(not mark.isprintable() for mark in text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a name")
    return text.strip()


def _listed(file: Path | None) -> list[Path]:
    lines = file.read_text("utf-8-sig").splitlines() if file is not None else ()
    return [Path(line.strip()) for line in lines if line.strip()]


def _others(paths: Sequence[Path]) -> Iterator[Path]:
    """The files of the folders given that do not even look like a document."""
    for path in paths:
        for one in path.rglob("*") if path.is_dir() else ():
            if one.suffix.lower() not in (*SUFFIXES, *ADVICE) and one.is_file() and not one.name.startswith("."):
                yield one


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files meant, each once: a folder stands for all documents below it, by name, and for what only looks so."""
    seen: set[Path] = set()
    for path in paths:
        below = (
            sorted(one for one in path.rglob("*") if one.suffix.lower() in (*SUFFIXES, *ADVICE) and one.is_file())
            if path.is_dir()
            else [path]
        )
        for one in below:
            if one.resolve() not in seen and not one.name.startswith(("~$", ".")):
                seen.add(one.resolve())
                yield one


@dataclass(slots=True)
class _Work:
    """The servers that jobs run in, where their results are kept, and what tells people how far it is."""

    servers: SimpleQueue[Runner]
    count: int
    workshop: Workshop
    progress: Progress

    def each(self, title: str, items: Sequence[Any], work: Callable[[Runner, Any, OnPage], Any]) -> list[Any]:
        """What `work` gives for each item, or the error that it raises."""
        pages = len(items) == 1
        task = self.progress.add_task(title, total=None if pages else len(items))

        def one(item: Any) -> Any:
            server = self.servers.get()
            try:
                return work(server, item, on_page if pages else lambda _done, _total: None)
            except (DocumentError, PackageError) as error:
                return error
            except OSError as error:  # such as a full disk
                return JuesuanError(f"found a file that cannot be read or written ({error}), expected room and rights")
            finally:
                self.servers.put(server)
                if not pages:
                    self.progress.advance(task)

        def on_page(done: int, total: int) -> None:
            self.progress.update(task, completed=done, total=total)

        with ThreadPoolExecutor(self.count) as threads:
            found = list(threads.map(one, items))
        self.progress.remove_task(task)
        return found


@dataclass(slots=True)
class _Account:
    """A set of files on its way to a package: its key once it is read, where it is to be written, or its error."""

    files: FileSet
    mark: str
    key: AccountKey | None = None
    kind: AccountKind | None = None
    ledger: Ledger | None = None
    folder: Path | None = None
    error: JuesuanError | None = None
    names: list[str] = field(default_factory=list)
    is_as_before: bool = False


def _read_all(files: Sequence[Path], options: argparse.Namespace, console: Console) -> list[Outcome]:
    """Every file laid out, put into accounts, read and written: an outcome for each account and each file refused."""
    count = min(os.cpu_count() or 1, len(files))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with ExitStack() as stack:
        servers: SimpleQueue[Runner] = SimpleQueue()
        all_ = stack.enter_context(runners(options.engine, count, (__name__, *needed(files))))
        for each in all_:
            servers.put(each)
        given = _given(options)
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=".juesuan-read-", dir=_shared(options))))
        place = options.output / WORKSHOP if len(files) > 1 and not options.output.is_file() else scratch / "one"
        workshop = Workshop(place, repr((given, options.without_narratives, options.without_document)))
        progress = stack.enter_context(Progress(*columns, console=console, transient=True))
        work = _Work(servers, len(all_), workshop, progress)
        prepared = dict(zip(files, _prepare_all(work, files, given), strict=True))
        refused = {path: found for path, found in prepared.items() if isinstance(found, Exception)}
        sets = file_sets([one for one in prepared.values() if isinstance(one, Signature)], options.replace)
        accounts = [_Account(one, workshop.set_mark(one.paths)) for one in sets]
        others = [error for error in refused.values() if not isinstance(error, NoAccountError)]
        is_one = len(accounts) + len(others) == 1
        if is_one and place.parent == options.output:
            workshop.leave(scratch / "one")
        _read_sets(work, accounts, given, options)
        _place(work, accounts, options.output, is_one, options.replace)
        _write_all(work, accounts, given, options)
        workshop.clear()
    outcomes = [
        Outcome((path,), None, None, None, _told((path,), error), is_account=not isinstance(error, NoAccountError))
        for path, error in refused.items()
    ]
    outcomes += [_outcome(account) for account in accounts]
    order = {path: number for number, path in enumerate(files)}
    return sorted(outcomes, key=lambda outcome: min(order[path] for path in outcome.documents))


def _shared(options: argparse.Namespace) -> Path | None:
    """Where files are made that the machines of a cluster see too; None where there is no cluster."""
    if options.engine is None:
        return None
    found: Path = options.output.absolute().parent
    found.mkdir(parents=True, exist_ok=True)
    return found


def _given(options: argparse.Namespace) -> Given:
    return Given(
        options.division, options.department, options.name, options.year, KINDS.get(options.kind), options.superior
    )


def _prepare_all(work: _Work, files: Sequence[Path], given: Given) -> list[Signature | JuesuanError]:
    def one(server: Runner, path: Path, on_page: OnPage) -> Signature:
        workshop, mark = work.workshop, work.workshop.mark(path)
        known: Signature | NoAccountError | None = workshop.known("signature", mark)
        if isinstance(known, NoAccountError):
            raise known
        if known is not None:
            return known
        try:
            found: Signature = server.run(path.name, prepare_job, path, given, workshop.document(path), on_page=on_page)
        except NoAccountError as error:
            workshop.remember("signature", mark, error)
            raise
        workshop.remember("signature", mark, found)
        return found

    return work.each(files[0].name if len(files) == 1 else f"{len(files)} files", files, one)


def _read_sets(work: _Work, accounts: Sequence[_Account], given: Given, options: argparse.Namespace) -> None:
    """Read the sets of files that may be one account each, and note their keys."""

    def one(server: Runner, account: _Account, on_page: OnPage) -> tuple[AccountKey, AccountKind, Ledger, list[str]]:
        if account.files.error is not None:
            raise account.files.error
        known: tuple[AccountKey, AccountKind, Ledger, list[str]] | None = work.workshop.known("reading", account.mark)
        if known is not None:
            return known
        return _read_one(server, work.workshop, account, given, options, on_page)

    for account, found in zip(accounts, work.each("reading", accounts, one), strict=True):
        if isinstance(found, JuesuanError):
            account.error = found
        else:
            account.key, account.kind, account.ledger, account.names = found


def _read_one(
    server: Runner, workshop: Workshop, account: _Account, given: Given, options: argparse.Namespace, on_page: OnPage
) -> tuple[AccountKey, AccountKind, Ledger, list[str]]:
    """Read a set of files; those that an earlier run laid out are laid out again."""
    for path in account.files.paths:
        if not workshop.document(path).is_file():
            server.run(path.name, prepare_job, path, given, workshop.document(path), on_page=on_page)
    found: tuple[AccountKey, AccountKind, Ledger, list[str]] = server.run(
        account.files.paths[0].name, read_job, list(map(workshop.document, account.files.paths)), given,
        workshop.account(account.mark), options.without_narratives,
        on_page=on_page, pages=sum(each.pages for each in account.files.files),
    )  # fmt: skip
    workshop.remember("reading", account.mark, found)
    return found


def _place(work: _Work, accounts: Sequence[_Account], output: Path, is_one: bool, replaces: bool) -> None:
    """Where each account is to be written; two of one key are refused, or the later is taken.

    What an earlier run wrote is left where it is of the same files, and may be written over where it is of others.
    """
    keys = Counter(account.key for account in accounts if account.key is not None)
    last = {account.key: account for account in accounts}
    for account in accounts:
        if account.key is None or account.kind is None:
            continue
        if keys[account.key] > 1 and not (replaces and last[account.key] is account):
            names = " and ".join(str(one.files.paths[0]) for one in accounts if one.key == account.key)
            found = f"two documents of one account, {' '.join(map(str, _parts(account.key)))}"
            account.error = DocumentError(names, found, "one of them; --replace takes the later")
            continue
        account.folder = output if is_one else output / folder_name(account.key, account.kind)
        account.is_as_before = work.workshop.is_written(account.mark, account.folder)
        if not replaces and not work.workshop.has_written(account.folder):
            account.error = _occupied(account.folder, account.key, account.names)


def _parts(key: AccountKey) -> tuple[str, str, int]:
    return key.division, key.department, key.fiscal_year


def folder_name(key: AccountKey, kind: AccountKind) -> str:
    """The folder of an account's package: of letters, digits and dashes alone, whatever the department is called."""
    plain = unicodedata.normalize("NFC", key.department)
    safe = re.sub(r"[^\w()（）-]+", "_", plain).strip("_-")[:NAME_LENGTH]
    if safe != key.department:
        safe += f"-{hashlib.sha256(key.department.encode()).hexdigest()[:8]}"
    return f"{key.division}-{safe}-{key.fiscal_year}{'-unit' if kind is AccountKind.UNIT else ''}"


def _occupied(folder: Path, key: AccountKey, names: list[str]) -> PackageError | None:
    """Why a folder is not to be written over: it holds the package of another account or of other documents."""
    if not (folder / DESCRIPTOR).is_file():
        return None
    try:
        held = read_package(folder)
    except PackageError:
        return PackageError(folder.name, "a package that does not open", "another folder, or --replace")
    if [account.key for account in held] != [key]:
        return PackageError(folder.name, "the package of another account", "another folder, or --replace")
    if (before := [document.name for document in held[0].documents]) != names:
        found = f"the package of other documents of this account ({', '.join(before)})"
        return PackageError(folder.name, found, "another folder, or --replace")
    return None


def _write_all(work: _Work, accounts: Sequence[_Account], given: Given, options: argparse.Namespace) -> None:
    """Write what was read, with the documents that are to be kept, as they were laid out."""
    keeps = not (options.without_document or options.without_narratives)

    def one(server: Runner, account: _Account, on_page: OnPage) -> None:
        assert account.folder is not None
        workshop, paths = work.workshop, account.files.paths
        if not workshop.account(account.mark).is_file() or (
            keeps and not all(workshop.document(path).is_file() for path in paths)
        ):
            _read_one(server, workshop, account, given, options, on_page)
        server.run(
            paths[0].name, write_job, workshop.account(account.mark), account.folder,
            list(map(workshop.document, paths)) if keeps else [],
            on_page=on_page, pages=sum(each.pages for each in account.files.files),
        )  # fmt: skip
        workshop.note_written(account.mark, account.folder)

    ready = [
        account
        for account in accounts
        if account.folder is not None and account.error is None and not account.is_as_before
    ]
    for account, found in zip(ready, work.each("writing", ready, one), strict=True):
        account.error = found


def _outcome(account: _Account) -> Outcome:
    paths, left_out = account.files.paths, account.files.left_out
    if account.error is not None or account.ledger is None:
        return Outcome(paths, None, None, None, _told(paths, account.error), left_out)
    return Outcome(paths, account.folder, account.key, account.ledger, None, left_out, account.is_as_before)


def _told(paths: Sequence[Path], error: JuesuanError | None) -> str:
    """An error, with the name of the file where it has none."""
    text = str(error)
    return text if any(path.name in text for path in paths) else f"{paths[0].name}: {text}"


# ------------------------------------------------------------------------------------------ jobs, each in its process


def prepare_job(path: Path, given: Given, kept: Path, on_page: OnPage) -> Signature:
    """Lay a document out, keep it, and tell whose it is."""
    prepared = prepare(path, on_page)
    kept.write_bytes(pickle.dumps(prepared))
    return signature(prepared, given)


def read_job(
    documents: Sequence[Path], given: Given, kept: Path, without_narratives: bool, on_page: OnPage
) -> tuple[AccountKey, AccountKind, Ledger, list[str]]:
    """Read the documents of one account, keep it, and tell its key, kind, ledger and the names of its files."""
    del on_page
    reading = read_prepared([pickle.loads(path.read_bytes()) for path in documents], given)
    account = _without_sentences(reading.account) if without_narratives else reading.account
    kept.write_bytes(pickle.dumps(account))
    return account.key, account.department.kind, reading.ledger, [document.name for document in account.documents]


def write_job(account: Path, folder: Path, documents: Sequence[Path], on_page: OnPage) -> None:
    """Write an account that was read as a package, with the documents that were laid out where they are given."""
    del on_page
    originals = [_original(pickle.loads(path.read_bytes())) for path in documents]
    write_package([pickle.loads(account.read_bytes())], folder, originals)


def _original(laid: Prepared) -> Original:
    data, document = laid.path.read_bytes(), laid.document
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise DocumentError(laid.path.name, "other bytes than were read", "a file that does not change meanwhile")
    return Original(document.sha256, document.media_type, data, document.printed_lines)


def _without_sentences(account: Account) -> Account:
    left_over = tuple(replace(each, around=None) for each in account.left_over)
    return replace(account, narratives=(), left_over=left_over)
