"""The kinds of documents that can be read: each turns bytes into the one layout model; nothing downstream knows which.

A source is a module with `SUFFIXES`, `MEDIA_TYPE` and `blocks(name, data, on_page)`, which gives the blocks and the
place of the last line and tells `on_page` how many pages of how many are done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import cast

from graph_data.core.errors import DocumentError
from graph_data.reading.layout import Block, Document, Place
from graph_data.reading.sources import excel, html, pdf, text, word

SOURCES: tuple[ModuleType, ...] = (text, pdf, html, excel, word)
SUFFIXES: tuple[str, ...] = tuple(suffix for source in SOURCES for suffix in source.SUFFIXES)

OnPage = Callable[[int, int], None]
Blocks = Callable[[str, bytes, OnPage], tuple[tuple[Block, ...], Place]]


def lay_out(path: Path, on_page: OnPage) -> Document:
    """Read a document file, telling `on_page` how many pages of how many are done.

    Raises DocumentError for a kind that has no source, a file that is not there or empty.
    """
    source = next((source for source in SOURCES if path.suffix.lower() in source.SUFFIXES), None)
    if source is None:
        kind = f"a {path.suffix} file" if path.suffix else "a file without suffix"
        raise DocumentError(path.name, kind, f"one of {', '.join(SUFFIXES)}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(path.name, error.strerror or "an unreadable file", "a document to read") from error
    blocks, end = cast("Blocks", source.blocks)(path.name, data, on_page)
    if not blocks:
        raise DocumentError(path.name, "nothing", "the text of a departmental final account")
    return Document(path.name, source.MEDIA_TYPE, hashlib.sha256(data).hexdigest(), blocks, end)
