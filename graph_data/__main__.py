"""python -m graph_data read DOCUMENT -o DIR: read a published document into a package, and say how it was read."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from graph_data.errors import DocumentError, PackageError
from graph_data.package import write_package
from graph_data.reading import Given, Ledger, Reading, read
from graph_data.reading.ledger import Entry, LeftOver


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line: 0 where the document was read whole, 1 where not, 2 for wrong arguments."""
    options = _parser().parse_args(arguments)
    console = Console(stderr=options.json)
    try:
        with console.status(f"reading {options.document.name}"):
            reading = read(options.document, Given(options.division, options.department))
            account = reading.account
            if options.without_narratives:
                account = replace(account, narratives=())
            write_package([account], options.output)
    except (DocumentError, PackageError) as error:
        if options.json:
            print(
                json.dumps({"document": options.document.name, "read": False, "error": str(error)}, ensure_ascii=False)
            )
        Console(stderr=True, soft_wrap=True).print(f"not read: {error}", style="red", markup=False, highlight=False)
        return 1
    if options.json:
        print(json.dumps(_as_json(options.document, reading), ensure_ascii=False, indent=2))
    else:
        _show(console, options.output, reading)
    return 0 if reading.ledger.is_whole else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m graph_data", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("read", help="read a published document (部门决算) into a package")
    command.add_argument("document", type=Path, metavar="DOCUMENT", help="the document, .txt")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="the package's folder")
    command.add_argument("--division", type=_division, help="行政区划: the six-digit GB/T 2260 code, as in 370300")
    command.add_argument("--department", help="预算部门代码, as in 102, where the document prints none")
    command.add_argument("--json", action="store_true", help="print the ledger as JSON")
    command.add_argument(
        "--without-narratives",
        action="store_true",
        help="keep facts and figures alone, none of the document's sentences",
    )
    return parser


def _division(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) == 6):
        raise argparse.ArgumentTypeError(f"{text!r} is not a six-digit code such as 370300")
    return text


def _show(console: Console, output: Path, reading: Reading) -> None:
    table = Table("place", "title", "recognised as", "figures", title="ledger", title_justify="left")
    for entry in reading.ledger.entries:
        recognised = entry.recognised or "[red]not recognised[/red]"
        table.add_row(str(entry.place), entry.title, recognised, str(entry.figures))
    console.print(table)
    for left in reading.ledger.left_over:
        console.print(f"left over: {left.place}, {left.section}: …{left.text}…", markup=False, highlight=False)
    for form in reading.ledger.lacking:
        console.print(f"lacking: {form}", markup=False)
    department = reading.account.department
    summary = f"{reading.ledger.figures} figures → {output}{_verdict(reading.ledger)}"
    console.print(f"{department.title}: {summary}", markup=False, highlight=False)


def _verdict(ledger: Ledger) -> str:
    return "" if ledger.is_whole else f" (in part: {len(ledger.unrecognised)} tables not recognised)"


def _as_json(document: Path, reading: Reading) -> dict[str, Any]:
    ledger = reading.ledger
    return {
        "document": document.name,
        "read": True,
        "whole": ledger.is_whole,
        "account": {
            "division": reading.account.key.division,
            "department": reading.account.key.department,
            "fiscalYear": reading.account.key.fiscal_year,
        },
        "figures": ledger.figures,
        "entries": [
            {"title": entry.title, "recognised": entry.recognised, "figures": entry.figures, **_place(entry)}
            for entry in ledger.entries
        ],
        "leftOver": [{"section": left.section, "text": left.text, **_place(left)} for left in ledger.left_over],
        "lacking": ledger.lacking,
    }


def _place(of: Entry | LeftOver) -> dict[str, int | None]:
    return {"page": of.place.page, "line": of.place.line}


if __name__ == "__main__":
    sys.exit(main())
