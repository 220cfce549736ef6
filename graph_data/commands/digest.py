"""digest: which departments to look at first, and why: a score of each from what was found in its accounts."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from graph_data import load
from graph_data.core.errors import PackageError, QuestionError
from graph_data.core.terms import Language
from graph_data.digest import HEADINGS, as_json, digest, made_up_of, rule, why


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `digest`."""
    parser.add_argument(
        "packages", type=Path, nargs="+", metavar="DATASET", help="packages, folders of them, or an index"
    )
    parser.add_argument("--year", type=int, help="of this fiscal year; else each department in its latest")
    parser.add_argument("--top", type=int, default=20, metavar="N", help="so many departments at most (default 20)")
    parser.add_argument("--json", action="store_true", help="print every part of every score as JSON")
    languages = [language.name.lower() for language in Language]
    parser.add_argument("--language", choices=languages, default="zh", help="of all words: Chinese where none is given")


def run(options: argparse.Namespace) -> int:
    """0, 1 where a package is refused (the others are scored), 2 where there is nothing to score."""
    complaints = Console(stderr=True, soft_wrap=True)
    language = Language[options.language.upper()]
    try:
        dataset = load(options.packages)
        found = digest(dataset, options.year)[: max(0, options.top)]
    except (PackageError, QuestionError) as error:
        complaints.print(f"no digest: {error}", style="red", markup=False, highlight=False)
        return 2
    if options.json:
        print(json.dumps(as_json(dataset, found, language), ensure_ascii=False, indent=2))
    else:
        table = Table(show_lines=True)
        for heading in HEADINGS:
            table.add_column(heading.of(language), overflow="fold")
        for rank, each in enumerate(found, start=1):
            parts, reasons = made_up_of(each.accounts[0], language), why(each, language)
            cells = (
                str(rank),
                each.node.name,
                str(each.fiscal_year),
                str(each.score),
                *map("\n".join, (parts, reasons)),
            )
            table.add_row(*map(Styled, cells))
        console = Console()
        console.print(table)
        console.print(rule(language), markup=False, highlight=False)
    for refused in dataset.refused:
        complaints.print(f"refused: {refused}", style="red", markup=False, highlight=False)
    return 1 if dataset.refused else 0
