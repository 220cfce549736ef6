"""Finding the subject that prose names by its names: 一般公共服务支出(类)…(款)行政运行(项)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph_data import vocabulary as words
from graph_data.records import SubjectRecord
from graph_data.terms import Classification

_NAMED = re.compile(
    r"(?P<category>[^。,;:]+?)(?:支出)?\(类\)(?:支出)?(?P<section>[^。,;:]+?)(?:支出)?\(款\)(?:(?P<item>[^。,;:]+?)(?:支出)?\(项\))?"
)


@dataclass(frozen=True, slots=True)
class NamedSubject:
    """A subject as prose names it; `code` None where no table of the document prints that name."""

    name: str
    code: str | None


class SubjectIndex:
    """The functional subjects that the tables print, by their names from 类 down."""

    def __init__(self, subjects: Iterable[SubjectRecord]) -> None:
        self._names = {
            subject.code: words.subject_name(subject.name)
            for subject in subjects
            if subject.classification is Classification.FUNCTIONAL
        }

    def named(self, text: str) -> NamedSubject | None:
        """The last subject that a text names in full."""
        matches = list(_NAMED.finditer(text))
        if not matches:
            return None
        match = matches[-1]
        last = match["item"] or match["section"]
        path = [words.subject_name(name) for name in (match["category"], match["section"], match["item"]) if name]
        return NamedSubject(last, self._code(path))

    def category(self, name: str) -> str | None:
        """The code of a 类 by its name."""
        return words.FUNCTIONAL_CATEGORIES.get(words.subject_name(name))

    def _code(self, path: list[str]) -> str | None:
        """The code with these names from 类 down; where only the last name fits, the only one that has it."""
        width = 2 * len(path) + 1
        alike = [code for code, name in self._names.items() if name == path[-1] and len(code) == width]
        exact = [code for code in alike if [self._names.get(code[:n]) for n in (3, 5, 7)[: len(path)]] == path]
        return exact[0] if exact else alike[0] if len(alike) == 1 else None
