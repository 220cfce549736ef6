"""Findings: the places where published figures contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from graph_data.checks import BY_ID, message, suggestion
from graph_data.conclusions import Conclusion
from graph_data.core.records import Source
from graph_data.core.terms import Language
from graph_data.dataset import Dataset
from graph_data.exports.columns import (
    ACCOUNT,
    ORGANIZATION,
    SOURCE,
    Column,
    Kind,
    Labels,
    Placed,
    Row,
    Table,
    check_filter,
    filtered,
)
from graph_data.exports.filters import Asked
from graph_data.findings import LocatedFinding
from graph_data.graph import NodeKind

_PLACES = (NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.PROJECT)
_COLUMNS = (
    Column("id", Kind.KEY, "Id of the finding in the API (标识)"),
    *ACCOUNT,
    Column("check", Kind.KEY, "Id of the check that found it (核查编号)"),
    Column("checkTitle", Kind.TEXT, "Title of that check (核查名称)"),
    Column("severity", Kind.KEY, "How grave it is (严重程度)"),
    Column("message", Kind.TEXT, "What was found, in words of the language asked for, else in Chinese (说明)"),
    Column("basis", Kind.TEXT, "The regulation that the check rests on (依据)"),
    Column("suggestion", Kind.TEXT, "What to do about it (建议)"),
    Column("reported", Kind.NUMBER, "The number as printed (公开数)"),
    Column("derived", Kind.NUMBER, "The number that it is held against (核算数)"),
    Column("difference", Kind.NUMBER, "Reported less derived (差额)"),
    Column("tolerance", Kind.NUMBER, "How far apart rounding alone could bring the two (舍入允差)"),
    Column("unit", Kind.TEXT, "What the numbers count: 万元, %, 分 (计量单位)"),
    Column("node", Kind.KEY, "Id of what it concerns (所涉对象)"),
    Column("nodeKind", Kind.KEY, "What that is"),
    Column("nodeName", Kind.TEXT, "Its name"),
    Column(
        "conclusion", Kind.KEY, "What the auditor concluded of it, where that is kept beside the package (审计结论)"
    ),
    Column("conclusionNote", Kind.TEXT, "In the auditor's words (说明)"),
    Column("conclusionName", Kind.TEXT, "Who concluded it (签名)"),
    Column("conclusionDate", Kind.KEY, "On which day, ISO 8601 (日期)"),
    *SOURCE,
    Column("sources", Kind.LIST, "Where every number involved stands; the columns before show the first (出处)"),
)


def _rows(dataset: Dataset, asked: Asked) -> Iterator[Row]:
    check_filter("findings", asked, ORGANIZATION)
    return filtered(dataset.graph, asked.where, _placed(dataset, asked.language), ORGANIZATION)


def _placed(dataset: Dataset, language: Language) -> Iterator[Placed]:
    labels = Labels(dataset)
    for found in dataset.findings:
        row = _row(labels, found, dataset.conclusion(found), language)
        yield Placed(_place(dataset, found), found.account.fiscal_year, row)


def _place(dataset: Dataset, found: LocatedFinding) -> int:
    """The project or unit that the finding is about, or else the department."""
    graph = dataset.graph
    near = [node for node in (*graph.ancestors(found.concerns.id), found.concerns) if node.kind in _PLACES]
    return graph.interval((near[-1] if near else dataset.department_node(found.account)).id)[0]


def _row(labels: Labels, found: LocatedFinding, told: Conclusion | None, language: Language) -> Row:
    finding, rule = found.finding, BY_ID[found.finding.check]
    first = finding.sources[0] if finding.sources else Source(None, None, None)
    return (
        found.node.id,
        *labels.account(found.account),
        finding.check,
        rule.title.of(language),
        finding.severity.name,
        message(finding, language),
        rule.basis,
        suggestion(finding, language),
        finding.reported,
        finding.derived,
        finding.difference,
        finding.tolerance,
        finding.unit,
        found.concerns.id,
        found.concerns.kind.name,
        found.concerns.name,
        *((None,) * 4 if told is None else (told.kind.name, told.note, told.name, told.date.isoformat())),
        *labels.source(found.account, first),
        [_said(source) for source in finding.sources],
    )


def _said(source: Source) -> str:
    """page 3, line 12: section, row, column; what is not known is left out."""
    places = {"page": source.page, "line": source.line}
    place = ", ".join(f"{name} {number}" for name, number in places.items() if number is not None)
    return ": ".join(filter(None, (place, ", ".join(filter(None, (source.section, source.row, source.column))))))


FINDINGS = Table("findings", "Every place where published figures contradict each other (核查发现)", _COLUMNS, _rows)
