"""HTML: the tables of a page, merged cells printing once, and the words around them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree
from lxml import html as parser

from graph_data.core.errors import DocumentError
from graph_data.reading import bounds
from graph_data.reading.layout import Block, Laid, Paragraph, Place, Row, settle
from graph_data.reading.sources.encoding import is_chinese

MEDIA_TYPE = "text/html"

_SILENT = {"script", "style", "head", "noscript", "template"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "html", "li", "main", "nav", "ol", "p", "section", "table", "ul",
}  # fmt: skip
_AS_GB = {"gbk", "gb2312", "utf-8", "utf8", "iso-8859-1", "windows-1252", "ascii", "us-ascii"}  # what they say is wrong
_ASIDE = {"nav", "footer", "aside"}
_ASIDE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|footer?|foot|crumbs?|breadcrumbs?|copyright|share|sidebar|toolbar|location)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
MAX_ASIDE = 2000  # characters of such an element
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def blocks(name: str, data: bytes, _on_page: Callable[[int, int], None]) -> Laid:
    """The blocks of a page, and the place of its last line. Raises DocumentError for what is no HTML."""
    text = _decode(name, data)
    try:
        root = _parsed(text)
        numbers = _hide(root)
        found = tuple(_walk(root, 0)) or tuple(_walk(_parsed(text), 0))
    except (etree.LxmlError, ValueError) as error:
        raise DocumentError(name, f"no page of HTML ({error})", "HTML") from error
    hidden = f"{numbers} numbers that the page hides; they were not read" if numbers else None
    return Laid(found, Place(None, text.count("\n") + 1), hidden=hidden)


def _hide(root: Any) -> int:
    """Take out what a page does not show; how many numbers stood there. Words behind it stay."""
    numbers = 0
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag in _SILENT:
            continue
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
            numbers += len(_NUMBER.findall(element.text_content()))
            element.drop_tree()
    return numbers


def fragment(markup: str, line: int) -> list[Block]:
    """The blocks of a table that stands in a text, from this line on."""
    return list(_walk(_parsed(markup), line - 1))


def _parsed(text: str) -> Any:
    return parser.document_fromstring(text.encode("utf-8"), parser=parser.HTMLParser(encoding="utf-8"))


def _decode(name: str, data: bytes) -> str:
    """UTF-8 where it is, else what the page itself declares; GBK and GB2312 are read as their superset."""
    match = _CHARSET.search(data[:4096])
    declared = match.group(1).decode("ascii") if match else "gb18030"
    others = "gb18030" if declared.lower() in _AS_GB else declared
    for encoding in ("utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig", others):
        try:
            text = data.decode(encoding).replace("\0", " ")
        except (UnicodeError, LookupError):
            continue
        if encoding != "gb18030" or (match and "gb" in declared.lower()) or is_chinese(text):
            return text
    raise DocumentError(name, f"bytes that are neither UTF-8 nor {declared}", "a page in the charset it declares")


def _walk(root: Any, above: int) -> Iterator[Block]:
    """The blocks under an element, depth first and without recursion; `above` lines stand before it.

    What stands in the navigation or the footer of the page is aside.
    """
    pending: list[tuple[Any, bool]] = [(root, False)]
    while pending:
        element, is_aside = pending.pop()
        if isinstance(element, Paragraph):
            yield Paragraph(element.text, Place(None, (element.place.line or 0) + above), aside=is_aside)
        elif element.tag == "table" and element.find(".//table") is None:
            yield from settle(_rows(element, above))
        else:
            is_aside = is_aside or _is_aside(element)
            pending.extend((part, is_aside) for part in reversed(_parts(element)))


def _is_aside(element: Any) -> bool:
    """Is an element the navigation or footer of its page? One that holds a table of data is not, whatever its name."""
    named = element.tag in _ASIDE or _ASIDE_NAME.search(f"{element.get('class') or ''} {element.get('id') or ''}")
    return bool(named) and element.find(".//table") is None and len(element.text_content()) <= MAX_ASIDE


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


def _rows(table: Any, above: int) -> list[Row]:
    """The rows of a table on its grid: a cell over several columns or rows prints in the first of them."""
    rows: list[Row] = []
    size = 0
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
            size += width * height
            bounds.refuse_over(f"line {element.sourceline}", size, bounds.CELLS, "cells")
            for below in range(1, height):
                reserved.setdefault(number + below, set()).update(range(column, column + width))
            column += width
        width = max([column, *(index + 1 for index in taken)], default=0)
        size += width
        bounds.refuse_over(f"line {element.sourceline}", size, bounds.CELLS, "cells")
        rows.append(
            Row(tuple(cells.get(index, "") for index in range(width)), Place(None, (element.sourceline or 0) + above))
        )
    return rows


def _span(cell: Any, name: str) -> int:
    """How many columns or rows a cell spans. Raises DocumentError for more than any table has."""
    text = (cell.get(name) or "1").strip()
    if not (text.isascii() and text.isdecimal()):
        return 1
    bounds.refuse_over(f"line {cell.sourceline}", int(text[:9]), bounds.SPAN, f"{name} of a cell")
    return max(1, int(text))
