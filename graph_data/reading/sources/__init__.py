"""The kinds of documents that can be read: each turns bytes into the one layout model; nothing downstream knows which.

A source is a module with `SUFFIXES`, `MEDIA_TYPE` and `blocks(name, data)`, the blocks and the place of the last line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import cast

from graph_data.errors import DocumentError
from graph_data.reading.layout import Block, Document, Place
from graph_data.reading.sources import pdf, text

SOURCES: tuple[ModuleType, ...] = (text, pdf)


def lay_out(path: Path) -> Document:
    """Read a document file; DocumentError for a kind that has no source, a file that is not there or empty."""
    source = next((source for source in SOURCES if path.suffix.lower() in source.SUFFIXES), None)
    if source is None:
        known = ", ".join(suffix for source in SOURCES for suffix in source.SUFFIXES)
        raise DocumentError(path.name, f"a {path.suffix or 'file without suffix'}", f"one of {known}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(path.name, error.strerror or "an unreadable file", "a document to read") from error
    blocks, end = cast("Callable[[str, bytes], tuple[tuple[Block, ...], Place]]", source.blocks)(path.name, data)
    if not blocks:
        raise DocumentError(path.name, "nothing", "the text of a departmental final account")
    return Document(path.name, source.MEDIA_TYPE, hashlib.sha256(data).hexdigest(), blocks, end)
