"""项目, 绩效指标: the lists of projects and of the indicators of their sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import Enum

from graph_data.core import terms
from graph_data.core.achievement import is_achieved
from graph_data.core.amount import Number
from graph_data.core.records import IndicatorRecord, ProjectRecord
from graph_data.core.terms import Dimension, FundingQuantity, FundSource
from graph_data.graph import NodeKind
from graph_data.graph.nodes import kinds_of
from graph_data.lists.fields import (
    ACCOUNT,
    FOUND,
    NAME,
    UNIT,
    Entry,
    Field,
    Kind,
    ListType,
    above,
    at,
    level_at,
    of_kind,
    percent,
    value_of,
)


def _funding(entry: Entry, quantity: FundingQuantity) -> Number | None:
    record: ProjectRecord = entry.record
    printed = entry.dataset.funding(record.account, record.project)
    found = (each.number for each in printed if each.fund_source is FundSource.TOTAL and each.quantity is quantity)
    return next(found, None)


def _fund(quantity: FundingQuantity) -> Callable[[Entry], int | None]:
    def read(entry: Entry) -> int | None:
        number = _funding(entry, quantity)
        return None if number is None else number.fen

    return read


def _execution(entry: Entry) -> Decimal | None:
    return value_of(_funding(entry, FundingQuantity.EXECUTION_RATE))


def _derived_execution(entry: Entry) -> Decimal | None:
    return percent(_fund(FundingQuantity.EXECUTED)(entry), _fund(FundingQuantity.REVISED_BUDGET)(entry))


def _sheet(entry: Entry) -> Iterator[IndicatorRecord]:
    assert entry.node is not None
    below = entry.dataset.graph.descendants(entry.node.id, kind=NodeKind.INDICATOR)
    return (each.record for each in below if isinstance(each.record, IndicatorRecord) and each.record.level == _LEAF)


_LEAF = 3

PROJECTS = ListType(
    "projects",
    "Every project in every year (项目)",
    NodeKind.PROJECT,
    (
        *ACCOUNT,
        UNIT,
        NAME,
        Field("grade", Kind.TEXT, "Grade of the self-evaluation (自评等级)", at("grade")),
        Field(
            "initialBudget", Kind.MONEY, "Opening budget of all its funds (年初预算数)",
            _fund(FundingQuantity.INITIAL_BUDGET),
        ),
        Field(
            "revisedBudget", Kind.MONEY, "Budget as revised of all its funds (全年预算数)",
            _fund(FundingQuantity.REVISED_BUDGET),
        ),
        Field("executed", Kind.MONEY, "What was spent of all its funds (全年执行数)", _fund(FundingQuantity.EXECUTED)),
        Field("executionRate", Kind.DECIMAL, "Execution rate in percent, as printed (执行率)", _execution),
        Field(
            "derivedExecutionRate", Kind.DECIMAL,
            "What was spent in percent of the revised budget, to two decimals (计算执行率)", _derived_execution,
        ),
        Field(
            "selfEvaluationScore", Kind.DECIMAL, "Score of the self-evaluation (自评得分)",
            lambda entry: value_of(entry.record.self_evaluation_score),
        ),
        Field(
            "indicators", Kind.INTEGER, "How many indicators of level 3 its sheet has (三级指标数)",
            lambda entry: sum(1 for _ in _sheet(entry)),
        ),
        Field(
            "missedIndicators", Kind.INTEGER, "How many of them missed their target (未完成指标数)",
            lambda entry: sum(is_achieved(each) is False for each in _sheet(entry)),
        ),
        FOUND,
    ),
    of_kind(NodeKind.PROJECT, lambda record: str(record.project)),
)  # fmt: skip


def _kinds(entry: Entry) -> list[Enum]:
    assert entry.node is not None
    found = kinds_of(entry.record, entry.dataset.graph.ancestors(entry.node.id))
    return [kind for kind in terms.IndicatorKind if kind in found]


INDICATORS = ListType(
    "indicators",
    "Every indicator of every sheet (绩效指标)",
    NodeKind.INDICATOR,
    (
        *ACCOUNT,
        UNIT,
        Field("project", Kind.MEMBER, "Project (项目)", above(NodeKind.PROJECT), dimension=Dimension.PROJECT),
        NAME,
        Field("level", Kind.INTEGER, "Level, 1 to 3 (指标级次)", level_at),
        Field(
            "kind", Kind.ENUMS, "Its kind, or that of one above it (指标类别)", _kinds, members=terms.IndicatorKind
        ),
        Field("targetText", Kind.TEXT, "The target as printed (指标值)", at("target_text")),
        Field("targetValue", Kind.DECIMAL, "The number of the target (指标数值)", at("target_value")),
        Field("actualText", Kind.TEXT, "What was achieved, as printed (实际完成值)", at("actual_text")),
        Field("actualValue", Kind.DECIMAL, "The number of it (实际数值)", at("actual_value")),
        Field(
            "achieved", Kind.FLAG, "Is the target met? Null where it is not a number (是否完成)",
            lambda entry: is_achieved(entry.record),
        ),
        Field("maxScore", Kind.DECIMAL, "Weight (分值)", lambda entry: value_of(entry.record.max_score)),
        Field("score", Kind.DECIMAL, "Score (得分)", lambda entry: value_of(entry.record.score)),
        Field(
            "scoreRatio", Kind.DECIMAL, "Score in percent of the weight, to two decimals (得分率)",
            lambda entry: percent(value_of(entry.record.score), value_of(entry.record.max_score)),
        ),
        FOUND,
    ),
    of_kind(NodeKind.INDICATOR, lambda record: f"{record.project}/{record.indicator}"),
)  # fmt: skip
