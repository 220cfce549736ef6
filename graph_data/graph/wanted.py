"""Nodes of one kind by what their records say: everything that is given must hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph_data.achievement import is_achieved
from graph_data.core.records import IndicatorRecord, ProjectRecord
from graph_data.core.terms import IndicatorKind
from graph_data.graph.kinds import NodeKind
from graph_data.graph.nodes import DepartmentEntry, Node


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which nodes of a kind.

    `division` narrows departments, `fiscal_year` projects; the rest indicators: `indicator_kind` is that of the
    indicator or of one above it, `achieved` whether its target was met.
    """

    kind: NodeKind
    name_contains: str = ""
    division: str | None = None
    fiscal_year: int | None = None
    level: int | None = None
    indicator_kind: IndicatorKind | None = None
    achieved: bool | None = None


def is_wanted(wanted: Wanted, node: Node, above: Iterable[Node]) -> bool:
    """Does a node of the kind fit? `above` are its ancestors."""
    return wanted.name_contains in node.name and _fits(wanted, node.record, above)


def _fits(wanted: Wanted, record: object, above: Iterable[Node]) -> bool:
    if isinstance(record, DepartmentEntry):
        return wanted.division in (None, record.division)
    if isinstance(record, ProjectRecord):
        return wanted.fiscal_year in (None, record.account.fiscal_year)
    if isinstance(record, IndicatorRecord):
        return (
            wanted.level in (None, record.level)
            and (wanted.achieved is None or is_achieved(record) is wanted.achieved)
            and (wanted.indicator_kind is None or wanted.indicator_kind in kinds_of(record, above))
        )
    return True


def kinds_of(record: IndicatorRecord, above: Iterable[Node]) -> set[IndicatorKind | None]:
    """The kind of an indicator, and those of the indicators that it stands below."""
    return {record.kind, *(node.record.kind for node in above if isinstance(node.record, IndicatorRecord))}
