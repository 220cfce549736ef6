"""项目, 绩效指标: a project's funds, goal, self-evaluation and subjects, and the indicators of its sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from graph_data.core.amount import Number
from graph_data.core.errors import QuestionError
from graph_data.core.records import (
    AccountKey,
    FactRecord,
    FundingRecord,
    IndicatorRecord,
    ProjectAliasRecord,
    ProjectRecord,
)
from graph_data.core.sequences import Each
from graph_data.core.terms import FundingQuantity, FundSource, NarrativeKind, Role, Topic
from graph_data.dataset import Dataset
from graph_data.graph import EdgeKind, LinkDirection, Node, NodeKind
from graph_data.graph.ids import year_of_project
from graph_data.members import require_year, single
from graph_data.rollup import ScoreRollup, score_rollup
from resolvers.nodes import below, entry, linked, of_kind
from resolvers.organization import MemberRef
from resolvers.paging import Cut, Page, page

_EVALUATIONS = (Topic.DEPARTMENTAL_EVALUATION, Topic.EVALUATION_REPORT)


@dataclass(frozen=True, slots=True)
class FundingLine:
    """One row of the funds block of a sheet: a source of funds and what the sheet prints for it."""

    source: FundSource
    records: tuple[FundingRecord, ...]

    def number(self, quantity: FundingQuantity) -> Number | None:
        """What the row prints in a column; None where it prints nothing."""
        return next((record.number for record in self.records if record.quantity is quantity), None)

    def fen(self, quantity: FundingQuantity) -> int | None:
        """An amount of the row in 分; None where it prints nothing or a dash."""
        number = self.number(quantity)
        return None if number is None else number.fen

    def value(self, quantity: FundingQuantity) -> Decimal | None:
        """A rate or score of the row; None where it prints nothing or a dash."""
        number = self.number(quantity)
        return None if number is None else number.value


def project(dataset: Dataset, by: MemberRef, fiscal_year: int | None) -> Node | None:
    """The project of an id, or of a name (of a year; of the latest where none is given).

    MemberError where several of one year have the name, or there is no account of that year.
    """
    if by.id is not None:
        found = of_kind(dataset, by.id, NodeKind.PROJECT)
        return found if found is None or _fits(found, by.name, fiscal_year) else None
    if by.name is None:
        raise QuestionError('project: give its id or its name, such as by: {id: "project:370300/102/2022/9"}')
    require_year(dataset, fiscal_year)
    called = dataset.lookups.project_names.get(by.name, ())
    wanted = max((year_of_project(each.id) for each in called), default=None) if fiscal_year is None else fiscal_year
    return single([each for each in called if year_of_project(each.id) == wanted], by.name, "name")


def _fits(node: Node, name: str | None, fiscal_year: int | None) -> bool:
    return name in (None, node.name) and fiscal_year in (None, entry(node, ProjectRecord).account.fiscal_year)


def projects_of(dataset: Dataset, node: Node, fiscal_year: int | None, cut: Cut) -> Page[Node]:
    """A page of the projects below a department or unit (in a year)."""
    require_year(dataset, fiscal_year)
    found = _of_year(below(dataset, node.id, NodeKind.PROJECT), fiscal_year)
    return page(dataset.version, ("projects of", node.id, fiscal_year), found, cut)


def projects_in(dataset: Dataset, account: AccountKey, cut: Cut) -> Page[Node]:
    """A page of the projects of one account, by their number in its summary."""
    found = _of_year(below(dataset, dataset.department_node(account).id, NodeKind.PROJECT), account.fiscal_year)
    ordered = sorted(found, key=lambda node: entry(node, ProjectRecord).project)
    return page(dataset.version, ("projects in", account), ordered, cut)


def projects_under(dataset: Dataset, subject: Node, fiscal_year: int | None, cut: Cut) -> Page[Node]:
    """The projects that figures show to be charged to the subject or one below it (in a year)."""
    require_year(dataset, fiscal_year)
    ids = [
        project
        for node in (subject, *dataset.graph.descendants(subject.id))
        for _, _, project in dataset.graph.ties(node.id, (EdgeKind.CHARGED_TO,), LinkDirection.IN)
        if fiscal_year in (None, year_of_project(project))
    ]
    found = Each(ids, dataset.graph.__getitem__)
    return page(dataset.version, ("subject projects", subject.id, fiscal_year), found, cut)


def _of_year(nodes: Sequence[Any], fiscal_year: int | None) -> Sequence[Node]:
    """Those of a year, or all; `nodes` are of projects."""
    if fiscal_year is None:
        return nodes
    return [node for node in nodes if node.record.account.fiscal_year == fiscal_year]


def aliases(dataset: Dataset, record: ProjectRecord) -> Sequence[ProjectAliasRecord]:
    """The other spellings of the project's name in its document."""
    return dataset.aliases(record.account, record.project)


def funding(dataset: Dataset, record: ProjectRecord) -> list[FundingLine]:
    """The rows of the sheet's funds block, in the order of the form; empty where no sheet is attached."""
    records = dataset.funding(record.account, record.project)
    rows = ((source, tuple(r for r in records if r.fund_source is source)) for source in FundSource)
    return [FundingLine(source, row) for source, row in rows if row]


def execution_rate(dataset: Dataset, record: ProjectRecord) -> Decimal | None:
    """The printed 执行率 of all funds, in percent."""
    total = [line for line in funding(dataset, record) if line.source is FundSource.TOTAL]
    return total[0].value(FundingQuantity.EXECUTION_RATE) if total else None


def words(dataset: Dataset, account: AccountKey, kind: NarrativeKind, about: str) -> str | None:
    """What the document says of one thing, a line a passage; None where the dataset holds no words of it."""
    found = dataset.narratives(account, kind, about)
    return "\n".join(narrative.text for narrative in found) if found else None


def is_evaluated(record: ProjectRecord) -> bool:
    """Does the document print a score, a grade or a sheet of the project?"""
    return not (record.self_evaluation_score is None and record.grade is None and record.sheet_source is None)


def scores(dataset: Dataset, node: Node) -> ScoreRollup:
    """The sheet's weights and scores summed, beside what it prints."""
    return score_rollup(dataset, node.id)


def subjects(dataset: Dataset, node: Node) -> Sequence[Node]:
    """The subjects that figures show the project to be charged to."""
    return linked(dataset, node.id, EdgeKind.CHARGED_TO, LinkDirection.OUT)


def facts(dataset: Dataset, record: ProjectRecord) -> list[FactRecord]:
    """What the prose and the evaluation reports state of the project, topic by topic."""
    stated = (dataset.facts(record.account, topic) for topic in (Topic.PROJECT_SUMMARY, *_EVALUATIONS))
    return [fact for topic in stated for fact in topic if fact.item == str(record.project)]


def evaluation_score(dataset: Dataset, record: ProjectRecord) -> Decimal | None:
    """The score that the department's own evaluation gave; None where the document states none."""
    scores = (fact for fact in facts(dataset, record) if fact.topic in _EVALUATIONS and fact.role is Role.SCORE)
    return next((fact.number.value for fact in scores), None)


def indicators_of(dataset: Dataset, project: Node, level: int | None, cut: Cut) -> Page[Node]:
    """A page of a project's indicators of one level; level 1 where none is given."""
    wanted = 1 if level is None else level
    found = [node for node in below(dataset, project.id, NodeKind.INDICATOR) if node.level == wanted]
    return page(dataset.version, ("indicators of", project.id, wanted), found, cut)


def deviation_note(dataset: Dataset, record: IndicatorRecord) -> str | None:
    """偏差原因及改进措施, where the dataset holds its words."""
    return words(dataset, record.account, NarrativeKind.DEVIATION_NOTE, f"{record.project}/{record.indicator}")
