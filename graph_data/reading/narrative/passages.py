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
from graph_data.reading.layout.regions import RegionKind

_NUMBERINGS = tuple(
    map(
        re.compile,
        (r"[一二三四五六七八九十]+[、.]", r"\([一二三四五六七八九十]+\)", r"\d{1,2}[、.](?!\d)", r"\(\d{1,2}\)"),
    )
)
_ALWAYS = 2  # of these, how many head what follows in whatever words they stand; the others also number sentences
_ITEM = re.compile(r"[-•·]?\d{1,2}[、.](?!\d)|[-•·]")
_COMPLETE = re.compile(r"[。！？；：:;!?…]$")
_CLAUSE = re.compile(r"[，,。；、]")
MAX_HEADING = 40


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph under its headings, in plain form, from the outermost in: of 一、 （一） 1. (1) those that stand.

    `part` is 第N部分, else the numbered title in its place (二、部门决算情况说明); `chapter` what the part calls itself
    (名词解释). `paragraphs` are those that it was put together from, each with where its words begin in `text`.
    """

    part: str
    chapter: str
    headings: tuple[str, ...]
    original: str
    text: str
    lines: tuple[Place, ...]
    paragraphs: tuple[tuple[int, Paragraph], ...] = ()

    @property
    def heading(self) -> str:
        return self.headings[0] if self.headings else ""

    @property
    def subheading(self) -> str:
        return self.headings[1] if len(self.headings) > 1 else ""

    @property
    def section(self) -> str:
        return " ".join(filter(None, (self.part, self.heading)))

    @property
    def is_definition(self) -> bool:
        """Does it stand under 名词解释?"""
        return any(words.DEFINITIONS in title for title in (self.chapter, self.heading, self.subheading))

    @property
    def is_overview(self) -> bool:
        """Is it about what the department does and which units it has?"""
        titles = (self.heading, self.subheading)
        if any(words.DUTIES.search(title) or words.UNITS.search(title) for title in titles):
            return True
        return bool(words.OVERVIEW.search(self.chapter)) and not words.EXPLAINED.search(self.heading)

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
    part, chapter = region.section, words.plain(region.title)
    open_headings: dict[int, str] = {}
    is_numbered = False  # is the part a title among those of its own level, so that the next of them ends it?
    for group in _joined(region.paragraphs):
        text, lines, starts = _normal(group)
        if not text:
            continue
        level = _level(text)
        if region.kind is not RegionKind.REPORT and words.CHAPTER.search(text) and _is_short(text):
            chapter = text
            part = words.printed(text) if level == 0 else part
            open_headings = {} if level == 0 else open_headings
            is_numbered = level == 0
        elif level is not None:
            if level == 0 and is_numbered:
                part, chapter, is_numbered = region.section, words.plain(region.title), False
            open_headings = {outer: title for outer, title in open_headings.items() if outer < level} | {level: text}
        headings = tuple(open_headings[each] for each in sorted(open_headings))
        yield Passage(part, chapter, headings, "".join(p.text for p in group), text, lines, starts)


def _level(text: str) -> int | None:
    """How deep a heading stands, by its numbering; None for what is no heading."""
    for level, numbering in enumerate(_NUMBERINGS):
        if numbering.match(text) and _is_short(text):
            return level if level < _ALWAYS or words.HEADED.search(text) else None
    return None


def _is_short(text: str) -> bool:
    return len(text) < MAX_HEADING and not re.search(r"[,;。]|:.", text.rstrip("。"))


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
    opens = any(pattern.match(following) for pattern in (*_NUMBERINGS[:_ALWAYS], _ITEM, words.CAPTION, words.PART))
    if before.goes_on:
        return not (opens and _COMPLETE.search(text))
    if _COMPLETE.search(text) or not _CLAUSE.search(text) or words.CAPTION.search(text):
        return False
    return not opens and _level(text) is None


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
