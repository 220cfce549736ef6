"""What stands around a document and not in it: navigation above, and attachment lists, footers and buttons below."""

from __future__ import annotations

from collections.abc import Sequence

from graph_data.core import vocabulary as words
from graph_data.reading.layout.blocks import Block, Paragraph, Table

ABOVE, BELOW = 60, 60  # blocks at the two ends of a document that may be such
SHORT = 60  # characters that such a line has at most, apart from an address or a list of links
BETWEEN = 2  # short lines between two of them that are of the same kind


def set_apart(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Paragraph, ...]]:
    """The blocks of the document itself, and the paragraphs around them."""
    asides = {index for index, block in enumerate(blocks) if isinstance(block, Paragraph) and block.aside}
    asides |= {index for index in range(min(ABOVE, len(blocks))) if _is_button(blocks[index])}
    asides |= _below(blocks)
    inside = tuple(block for index, block in enumerate(blocks) if index not in asides)
    around = tuple(block for index in sorted(asides) if isinstance(block := blocks[index], Paragraph))
    return inside, around


def _below(blocks: Sequence[Block]) -> set[int]:
    """From the end up: the lines that are such, and the short ones between two of them."""
    found: set[int] = set()
    index, between = len(blocks) - 1, 0
    while index >= max(1, len(blocks) - BELOW) and between <= BETWEEN:
        block = blocks[index]
        if isinstance(block, Table):
            break
        if _is_button(block) or words.ATTACHMENTS.search(words.plain(block.text)):
            found |= set(range(index, index + between + 1))
            between = 0
        elif (
            len(block.text) <= SHORT
            and not block.text.endswith(("。", "；", "！"))
            and not words.STATED_AMOUNT.search(block.text)
        ):
            between += 1
        else:
            break
        index -= 1
    return found


def _is_button(block: Block) -> bool:
    return (
        isinstance(block, Paragraph)
        and len(block.text) <= 2 * SHORT
        and bool(words.ASIDE.search(words.plain(block.text)))
        and not words.STATED_AMOUNT.search(block.text)
    )
