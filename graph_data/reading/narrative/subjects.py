"""Finding the subjects that prose names: 一般公共服务支出(类)…(款)行政运行(项), (款)(项) under a heading of the 类,
a code (2010301), a name that only one subject of the tables has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph_data.core import vocabulary as words
from graph_data.core.records import SubjectRecord
from graph_data.core.terms import Classification

MAX_NAME = 40  # characters; the longest name of a 项 has 32
LEVELS = "类款项"
_LEVEL = re.compile(r"\((?:\d{3,7})?([类款项])(?:级)?\)")
_STOP = re.compile(r"[。,;:\d]")
_JOINT = re.compile(r"^(?:支出(?=.)|[、.和及与])+")
_CODE = re.compile(r"(?<![\d.,])\d{3}(?:\d\d){0,2}(?![\d.,%]|年|亿|万|元|个|人|项|次|辆|台)")
_CATEGORY = re.compile(
    "(?:" + "|".join(sorted(map(re.escape, words.FUNCTIONAL_CATEGORIES), key=len, reverse=True)) + r")支出"
)
_AMBIGUOUS = frozenset({"其他支出", "国有资本经营预算支出"})


@dataclass(frozen=True, slots=True)
class NamedSubject:
    """A subject as prose names it from `start` to `end`; `code` None where no table of the document prints that name.

    `category` is the code of its 类, where that is named.
    """

    start: int
    end: int
    name: str
    category: str | None
    code: str | None


class SubjectIndex:
    """The functional subjects that the tables print, by their names from 类 down; `amounts` the leaves' expenditure."""

    def __init__(self, subjects: Iterable[SubjectRecord], amounts: Mapping[str, int]) -> None:
        self._names = {
            subject.code: words.subject_name(subject.name)
            for subject in subjects
            if subject.classification is Classification.FUNCTIONAL
        }
        self._amounts = amounts

    def named(self, text: str) -> NamedSubject | None:
        """The last subject that a text names by (类)(款)(项)."""
        return next(iter(reversed(list(self._by_levels(text, None)))), None)

    def mentions(self, text: str, heading: str) -> Iterator[NamedSubject]:
        """Every subject that a text names, in no order; `heading` may name the 类 of what it names from 款 down."""
        above = self.named(heading)
        yield from self._by_levels(text, above.category if above else None)
        for match in _CODE.finditer(text):
            if match.group() in self._names:
                yield NamedSubject(
                    match.start(), match.end(), self._names[match.group()], match.group()[:3], match.group()
                )
        for match in _CATEGORY.finditer(text):
            code = words.FUNCTIONAL_CATEGORIES[words.subject_name(match.group())]
            if match.group() not in _AMBIGUOUS and code in self._names:
                yield NamedSubject(match.start(), match.end(), match.group(), code, code)

    def bare(self, label: str) -> str | None:
        """The code of the only subject whose name a label is, numbering and 支出 apart."""
        name = words.subject_name(label)
        alike = [code for code, other in self._names.items() if other == name]
        return alike[0] if len(alike) == 1 else None

    def by_amount(self, subject: NamedSubject, fen: int) -> str | None:
        """The code of a subject that prose names as no table does: the only leaf of its 类 that spent just this."""
        if subject.category is None:
            return None
        alike = [code for code, amount in self._amounts.items() if code.startswith(subject.category) and amount == fen]
        return alike[0] if len(alike) == 1 else None

    def _by_levels(self, text: str, category: str | None) -> Iterator[NamedSubject]:
        """What stands before (类), (款), (项); names that follow each other from 类 down are one path."""
        path: list[tuple[int, str]] = []
        start = end = 0
        for match in _LEVEL.finditer(text):
            level = LEVELS.index(match[1])
            begin, name = _before(text, match.start(), end)
            if path and (path[-1][0] >= level or begin > end + 2):
                path = []
            start = start if path else begin
            path.append((level, name))
            end = match.end() + len("支出") * text.startswith("支出", match.end())
            yield self._resolved(start, end, path, category)

    def _resolved(self, start: int, end: int, path: list[tuple[int, str]], category: str | None) -> NamedSubject:
        named = dict(path)
        plain = {level: words.subject_name(name) for level, name in path}
        if 0 in plain:
            category = words.FUNCTIONAL_CATEGORIES.get(plain[0])
        return NamedSubject(start, end, named[path[-1][0]], category, self._code(plain, category))

    def _code(self, path: dict[int, str], category: str | None) -> str | None:
        """The code with these names; where only the last name fits, the only one that has it."""
        last = max(path)
        alike = [code for code, name in self._names.items() if name == path[last] and len(code) == 2 * last + 3]
        if 0 not in path and category is not None:
            alike = [code for code in alike if code.startswith(category)] or alike
        exact = [
            code
            for code in alike
            if all(self._names.get(code[: 2 * level + 3]) == name for level, name in path.items())
        ]
        found = exact or alike
        return found[0] if len(found) == 1 or (exact and 0 in path) else None


def _before(text: str, end: int, floor: int) -> tuple[int, str]:
    """The name that ends right before a level's sign, and where it begins."""
    begin = max(floor, end - MAX_NAME)
    window = text[begin:end]
    stop = 0
    for match in _STOP.finditer(window):
        stop = match.end()
    if (joint := _JOINT.match(window[stop:])) is not None:
        stop += joint.end()
    name = words.unnumbered(window[stop:])
    short = name.removesuffix("支出")
    return begin + stop, name if short in ("", "其他") else short
