"""Tables that print names of subjects without codes: what is a part of what, by their sums; which code, by their names.

A row is over the rows below it whose amounts sum to its own, down to one depth in the whole table. A name has a code
where it is a national 类, or where another table of the document prints it under the same code above with one code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph_data.core import vocabulary as words
from graph_data.core.records import FigureRecord, LineRecord
from graph_data.core.terms import Classification, LineItem
from graph_data.reading.statements.frame import Statement

DEPTHS = (3, 2, 1)  # of 类, 款 and 项 those that a table prints
WIDTHS = (3, 5, 7)

Amounts = Mapping[int, int]


def with_codes(statements: Sequence[Statement]) -> list[Statement]:
    """The statements, those without any code nested by their sums and coded by the names of the others."""
    known: dict[str, set[str]] = defaultdict(set)
    for line in (line for statement in statements for line in statement.lines):
        if line.code is not None and line.classification is Classification.FUNCTIONAL and line.item is None:
            known[words.plain(line.label)].add(line.code)
    return [_coded(each, known) if each.is_uncoded else each for each in statements]


def _coded(statement: Statement, known: Mapping[str, set[str]]) -> Statement:
    lines = [line for line in statement.lines if line.item is not LineItem.TOTAL]
    total = next((line for line in statement.lines if line.item is LineItem.TOTAL), None)
    parents = _parents(lines, total, statement.figures)
    codes: dict[int, str] = {}
    found: dict[int, LineRecord] = {}
    depths: dict[int, int] = {}
    for line in lines:
        parent = parents.get(line.line)
        depth = depths[line.line] = 1 + depths[parent] if parent in depths else 1
        code = _code(line.label, depth, codes.get(parent or 0, ""), known) if parents else None
        if code is not None:
            codes[line.line] = code
        title = f"{code or ''} {line.label}".strip()
        found[line.line] = replace(
            line, code=code, classification=Classification.FUNCTIONAL if code else None,
            parent=parent if parent is not None or total is None or not parents else total.line,
            source=replace(line.source, row=title),
        )  # fmt: skip
    return replace(statement, lines=tuple(found.get(line.line, line) for line in statement.lines))


def _code(label: str, depth: int, above: str, known: Mapping[str, set[str]]) -> str | None:
    if depth == 1 and (code := words.FUNCTIONAL_CATEGORIES.get(words.subject_name(label))) is not None:
        return code
    if depth > 1 and not above:
        return None
    fitting = {code for code in known.get(words.plain(label), ()) if len(code) == WIDTHS[depth - 1]}
    fitting = {code for code in fitting if code.startswith(above)}
    return fitting.pop() if len(fitting) == 1 else None


def _parents(
    lines: Sequence[LineRecord], total: LineRecord | None, figures: Iterable[FigureRecord]
) -> dict[int, int | None]:
    """The row that each is a part of, None for a 类; nothing where the sums do not tell."""
    amounts: dict[int, dict[int, int]] = defaultdict(dict)
    step = 0
    for figure in figures:
        amounts[figure.line][figure.column] = figure.number.fen or 0
        step = max(step, figure.number.step)
    rows = _Rows([line.line for line in lines], amounts, step)
    whole = amounts[total.line] if total else None
    for depth in DEPTHS:
        parents: dict[int, int | None] = {}
        if rows.take(0, whole, depth, None, parents) == len(lines):
            return parents
    return {}


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a table in order, by their lines' numbers, with their amounts and the worth of the last digit."""

    lines: Sequence[int]
    amounts: Mapping[int, Amounts]
    step: int

    def take(
        self, start: int, whole: Amounts | None, depth: int, parent: int | None, parents: dict[int, int | None]
    ) -> int | None:
        """Where the parts of a row end that begin at `start`, each with parts of its own down to the depth."""
        summed: dict[int, int] = defaultdict(int)
        at, count = start, 0
        while at < len(self.lines) and (whole is None or not count or not self._equal(summed, whole, count)):
            line = self.lines[at]
            own = self.amounts.get(line, {})
            parents[line] = parent
            end = at + 1 if depth == 1 else self.take(at + 1, own, depth - 1, line, parents)
            if end is None or (depth > 1 and end == at + 1):
                return None
            for column, fen in own.items():
                summed[column] += fen
            at, count = end, count + 1
        return at if whole is None or self._equal(summed, whole, count) else None

    def _equal(self, one: Amounts, other: Amounts, count: int) -> bool:
        """Within the rounding of so many parts and their total?"""
        within = self.step * (count + 1) // 2
        return all(abs(one.get(column, 0) - other.get(column, 0)) <= within for column in {*one, *other})
