"""Findings: the places where published figures contradict each other."""

from __future__ import annotations

from graph_data.checks import BY_ID, message, suggestion
from graph_data.core.records import Source
from graph_data.core.terms import ConclusionKind
from graph_data.dataset import Dataset
from graph_data.exports.asked import Asked
from graph_data.exports.columns import SOURCE, Column, Kind, Labels, Row
from graph_data.exports.lists import list_table
from graph_data.findings import LocatedFinding
from graph_data.lists import Entry
from graph_data.lists.declared import FINDINGS as FINDING_LIST

_COLUMNS = (
    Column("checkTitle", Kind.TEXT, "Title of that check (核查名称)"),
    Column("message", Kind.TEXT, "What was found, in words of the language asked for, else in Chinese (说明)"),
    Column("basis", Kind.TEXT, "The regulation that the check rests on (依据)"),
    Column("suggestion", Kind.TEXT, "What to do about it (建议)"),
    Column("tolerance", Kind.NUMBER, "How far apart rounding alone could bring the two (舍入允差)"),
    Column("unit", Kind.TEXT, "What the numbers count: 万元, %, 分 (计量单位)"),
    Column("node", Kind.KEY, "Id of what it concerns (所涉对象标识)"),
    Column("nodeKind", Kind.KEY, "What that is (所涉对象类别)"),
    Column("nodeName", Kind.TEXT, "Its name (所涉对象名称)"),
    Column(
        "conclusion", Kind.KEY,
        "What the auditor concluded of it, where that is kept beside the package (审计结论)", ConclusionKind,
    ),
    Column("conclusionNote", Kind.TEXT, "In the auditor's words (结论说明)"),
    Column("conclusionName", Kind.TEXT, "Who concluded it (签名)"),
    Column("conclusionDate", Kind.KEY, "On which day, ISO 8601 (日期)"),
    *SOURCE,
    Column("sources", Kind.LIST, "Where every number involved stands; the columns before show the first (出处)"),
)  # fmt: skip


def _of_finding(dataset: Dataset, labels: Labels, entry: Entry, asked: Asked) -> Row:
    found, language = entry.record, asked.language
    assert isinstance(found, LocatedFinding)
    finding, rule = found.finding, BY_ID[found.finding.check]
    told = dataset.conclusion(found)
    first = finding.sources[0] if finding.sources else Source(None, None, None)
    return (
        rule.title.of(language),
        message(finding, language),
        rule.basis,
        suggestion(finding, language),
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


FINDINGS = list_table(FINDING_LIST, _COLUMNS, _of_finding)
