"""HTML: the tables of a page, merged cells printing once, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree
from lxml import html as parser

from graph_data.core.errors import DocumentError
from graph_data.reading.layout import Block, Paragraph, Place, Row, settle

SUFFIXES = (".html", ".htm")
MEDIA_TYPE = "text/html"

_SILENT = {"script", "style", "head", "noscript", "template"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "html", "li", "main", "nav", "ol", "p", "section", "table", "ul",
}  # fmt: skip
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
MAX_SPAN = 200


def blocks(name: str, data: bytes, _on_page: Callable[[int, int], None]) -> tuple[tuple[Block, ...], Place]:
    """The blocks of a page, and the place of its last line. Raises DocumentError for what is no HTML."""
    text = _decode(name, data)
    try:
        root = parser.document_fromstring(text.encode("utf-8"), parser=parser.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError) as error:
        raise DocumentError(name, f"no page of HTML ({error})", "HTML") from error
    found = tuple(_walk(root))
    return found, Place(None, text.count("\n") + 1)


def _decode(name: str, data: bytes) -> str:
    """UTF-8 where it is, else what the page itself declares; GBK and GB2312 are read as their superset."""
    match = _CHARSET.search(data[:4096])
    declared = match.group(1).decode("ascii") if match else "gb18030"
    for encoding in ("utf-8-sig", "gb18030" if declared.lower() in ("gbk", "gb2312", "utf-8") else declared):
        try:
            return data.decode(encoding).replace("\0", " ")
        except (UnicodeError, LookupError):
            continue
    raise DocumentError(name, f"bytes that are neither UTF-8 nor {declared}", "a page in the charset it declares")


def _walk(root: Any) -> Iterator[Block]:
    """The blocks under an element, depth first and without recursion."""
    pending: list[Any] = [root]
    while pending:
        element = pending.pop()
        if isinstance(element, Paragraph):
            yield element
        elif element.tag == "table" and element.find(".//table") is None:
            yield from settle(_rows(element))
        else:
            pending.extend(reversed(_parts(element)))


def _parts(element: Any) -> list[Any]:
    """The block elements directly under an element, and the runs of words between them as paragraphs."""
    parts: list[Any] = []
    run: list[str] = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _SILENT:
            run.append(child.tail or "")
        elif child.tag in _BLOCKS or child.find(".//table") is not None or any(e.tag in _BLOCKS for e in child.iter()):
            parts += _paragraphs(run, element)
            parts.append(child)
            run = [child.tail or ""]
        else:
            run.append("\n" if child.tag == "br" else _text(child))
            run.append(child.tail or "")
    return [*parts, *_paragraphs(run, element)]


def _paragraphs(run: list[str], element: Any) -> list[Paragraph]:
    place = Place(None, element.sourceline)
    lines = re.split(r"\n", re.sub(r"[ \t\r\f\v\xa0]+", " ", "".join(run)))
    return [Paragraph(line.strip(), place) for line in lines if line.strip()]


def _text(element: Any) -> str:
    """The words of an element, with its line breaks."""
    parts: list[str] = []
    for node in element.iter():
        if node.tag == "br":
            parts.append("\n")
        if isinstance(node.tag, str) and node.tag not in _SILENT:
            parts.append(node.text or "")
        if node is not element:
            parts.append(node.tail or "")
    return "".join(parts)


def _rows(table: Any) -> list[Row]:
    """The rows of a table on its grid: a cell over several columns or rows prints in the first of them."""
    rows: list[Row] = []
    reserved: dict[int, set[int]] = {}
    for number, element in enumerate(table.iter("tr")):
        cells: dict[int, str] = {}
        taken = reserved.pop(number, set())
        column = 0
        for cell in element.iterchildren("td", "th"):
            while column in taken:
                column += 1
            cells[column] = " ".join(_text(cell).split())
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for below in range(1, height):
                reserved.setdefault(number + below, set()).update(range(column, column + width))
            column += width
        width = max([column, *(index + 1 for index in taken)], default=0)
        rows.append(Row(tuple(cells.get(index, "") for index in range(width)), Place(None, element.sourceline)))
    return rows


def _span(cell: Any, name: str) -> int:
    text = cell.get(name) or "1"
    return max(1, min(int(text), MAX_SPAN)) if text.isdecimal() and len(text) < 4 else 1
