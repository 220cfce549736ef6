"""read: published documents into packages, each whole or not at all, with the ledger of how it was read."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from graph_data.commands.ledger import Outcome, as_json, show
from graph_data.core.errors import DocumentError, PackageError
from graph_data.core.records import Account, AccountKey
from graph_data.package import write_package
from graph_data.reading import Given, read
from graph_data.reading.sources import SUFFIXES

OnPage = Callable[[int, int], None]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `read`."""
    parser.add_argument(
        "documents", type=Path, nargs="+", metavar="DOCUMENT",
        help=f"documents ({', '.join(SUFFIXES)}) or folders of them",
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR",
        help="the package's folder; with several documents the folder of their packages",
    )  # fmt: skip
    parser.add_argument("--division", type=_division, help="行政区划: the six-digit GB/T 2260 code, as in 370300")
    parser.add_argument("--department", help="预算部门代码, as in 102, where the document prints none")
    parser.add_argument("--json", action="store_true", help="print the ledger as JSON")
    parser.add_argument(
        "--without-narratives", action="store_true", help="keep facts and figures, none of the document's sentences"
    )


def run(options: argparse.Namespace) -> int:
    """0 where every document was read whole, 1 where not."""
    documents = list(_documents(options.documents))
    is_one = len(options.documents) == 1 and options.documents[0] == documents[0] if documents else False
    console = Console(stderr=options.json, soft_wrap=True)
    if not documents:
        console.print(f"no documents ({', '.join(SUFFIXES)}) in {options.documents[0]}", style="red", markup=False)
        return 1
    outcomes = [_read_one(console, documents[0], options)] if is_one else _read_many(console, documents, options)
    if options.json:
        listed = [as_json(outcome) for outcome in outcomes]
        print(json.dumps(listed[0] if is_one else {"documents": listed}, ensure_ascii=False, indent=2))
    else:
        for outcome in outcomes:
            show(console, outcome, in_full=is_one)
    for outcome in outcomes:
        if outcome.error is not None:
            Console(stderr=True, soft_wrap=True).print(f"not read: {outcome.error}", style="red", markup=False)
    return 0 if all(outcome.verdict == "read whole" for outcome in outcomes) else 1


def _division(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) == 6):
        raise argparse.ArgumentTypeError(f"{text!r} is not a six-digit code such as 370300")
    return text


def _documents(paths: Sequence[Path]) -> Iterator[Path]:
    """The documents meant: a folder stands for all documents below it, by name."""
    for path in paths:
        if path.is_dir():
            yield from sorted(found for found in path.rglob("*") if found.suffix.lower() in SUFFIXES)
        else:
            yield path


def _read_one(console: Console, document: Path, options: argparse.Namespace) -> Outcome:
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task(document.name, total=None)

        def on_page(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        return _outcome(document, options, lambda _: options.output, on_page)


def _read_many(console: Console, documents: Sequence[Path], options: argparse.Namespace) -> list[Outcome]:
    """All documents, on every core; their packages side by side."""
    outcomes: dict[Path, Outcome] = {}
    with Progress(console=console, transient=True) as progress, ProcessPoolExecutor(os.cpu_count()) as pool:
        task = progress.add_task(f"{len(documents)} documents", total=len(documents))
        futures = {pool.submit(_outcome_beside, document, options): document for document in documents}
        for future in as_completed(futures):
            outcomes[futures[future]] = future.result()
            progress.advance(task)
    return [outcomes[document] for document in documents]


def _outcome_beside(document: Path, options: argparse.Namespace) -> Outcome:
    def package(key: AccountKey) -> Path:
        return Path(options.output) / f"{key.division}-{key.department}-{key.fiscal_year}"

    return _outcome(document, options, package, lambda _done, _total: None)


def _outcome(
    document: Path, options: argparse.Namespace, package: Callable[[AccountKey], Path], on_page: OnPage
) -> Outcome:
    try:
        reading = read(document, Given(options.division, options.department), on_page)
        account = _without_sentences(reading.account) if options.without_narratives else reading.account
        folder = package(account.key)
        write_package([account], folder)
    except (DocumentError, PackageError) as error:
        return Outcome(document, None, None, None, f"{document.name}: {error}")
    return Outcome(document, folder, account.key, reading.ledger, None)


def _without_sentences(account: Account) -> Account:
    left_over = tuple(replace(each, around=None) for each in account.left_over)
    return replace(account, narratives=(), left_over=left_over)
