"""paper: a working paper (审计底稿) of one account, as .docx to be signed or .xlsx to be worked in."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console

from graph_data import load
from graph_data.core.errors import PackageError, QuestionError
from graph_data.core.files import write_whole
from graph_data.core.records import AccountKey
from graph_data.core.terms import Language
from graph_data.dataset import Dataset
from graph_data.papers import FORMATS, paper_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `paper`."""
    parser.add_argument(
        "packages", type=Path, nargs="+", metavar="PACKAGE", help="packages, folders of them, or an index"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="FILE.docx or FILE.xlsx")
    parser.add_argument(
        "--account", metavar="KEY", help="which account, such as 370300/102/2022, where there are several"
    )
    languages = [language.name.lower() for language in Language]
    parser.add_argument("--language", choices=languages, default="zh", help="of all words: Chinese where none is given")
    parser.add_argument("--date", type=date.fromisoformat, default=None, metavar="DAY", help="made on; today")


def run(options: argparse.Namespace) -> int:
    """0, 1 where a package or a conclusion beside it is refused, 2 where there is no such account or format."""
    complaints = Console(stderr=True, soft_wrap=True)
    format = FORMATS.get(options.output.suffix.lower().removeprefix("."))
    try:
        if format is None:
            raise QuestionError(f"{options.output.name}: name it .{' or .'.join(FORMATS)}")
        dataset = load(options.packages)
        key = account_key(dataset, options.account)
        paper = paper_of(dataset, key, Language[options.language.upper()], options.date or date.today())
        data = format.encode(paper)
        write_whole(options.output, data)
    except (PackageError, QuestionError, OSError) as error:
        complaints.print(f"no paper: {error}", style="red", markup=False, highlight=False)
        return 2
    Console(soft_wrap=True).print(f"{options.output}: {paper.summary}", markup=False, highlight=False)
    refused = [*dataset.refused, *_outdated(dataset, key)]
    for each in refused:
        complaints.print(f"refused: {each}", style="red", markup=False, highlight=False)
    return 1 if refused else 0


def account_key(dataset: Dataset, named: str | None) -> AccountKey:
    """The account that is named, or the only one there is. Raises QuestionError where neither is."""
    keys = dataset.identities.accounts
    found = [key for key in dataset.keys if named in (None, keys[key])]
    if len(found) == 1:
        return found[0]
    shown = ", ".join(keys[key] for key in dataset.keys[:5])
    problem = "several accounts" if named is None else f"{named[:60]!r} is none of the accounts"
    raise QuestionError(f"{problem}; give --account one of {shown}")


def _outdated(dataset: Dataset, key: AccountKey) -> Sequence[PackageError]:
    found = {each.node.id: each.finding for entry in dataset.ledger(key) for each in entry.findings}
    return list(dataset.conclusions.outdated(found, [dataset.identities.accounts[key]]))
