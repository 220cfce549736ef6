"""The prose as passages: paragraphs joined over page breaks, each under its headings, every character with its line.

A passage's `text` is in half-width forms and without spaces, so that one pattern fits every spelling; `lines`
gives the place of each of its characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph_data.core import vocabulary as words
from graph_data.core.records import Source
from graph_data.reading.layout import Paragraph, Place, Region, compact

_HEADING = re.compile(r"[一二三四五六七八九十]+、")
_SUBHEADING = re.compile(r"\([一二三四五六七八九十]+\)")
_ITEM = re.compile(r"[-•·]?\d{1,2}[、.](?!\d)|[-•·]")
_COMPLETE = re.compile(r"[。！？；：:;!?…]$")
_CLAUSE = re.compile(r"[，,。；、]")


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph; `heading` is its 一、 and `subheading` its （一）, in plain form, "" where there is none.

    `paragraphs` are those that it was put together from, each with where its words begin in `text`.
    """

    part: str
    heading: str
    subheading: str
    original: str
    text: str
    lines: tuple[Place, ...]
    paragraphs: tuple[tuple[int, Paragraph], ...] = ()

    @property
    def section(self) -> str:
        return " ".join(filter(None, (self.part, self.heading)))

    @property
    def place(self) -> Place:
        return self.lines[0]

    def spans(self, start: int, end: int) -> Iterator[tuple[Paragraph, int, int]]:
        """Where characters of `text` stand in the paragraphs that it was put together from."""
        for begin, paragraph in reversed(self.paragraphs):
            if begin < end:
                yield paragraph, max(0, start - begin), end - begin
                if begin <= start:
                    return
                end = begin

    def source(self, start: int, row: str | None = None, column: str | None = None) -> Source:
        """The source of what stands at a character of `text`."""
        place = self.lines[min(start, len(self.lines) - 1)]
        return place.source(self.section, row, column)


def passages(region: Region) -> Iterator[Passage]:
    """The passages of a region in order; headings are passages of their own."""
    heading = subheading = ""
    for group in _joined(region.paragraphs):
        text, lines, starts = _normal(group)
        if not text:
            continue
        if _is_heading(text, _HEADING):
            heading, subheading = text, ""
        elif _is_heading(text, _SUBHEADING):
            subheading = text
        yield Passage(region.section, heading, subheading, "".join(p.text for p in group), text, lines, starts)


def _is_heading(text: str, numbering: re.Pattern[str]) -> bool:
    return bool(numbering.match(text)) and len(text) < 40 and not re.search(r"[,;。]|:.", text.rstrip("。"))


def _joined(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Paragraphs that a page or line break cut in the middle of a sentence, put together."""
    group: list[Paragraph] = []
    for paragraph in paragraphs:
        if group and not _goes_on(group[-1], paragraph):
            yield group
            group = []
        group.append(paragraph)
    if group:
        yield group


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    text, following = words.plain(before.text), words.plain(after.text)
    opens = any(pattern.match(following) for pattern in (_HEADING, _SUBHEADING, _ITEM, words.CAPTION, words.PART))
    if before.goes_on:
        return not (opens and _COMPLETE.search(text))
    if _COMPLETE.search(text) or not _CLAUSE.search(text) or words.CAPTION.search(text):
        return False
    return not opens and not _is_heading(text, _HEADING) and not _is_heading(text, _SUBHEADING)


def _normal(group: Sequence[Paragraph]) -> tuple[str, tuple[Place, ...], tuple[tuple[int, Paragraph], ...]]:
    text = ""
    lines: list[Place] = []
    starts: list[tuple[int, Paragraph]] = []
    for paragraph in group:
        plain = compact(paragraph.text)
        starts.append((len(text), paragraph))
        text += plain
        lines += [paragraph.place] * len(plain)
    return text, tuple(lines), tuple(starts)
