"""绩效指标: finding them, and telling what was aimed at and what was achieved."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from graph_data.core.records import IndicatorRecord
from graph_data.core.terms import Comparator, IndicatorKind, NarrativeKind
from graph_data.dataset import Dataset
from graph_data.graph import Node, NodeKind, Wanted
from resolvers.nodes import below
from resolvers.paging import Cut, Page, page
from resolvers.projects import words


@dataclass(frozen=True, slots=True)
class Target:
    """年度指标值 or 实际完成值: as printed and, where it is a number, its parts."""

    text: str
    comparator: Comparator | None
    value: Decimal | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class IndicatorQuestion:
    """Which indicators: everything given must hold."""

    name_contains: str | None = None
    kind: IndicatorKind | None = None
    achieved: bool | None = None
    level: int | None = None


def target(record: IndicatorRecord) -> Target | None:
    """What was aimed at; None above level 3 and where nothing is printed."""
    if record.target_text is None:
        return None
    return Target(record.target_text, record.target_comparator, record.target_value, record.target_unit)


def actual(record: IndicatorRecord) -> Target | None:
    """What was achieved; None above level 3 and where nothing is printed."""
    if record.actual_text is None:
        return None
    return Target(record.actual_text, record.actual_comparator, record.actual_value, record.actual_unit)


def indicators(dataset: Dataset, question: IndicatorQuestion, cut: Cut) -> Page[Node]:
    """A page of all indicators that a question selects, sheet by sheet."""
    wanted = Wanted(
        NodeKind.INDICATOR,
        question.name_contains or "",
        level=question.level,
        indicator_kind=question.kind,
        achieved=question.achieved,
    )
    return page(dataset.version, ("indicators", question), dataset.graph.where(wanted), cut)


def indicators_of(dataset: Dataset, project: Node, level: int | None, cut: Cut) -> Page[Node]:
    """A page of a project's indicators of one level; level 1 where none is given."""
    wanted = 1 if level is None else level
    found = [node for node in below(dataset, project.id, NodeKind.INDICATOR) if node.level == wanted]
    return page(dataset.version, ("indicators of", project.id, wanted), found, cut)


def deviation_note(dataset: Dataset, record: IndicatorRecord) -> str | None:
    """偏差原因及改进措施, where the dataset holds its words."""
    return words(dataset, record.account, NarrativeKind.DEVIATION_NOTE, f"{record.project}/{record.indicator}")
