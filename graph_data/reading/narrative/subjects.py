"""Finding the subject that prose names by its names: 一般公共服务支出(类)…(款)行政运行(项)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph_data.core import vocabulary as words
from graph_data.core.records import SubjectRecord
from graph_data.core.terms import Classification

_NAMED = re.compile(
    r"(?P<category>[^。,;:]+?)(?:支出)?\(类\)(?:支出)?(?P<section>[^。,;:]+?)(?:支出)?\(款\)(?:(?P<item>[^。,;:]+?)(?:支出)?\(项\))?"
)


@dataclass(frozen=True, slots=True)
class NamedSubject:
    """A subject as prose names it; `code` None where no table of the document prints that name."""

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
        """The last subject that a text names in full."""
        matches = list(_NAMED.finditer(text))
        if not matches:
            return None
        names = [name for name in matches[-1].group("category", "section", "item") if name]
        path = [words.subject_name(name) for name in names]
        return NamedSubject(names[-1], words.FUNCTIONAL_CATEGORIES.get(path[0]), self._code(path))

    def by_amount(self, subject: NamedSubject, fen: int) -> str | None:
        """The code of a subject that prose names as no table does: the only leaf of its 类 that spent just this."""
        if subject.category is None:
            return None
        alike = [code for code, amount in self._amounts.items() if code.startswith(subject.category) and amount == fen]
        return alike[0] if len(alike) == 1 else None

    def _code(self, path: list[str]) -> str | None:
        """The code with these names from 类 down; where only the last name fits, the only one that has it."""
        width = 2 * len(path) + 1
        alike = [code for code, name in self._names.items() if name == path[-1] and len(code) == width]
        exact = [code for code in alike if [self._names.get(code[:n]) for n in (3, 5, 7)[: len(path)]] == path]
        return exact[0] if exact else alike[0] if len(alike) == 1 else None
