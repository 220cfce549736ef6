"""What the tools answer: questions of an assistant over the resolvers, as plain functions (dataset, …) → JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar

import orjson
from graphql import OperationDefinitionNode, parse

from graph_data.analysis import AnalysisQuestion, AnalysisTable, Group
from graph_data.analysis import ColumnKind as MoneyKind
from graph_data.core import reading_state
from graph_data.core.amount import AmountUnit, in_unit
from graph_data.core.errors import Candidate, MemberError, QuestionError
from graph_data.core.records import Account, AccountKey, LineRecord, ReadTableRecord, StatementRecord
from graph_data.core.terms import Dimension, Language, Measure, Severity, StatementForm
from graph_data.dataset import Dataset
from graph_data.exports import TABLES
from graph_data.exports import Kind as ColumnKind
from graph_data.exports.asked import asked_of, measure_named
from graph_data.exports.columns import Labels
from graph_data.exports.formats import encode_json_lines
from graph_data.figures import DIMENSIONS
from graph_data.figures.measures import SCOPES
from graph_data.graph import EdgeKind, LinkDirection, Node, NodeKind
from graph_data.lists import LISTS, entry_of, figure_where
from graph_data.members import members, nearest
from graph_data.rollup import GroupBy, OrderKey, RollupOrder, RollupRow, Where, select
from graph_data.scope import Scope
from resolvers import figures, findings, lists, nodes, organization, search, statements
from resolvers.figures import RollupQuestion
from resolvers.findings import FindingQuestion
from resolvers.nodes import entry
from resolvers.paging import Cut, Page, page
from schema import schema
from schema.exported import ANALYZE, exported
from serving.mcp import shown
from serving.mcp.shown import Shown

_Member = TypeVar("_Member", bound=Enum)
_SHOWN = 60
_MOST_DOCUMENTS = 5
_EVERYWHERE = (Dimension.DIVISION, Dimension.DEPARTMENT, Dimension.FISCAL_YEAR)  # what every measure is by
_OFFERED = (NodeKind.DIVISION, NodeKind.UNIT, NodeKind.PROJECT, NodeKind.SUBJECT)


def overview(dataset: Dataset) -> Shown:
    """What is served: its first documents, how many of what, measures with their dimensions, how the checks ended."""
    counts = dataset.graph.counts
    read, refused = len(dataset.keys), len(dataset.refused)
    return {
        "datasetVersion": dataset.version,
        "coverage": shown.coverage(read, read + refused),
        "fiscalYears": list(dataset.fiscal_years),
        "counts": {kind.name.lower(): count for kind, count in counts.items()} | {"figures": len(dataset.all_figures)},
        "measures": [_measure(measure) for measure in Measure if len(select(dataset, measure))],
        "checks": _outcomes(dataset, None),
        "documents": read,
        "sources": [_document(dataset, key) for key in dataset.keys[:_MOST_DOCUMENTS]],
    }


def _measure(measure: Measure) -> str:
    """EXPENDITURE 支出, 万元, by DEPARTMENT FISCAL_YEAR"""
    dimensions = (each.name for each in Dimension if each in DIMENSIONS[measure] and each not in _EVERYWHERE)
    return f"{measure.name} {measure.value}, {SCOPES[measure].unit}, by {' '.join(dimensions)}"


def _document(dataset: Dataset, key: AccountKey) -> Shown:
    department = dataset.department_node(key)
    title = dataset.final_accounts_node(key).name
    return {"document": dataset.document_node(key).id, "title": title, "department": department.id}


def find(dataset: Dataset, text: str, kinds: Sequence[str] | None, cut: Cut) -> Shown:
    """Nodes that hold every word of a text, best first."""
    found = search.search(dataset, text, kinds, cut)
    items = [shown.node(dataset, hit.node) | {"score": f"{hit.score:f}"} for hit in found.page.items]
    facets = {search.TYPE_NAMES[kind]: count for kind, count in found.facets}
    return shown.listed(dataset, found.page, items, {"facets": facets})


def walk_tree(dataset: Dataset, id: str, depth: int, leaves_only: bool, cut: Cut) -> Shown:
    """A node, its ancestors, and what is below it down to a depth."""
    found = _node(dataset, id)
    below = nodes.descendants(dataset, found.id, depth, leaves_only, cut)
    items = [shown.node(dataset, each) for each in below.items]
    above = [{"id": each.id, "name": each.name} for each in nodes.ancestors(dataset, found)]
    return shown.listed(dataset, below, items, {"node": shown.node(dataset, found), "ancestors": above})


def _node(dataset: Dataset, id: str) -> Node:
    found = nodes.node(dataset, id)
    if not isinstance(found, Node):
        kind = next((each for each in _OFFERED if id.startswith(f"{each.name.lower()}:")), NodeKind.DEPARTMENT)
        alike = nearest(dataset, kind, id.rpartition(":")[2], lambda _: True)
        raise MemberError(f"id: {id[:_SHOWN]!r} names no node; take one from find", alike)
    return found


def roll_up(
    dataset: Dataset,
    measure: str,
    by: Sequence[str],
    where: Mapping[str, Any] | None,
    largest_first: bool,
    across_years: bool,
    cut: Cut,
) -> Shown:
    """Totals of a measure by dimensions: what the figures add up to beside what the documents print."""
    order = (RollupOrder(OrderKey.AMOUNT),) if largest_first else ()
    groups = tuple(_group_by(each) for each in by)
    question = RollupQuestion(measure_named(measure), groups, _where(where), order, False, across_years)
    found = figures.rollup_rows(dataset, question, cut)
    total, scope = found.grand_total()
    items = [_row(dataset, row, found.scope) for row in found.page.items]
    return shown.listed(dataset, found.page, items, {"grandTotal": shown.rollup(dataset, total, scope)})


def _row(dataset: Dataset, row: RollupRow, scope: Scope) -> Shown:
    keys = [
        {"dimension": key.dimension.name, "code": key.code, "name": key.name}
        | ({"id": key.node.id} if key.node is not None else {})
        for key in row.keys
    ]
    return {"keys": keys, **shown.rollup(dataset, row.rollup, scope, row.keys)}


def _group_by(text: str) -> GroupBy:
    """DEPARTMENT, or FUNCTIONAL_SUBJECT:1 for a level of its tree."""
    name, _, level = text.partition(":")
    if level and not (level.isascii() and level.isdigit() and len(level) == 1):
        raise QuestionError(f'by: {text[:_SHOWN]!r} has no level that is a digit; give one such as "{name[:_SHOWN]}:1"')
    return GroupBy(_member("by", name, Dimension), int(level) if level else None)


def list_figures(
    dataset: Dataset, measure: str | None, where: Mapping[str, Any] | None, include_totals: bool, cut: Cut
) -> Shown:
    """Published numbers one by one, each with its source."""
    wanted = None if measure is None else measure_named(measure)
    found = figures.figures(dataset, wanted, _where(where), include_totals, cut)
    return shown.listed(dataset, found, [shown.figure(dataset, each) for each in found.items])


LIST_TABLES = {of.name: (of, table) for of in LISTS for table in TABLES if table.name == of.name}
"""Every list that can be filtered and ordered, with the table whose rows are shown of it."""


def list_rows(
    dataset: Dataset, what: str, where: Mapping[str, Any] | None, order_by: Sequence[Mapping[str, Any]], cut: Cut
) -> Shown:
    """Rows of a list by any of its fields: projects, indicators with targets and scores, facts, …; what is empty is
    left out.
    """
    if what not in LIST_TABLES:
        raise QuestionError(f"what: {what[:_SHOWN]!r} is no list; give one of {', '.join(LIST_TABLES)}")
    of, table = LIST_TABLES[what]
    asked = asked_of({"where": where, "orderBy": list(order_by)})
    found = lists.selected(dataset, of, asked.where, asked.order, cut)
    assert table.row is not None
    labels = Labels(dataset)
    rows = [table.row(dataset, labels, entry_of(dataset, of, item), asked) for item in found.items]
    lines = b"".join(encode_json_lines(table.columns, rows)).splitlines()
    left_out = {column.name for column in table.columns if column.kind is ColumnKind.FEN}
    items = [
        {name: each for name, each in orjson.loads(line).items() if each not in (None, []) and name not in left_out}
        for line in lines
    ]
    return shown.listed(dataset, found, items)


_ANALYZE = next(each for each in parse(ANALYZE).definitions if isinstance(each, OperationDefinitionNode))


def analyze(dataset: Dataset, arguments: Mapping[str, Any], by: Sequence[str], cut: Cut) -> Shown:
    """A table of several measures and formulas by group, as `analyze` of the API answers it."""
    groups = [{"dimension": each.dimension.name, "level": each.level} for each in map(_group_by, by)]
    given = {name: each for name, each in arguments.items() if each is not None} | {"by": groups}
    question = exported(schema, dataset, _ANALYZE, given).asked
    assert isinstance(question, AnalysisQuestion)
    table = figures.analysis(dataset, question)
    rows = figures.analysis_rows(dataset, table, cut)
    items = [_group(row, table) for row in rows.items]
    columns = [{"name": each.name, "unit": each.unit} for each in table.columns]
    caveats = [{"code": each.name, "zh": each.text(Language.ZH)} for each in table.caveats]
    told = {"fiscalYear": table.fiscal_year, "columns": columns, "caveats": caveats}
    return shown.listed(dataset, rows, items, told)


def _group(group: Group, table: AnalysisTable) -> Shown:
    keys = [{"name": key.name} | ({"id": key.node.id} if key.node else {"code": key.code}) for key in group.keys]
    cells = {}
    for column, cell in zip(table.columns, group.cells, strict=True):
        number = None if cell.number is None else column.rounded(cell.number)
        is_money = number is not None and column.kind is MoneyKind.MONEY
        value = (
            in_unit(int(number or 0), AmountUnit.WAN_YUAN) if is_money else None if number is None else f"{number:f}"
        )
        cells[column.name] = {"value": value, "coverage": shown.covered(cell.coverage)}
    away = [each.name for each in group.summed_away]
    return {"keys": keys, "cells": cells} | ({"summedAway": away} if away else {})


def read_table(dataset: Dataset, department: str, table: str | None, fiscal_year: int | None, cut: Cut) -> Shown:
    """A published table as it is printed, row by row; without one, the tables of an account and how far each was read.

    A blank cell is null; a dash stays a dash.
    """
    account = _account(dataset, department, fiscal_year)
    node = dataset.final_accounts_node(account.key)
    told = {"account": {"id": node.id, "title": node.name, "fiscalYear": account.key.fiscal_year}}
    if table is None:
        known = account.read_tables or dataset.statements(account.key)  # a package may not say how it was read
        read: Page[ReadTableRecord | StatementRecord] = page(dataset.version, ("tables", node.id), known, cut)
        return shown.listed(dataset, read, [_title(each) for each in read.items], told)
    form = _member("table", table, StatementForm)
    found = statements.statement(dataset, account.key, form)
    if found is None:
        there = [Candidate(each.form.name, None, each.title) for each in dataset.statements(account.key)]
        raise MemberError(f"table: {node.name} has no {form.name} {form.value}, or it was not read", there)
    record = entry(found, StatementRecord)
    lines = statements.lines(dataset, record, cut)
    headings = [each.heading for each in statements.columns(dataset, record)]
    printed = {"title": record.title, "amountUnit": record.amount_unit, "columns": headings}
    source = shown.source(dataset, account.key, record.source)
    items = [_line(dataset, entry(each, LineRecord)) for each in lines.items]
    return shown.listed(dataset, lines, items, told | {"table": printed | {"source": source}})


def _account(dataset: Dataset, department: str, fiscal_year: int | None) -> Account:
    """A department's account of a year; the latest where none is named."""
    [node] = members(dataset, Dimension.DEPARTMENT, department, name="department")
    found = dataset.account_of(node.id, fiscal_year)
    if found is None:
        years = [Candidate(str(each), str(each), f"{each}年") for each in organization.fiscal_years(node)]
        raise MemberError(f"fiscal_year: {node.name} has no account of {fiscal_year}", years)
    return found


def _title(found: ReadTableRecord | StatementRecord) -> Shown:
    table = {"table": found.form.name} if found.form is not None else {}
    if isinstance(found, StatementRecord):
        return {"title": found.title} | table
    why = {} if found.reason is None else {"reason": reading_state.why(found.reason, found.detail, Language.ZH)}
    return {"title": found.title, "status": found.status.name, "figures": found.figures} | table | why


def _line(dataset: Dataset, line: LineRecord) -> Shown:
    places = {"page": line.source.page, "line": line.source.line, "code": line.code}
    cells = [None if each.figure is None else each.figure.number.text for each in statements.cells(dataset, line)]
    return {name: each for name, each in places.items() if each is not None} | {"label": line.label, "cells": cells}


def follow_links(dataset: Dataset, id: str, kinds: Sequence[str] | None, incoming: bool, cut: Cut) -> Shown:
    """The edges of the graph that touch a node, one way, with the words of each and its other end."""
    found = _node(dataset, id)
    wanted = None if kinds is None else [_member("kinds", each, EdgeKind) for each in kinds]
    edges = nodes.links(dataset, found.id, wanted, LinkDirection.IN if incoming else LinkDirection.OUT, cut)
    items = [{"edge": each.kind.name, "words": each.label} | shown.node(dataset, each.node) for each in edges.items]
    return shown.listed(dataset, edges, items, {"node": shown.called(found)})


def list_findings(dataset: Dataset, severity: str | None, check: str | None, department: str | None, cut: Cut) -> Shown:
    """Contradictions between published figures, the gravest first, and how every check ended."""
    wanted = None if severity is None else _member("severity", severity, Severity)
    found = findings.findings(dataset, FindingQuestion(wanted, check), department, cut)
    items = [shown.finding(dataset, findings.located(dataset, each)) for each in found.items]
    accounts = None
    if department is not None:
        [node] = members(dataset, Dimension.DEPARTMENT, department, name="department")
        accounts = dataset.keys_of(node.id)
    return shown.listed(dataset, found, items, {"checks": _outcomes(dataset, accounts)})


def _outcomes(dataset: Dataset, accounts: Sequence[AccountKey] | None) -> Shown:
    """How the checks of some accounts (of all for None) ended: what was not run never counts as passed."""
    return {outcome.name: count for outcome, count in dataset.found.outcomes(accounts).items()}


def _where(where: Mapping[str, Any] | None) -> Where | None:
    return None if where is None else figure_where(where)


def _member(name: str, given: str, kind: type[_Member]) -> _Member:
    if given not in kind.__members__:
        raise QuestionError(f"{name}: {given[:_SHOWN]!r} is none of {', '.join(kind.__members__)}")
    return kind[given]
