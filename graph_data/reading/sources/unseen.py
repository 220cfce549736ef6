"""Characters that nobody sees: taken out, so that a number or a name is the one that a reader sees."""

from __future__ import annotations

import re
from dataclasses import replace

from graph_data.core.errors import DocumentError
from graph_data.reading.layout import Block, Paragraph

_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a\u202c\u202d\u2060-\u2066\u2068\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]"
)
_TURNING = re.compile("[\u202b\u202e\u2067]")


def as_seen(name: str, block: Block) -> Block:
    """The block without them. Raises DocumentError for one that has words shown in another order than they stand in."""
    words = [block.text] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row.cells]
    text = "\n".join(words)
    if text.isascii():
        return block
    if turning := _TURNING.search(text):
        found = f"a character that turns the direction of writing (U+{ord(turning.group()):04X})"
        raise DocumentError(f"{name}, {block.place}", found, "text that stands as it is shown")
    if _UNSEEN.search(text) is None:
        return block
    if isinstance(block, Paragraph):
        return replace(block, text=_without(block.text))
    return replace(block, rows=tuple(replace(row, cells=tuple(map(_without, row.cells))) for row in block.rows))


def _without(text: str) -> str:
    return _UNSEEN.sub("", text)
