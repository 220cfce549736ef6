"""Documents laid out for the tests of the sources: their paragraphs and rows, and how one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_data.core.errors import DocumentError
from graph_data.reading.layout import Document, Paragraph, Table
from graph_data.reading.sources import lay_out


def laid_out(folder: Path, name: str, data: bytes) -> Document:
    """A file of these bytes, laid out."""
    path = folder / name
    path.write_bytes(data)
    return lay_out(path, lambda _page, _pages: None)


def refusal(folder: Path, name: str, data: bytes) -> str:
    """What the refusal of a file of these bytes says."""
    with pytest.raises(DocumentError) as caught:
        laid_out(folder, name, data)
    return str(caught.value)


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[list[tuple[str, ...]]]:
    """The tables, each a list of its rows' cells."""
    return [[row.cells for row in block.rows] for block in document.blocks if isinstance(block, Table)]
