"""Characters that nobody sees are taken out, digits of another script become ours: what is read is what is seen."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from graph_data.core.errors import DocumentError
from graph_data.reading.layout import Block, Paragraph

_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a\u202c\u202d\u2060-\u2066\u2068\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]"
)
_FOREIGN_DIGIT = re.compile(r"(?![0-9０-９])\d")
_TURNING = re.compile("[\u202b\u202e\u2067]")


def as_seen(name: str, block: Block) -> Block:
    """The block as it is seen. Raises DocumentError where words are shown in another order than they stand in."""
    words = [block.text] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row.cells]
    text = "\n".join(words)
    if text.isascii():
        return block
    if turning := _TURNING.search(text):
        found = f"a character that turns the direction of writing (U+{ord(turning.group()):04X})"
        raise DocumentError(f"{name}, {block.place}", found, "text that stands as it is shown")
    if _UNSEEN.search(text) is None and _FOREIGN_DIGIT.search(text) is None:
        return block
    if isinstance(block, Paragraph):
        return replace(block, text=_seen(block.text))
    return replace(block, rows=tuple(replace(row, cells=tuple(map(_seen, row.cells))) for row in block.rows))


def _seen(text: str) -> str:
    return _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit.group())), _UNSEEN.sub("", text))
