"""What kept documents print: their lines, the quotation of a source, and the lines that hold words or numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from graph_data.core.errors import QuestionError
from graph_data.core.records import AccountKey, DocumentRecord, PrintedLine, Source
from graph_data.dataset import Dataset
from graph_data.graph import Node, NodeKind
from graph_data.package.originals import Lines, plain
from graph_data.package.origins import UNKNOWN, Origin
from resolvers.nodes import entry
from resolvers.paging import Cut, Page, page

MOST_FOUND = 1_000
MAX_TEXT = 200
_NONE = Lines(())


def quotation(dataset: Dataset, key: AccountKey, source: Source) -> str | None:
    """The printed line of a source; None where the document is not kept, or the source names no line."""
    if not dataset.originals.files:
        return None
    record = entry(dataset.document_node(key, source.document), DocumentRecord)
    return dataset.originals.quotation(record, source.page, source.line)


def origin(dataset: Dataset, record: DocumentRecord) -> Origin:
    """Where a document was published, as far as that is known."""
    return dataset.origins.get(record.sha256, UNKNOWN)


def pages(dataset: Dataset, record: DocumentRecord) -> int | None:
    """The last page of a kept document that prints something; None where it has none, or is not kept."""
    return (dataset.originals.lines(record.sha256) or _NONE).pages


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of a document are asked for: of a page, at a line, holding every one of some words."""

    page: int | None
    line: int | None
    containing: str | None


def lines(dataset: Dataset, record: DocumentRecord, wanted: Wanted, cut: Cut) -> Page[PrintedLine]:
    """The lines of a kept document that are asked for, in order; none where it is not kept."""
    held = dataset.originals.lines(record.sha256) or _NONE
    found = held.lines if wanted.containing is None else held.having(_words(wanted.containing))
    chosen = [each for each in found if wanted.page in (None, each.page) and wanted.line in (None, each.line)]
    return page(dataset.version, ("lines", record.sha256, wanted), chosen, cut)


def lines_having(dataset: Dataset, text: str, cut: Cut) -> Page[tuple[Node, PrintedLine]]:
    """The lines of all kept documents that hold every word of a text, at most MOST_FOUND of them."""
    words = _words(text)
    nodes = (node for key in dataset.keys for node in dataset.document_nodes(key)) if dataset.originals.files else ()
    found = (
        (node, line)
        for node in nodes
        if node.kind is NodeKind.DOCUMENT
        for line in (dataset.originals.lines(entry(node, DocumentRecord).sha256) or _NONE).having(words)
    )
    return page(dataset.version, ("lines having", text), list(islice(found, MOST_FOUND)), cut)


def _words(text: str) -> list[str]:
    words = list(filter(None, map(plain, text.split())))
    if not words or len(text) > MAX_TEXT:
        raise QuestionError(f"text: give words or a number, in at most {MAX_TEXT} characters, such as 热线 or 706.32")
    return words
