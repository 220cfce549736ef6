"""The page of the Fiscal Data Package: what is written by hand, and the tables as the code has them."""

from __future__ import annotations

from graph_data.package import TABLES, Table
from graph_data.package.cells import Column, Term, Terms
from graph_data.package.descriptor import TITLES, column_description

_OPENING = """\
# The Fiscal Data Package

Generated from `graph_data/package` by `python -m docs`; do not edit.

Reading ends in a package and serving starts from one. It is a folder: `datapackage.json` and one CSV a table, by the
[Fiscal Data Package](https://specs.frictionlessdata.io/fiscal-data-package/) and
[Tabular Data Package](https://specs.frictionlessdata.io/tabular-data-package/) specifications. UTF-8, LF, rows in the
order of their keys, so that two versions of a package compare line by line. Reading the same document twice gives the
same bytes.

`graph_data/packages/` holds the packages that the service ships with. `python server.py --packages DIR …` serves
others: each DIR is a package or a folder of packages.

## Writing one by hand

Size and hash of the tables in `datapackage.json` may be left out; where they stand, a package that differs from them is
refused. After editing one on purpose, run `python -m graph_data verify --accept FOLDER`; `verify` alone names every
file that differs.

1. Copy a shipped package, or let `python -m graph_data read` make one from a document.
2. Edit the CSV files in any editor or spreadsheet. Columns and rows may stand in any order, a byte order mark and
   CRLF are read, `TRUE` is as good as `true`. The three columns of the account (`division`, `department`,
   `fiscal_year`) open every row, so that one package can hold a city's whole year.
3. A published number takes five columns: `text` as printed, its `unit`, the `decimals` of its place (2 for a 706 in a
   table that prints 691.22), the exact `value`, and `fen`, whole 分, where it is money. A printed dash has neither
   value nor fen; a blank cell has no row at all.
4. What a document does not say is an empty cell, or a table with its header alone.
5. Start the service on it, or check it: `python -m graph_data check DIR`. It also validates with any Frictionless
   validator from its own schema: `frictionless validate DIR/datapackage.json`.

## What is refused

A package is read whole or not at all. The first thing that is not what the tables below say is an error that names
the file, the row as a spreadsheet counts it, the column, what was found and what was expected:

    370300-102-2022/units.csv, row 2, column is_headquarters: found 'yes'; expected true or false

Refused are: a missing file or column, a column twice or unknown; a cell that is not of its column's kind; a key twice;
a row that names a row which is not there; a line above itself; a table that says it is empty and has figures, or that
has none and does not say so; an account that another package already gave.

Of several packages only the broken one is refused: the service names it in its log and at `/readyz` and serves the
rest. With `--strict` it does not start.

## The documents beside it

`read` keeps the published files beside the tables, in `originals/`, unless `--without-document` (or
`--without-narratives`) leaves them out: each file under its SHA-256, which `documents.csv` names, and its printed lines
under the same name as CSV. Columns of the lines: `page` and `line` as the sources of all tables name them, `turn` (by
how many degrees clockwise the page is turned to be read), `boxes` (of each cell: left, top, right and bottom in
ten-thousandths of the turned page) and `text`, the cells of a row parted by tabs. `datapackage.json` lists both as
resources with size and hash.

They add nothing to what the tables say: accounts, totals and findings are the same without them, and the folder may be
removed. Where it is there, the service quotes the printed line of every number, shows its page and finds words and
numbers in the whole text. A file whose bytes are not those of its name is not served.

## The tables

Empty cells are allowed where *may be empty* says so. `…` stands for the parts of a number or of a source.
"""
_NUMBER = ("text", "unit", "decimals", "value", "fen")
_SOURCE = ("section", "page", "line", "row", "column", "document", "confidence")


def page() -> str:
    """docs/package.md"""
    return _OPENING + "".join(map(_section, TABLES))


def _section(table: Table) -> str:
    chinese, english = TITLES[table.name]
    key = ", ".join(f"`{name}`" for name in table.columns_of(table.key)) or "the account"
    names = dict.fromkeys(reference.table for reference in table.references)
    references = f" Names rows of {', '.join(f'`{name}`' for name in names)}." if names else ""
    rows = "\n".join(_rows(table))
    return (
        f"\n### {table.name} ({chinese})\n\n{english} Told apart by {key}.{references}\n\n"
        f"| Column | May be empty | Meaning |\n|---|---|---|\n{rows}\n"
    )


def _rows(table: Table) -> list[str]:
    """One row a column, the parts of a number or source in one; the account's columns are said once above."""
    rows = []
    for place in table.places:
        names = [column.name for column in place.columns]
        if place.name == "account":
            continue
        suffixes = tuple(name.rpartition("_")[2] for name in names)
        if len(names) > 1 and suffixes in (_NUMBER, _SOURCE):
            head = names[0].rpartition("_")[0]
            name = f"{head}_…" if head else "`, `".join(names)
            meaning = column_description(table.name, names[0]).partition(": ")[0]
            may = "" if any(column.required for column in place.columns) else "yes"
            rows.append(f"| `{name}` | {may} | {_meaning(meaning, suffixes) if head else 'The number.'} |")
            continue
        rows += [_row(table, column) for column in place.columns]
    return rows


def _row(table: Table, column: Column) -> str:
    meaning = column_description(table.name, column.name) + _names(column)
    return f"| `{column.name}` | {'' if column.required else 'yes'} | {meaning} |"


def _names(column: Column) -> str:
    """Which enumeration a column's names are of."""
    if not isinstance(column.kind, Term | Terms):
        return ""
    kind = type(next(iter(column.kind.members.values()))).__name__
    several = "Names" if isinstance(column.kind, Terms) else "A name"
    return f" {several} of [{kind}](glossary.md#{kind.lower()})."


def _meaning(meaning: str, suffixes: tuple[str, ...]) -> str:
    return f"{meaning[0].upper()}{meaning[1:]}: {', '.join(suffixes)}."
