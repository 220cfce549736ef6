"""Plain text, markdown and CSV: a line with tabs or between pipes is a row of a table; other lines are words.

What documents are converted to holds markdown (headings, bold, | cells |) and tables in HTML: both are tables here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence

from graph_data.core.errors import DocumentError
from graph_data.reading import bounds
from graph_data.reading.layout import Block, Laid, Paragraph, Place, Row, Table, settle
from graph_data.reading.sources.encoding import decode

MEDIA_TYPE = "text/plain"

TABLE_LINES = 20_000  # of a table in HTML, after which one without an end is taken for words

_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_HEADING = re.compile(r"^#{1,6}\s+|\s+#+$")
_EMPHASIS = re.compile(r"\*\*(?=\S)([^*]+)\*\*|__(?=\S)([^_]+)__")
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def blocks(name: str, data: bytes, _on_page: Callable[[int, int], None]) -> Laid:
    """The blocks of a text, and the place of its last line.

    Raises DocumentError, naming the line, for bytes whose encoding cannot be told and for control characters.
    """
    lines = _lines(name, decode(name, data))
    bounds.refuse_over(name, sum(1 for line in lines if line.strip()), bounds.LINES, "lines")
    if name.lower().endswith(".csv"):
        return _separated(lines)
    found: list[Block] = []
    tabbed: list[Row] = []
    piped: list[Row] = []
    end = Place(None, 1)
    numbered = iter(enumerate(lines, start=1))
    for number, line in numbered:
        if not line.strip() or line.startswith("```"):
            continue
        end = Place(None, number)
        if _is_piped(line):
            found += _tables(tabbed, [])
            if not _RULE.fullmatch(line.strip()):
                piped.append(Row(_cells(line), end))
            continue
        if "\t" in line:
            found += _tables([], piped)
            tabbed.append(Row(tuple(cell.strip() for cell in line.split("\t")), end))
            continue
        found += _tables(tabbed, piped)
        if _TABLE.search(line):
            from graph_data.reading.sources import html  # noqa: PLC0415 - lxml, for the few texts with such tables

            markup, end = _markup(line, number, numbered)
            found += html.fragment(markup, number)
        else:
            found.append(Paragraph(_words(line), end))
    found += _tables(tabbed, piped)
    return Laid(tuple(found), end)


def _separated(lines: Sequence[str]) -> Laid:
    """The tables of a CSV file, and the words that stand above them in cells of their own."""
    mark = max((",", "\t", ";"), key=lambda one: sum(line.count(one) for line in lines))
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=mark)
    rows = [
        Row(tuple("".join(cell.split("\n")).strip() for cell in row), Place(None, reader.line_num)) for row in reader
    ]
    return Laid(tuple(settle(rows)), Place(None, len(lines)))


def _tables(tabbed: list[Row], piped: list[Row]) -> list[Block]:
    """The tables of the rows gathered so far, which are none afterwards."""
    found: list[Block] = [*([Table(tuple(tabbed))] if tabbed else []), *settle(piped)]
    tabbed.clear()
    piped.clear()
    return found


def _is_piped(line: str) -> bool:
    """Is a line a row of a table in markdown? One that only holds a pipe or two within words is none."""
    stripped = line.strip()
    return (stripped.startswith("|") and stripped.count("|") > 1) or (
        stripped.count("|") > 0 and bool(_RULE.fullmatch(stripped))
    )


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|")
    inner = inner.removesuffix("|") if not inner.endswith("\\|") else inner
    cells = re.split(r"(?<!\\)\|", inner)
    return tuple(_words(_BREAK.sub("", cell.replace("\\|", "|"))) for cell in cells)


def _words(line: str) -> str:
    """Words without the marks of markdown."""
    return _EMPHASIS.sub(lambda match: match[1] or match[2], _HEADING.sub("", line.strip())).strip()


def _markup(line: str, number: int, numbered: Iterator[tuple[int, str]]) -> tuple[str, Place]:
    """The lines of a table in HTML, to its end."""
    lines = [line]
    depth = len(_TABLE.findall(line)) - len(_TABLE_END.findall(line))
    while depth > 0 and len(lines) < TABLE_LINES:
        number, following = next(numbered, (number, None))
        if following is None:
            break
        lines.append(following)
        depth += len(_TABLE.findall(following)) - len(_TABLE_END.findall(following))
    return "\n".join(lines), Place(None, number)


def _lines(name: str, text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", " ").replace("\v", " ").split("\n")
    for number, content in enumerate(lines, start=1):
        if (bad := next((mark for mark in content if mark < " " and mark != "\t"), None)) is not None:
            raise DocumentError(f"{name}, line {number}", f"control character {ord(bad):#04x}", "printable text")
    return lines
