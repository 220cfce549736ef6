"""One project, subject or department over the years: a point a year, each with what links it to the one before.

SAME_AS   the same name (for a project: or another spelling of it) in the same department; the same code
RENAMED   the same department code, or subject code, under another name; a subject of the same name under another code,
          where no year has both
MERGED    several became one: only the operator says so

What no rule can know the operator may say in `identities.csv` beside the packages (or in the folder of the index), with
the columns kind, from, to, evidence: ids of nodes, and where it is written. It goes before the rules.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import unique
from pathlib import Path

from graph_data.core.errors import PackageError, QuestionError
from graph_data.core.records import AccountKey, ProjectRecord, Source
from graph_data.core.terms import Classification, Language, Measure, Word
from graph_data.dataset import Dataset, IdentityLink
from graph_data.figures.rollup import Rollup
from graph_data.graph import Node, NodeKind, SubjectEntry
from graph_data.graph.ids import year_of_project
from graph_data.scope import NodeScope, scoped_total

FILE = "identities.csv"
_COLUMNS = ("kind", "from", "to", "evidence")
_WHOLE = Source(None, None, None)


@unique
class SeriesLinkKind(Word):
    """前后关系: how a point of a series is known to be the same as the one before."""

    SAME_AS = "同一"
    RENAMED = "更名"
    MERGED = "合并"


_RULES = {
    "name": ("同一部门内名称相同", "the same name within the department"),
    "alias": ("同一部门内的另一种写法", "another spelling of it within the department"),
    "code": ("编码相同", "the same code"),
    "recoded": ("名称相同、编码不同，没有一年两者并列", "the same name under another code; no year has both"),
}


@dataclass(frozen=True, slots=True)
class SeriesLink:
    """Why a point is the same as the one before: by which rule, or as the operator says, and where it stands."""

    kind: SeriesLinkKind
    rule: str | None
    stated: str | None
    sources: tuple[tuple[AccountKey, Source], ...]

    def evidence(self, language: Language) -> str:
        """The words of it."""
        if self.rule is None:
            return self.stated or ""
        chinese, english = _RULES[self.rule]
        return english if language is Language.EN else chinese


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """A year of a series: the node that it is in that year, its name then, its total, and its link to what was before.

    `link` is None for the first year.
    """

    fiscal_year: int
    node: Node
    name: str
    total: Rollup
    scope: NodeScope
    link: SeriesLink | None


def default_measure(node: Node) -> Measure:
    """What is summed where nothing is asked for."""
    if node.kind is NodeKind.PROJECT:
        return Measure.PROJECT_EXECUTED
    record = node.record
    is_economic = isinstance(record, SubjectEntry) and record.classification is Classification.ECONOMIC
    return Measure.BASIC_EXPENDITURE if is_economic else Measure.EXPENDITURE


def series(dataset: Dataset, node: Node, measure: Measure | None = None) -> list[SeriesPoint]:
    """The years of a project, subject or department, the oldest first; QuestionError where the measure does not fit."""
    measure = measure or default_measure(node)
    if node.kind is NodeKind.PROJECT:
        return list(_of_projects(dataset, node, measure))
    if node.kind in (NodeKind.SUBJECT, NodeKind.DEPARTMENT):
        return list(_of_years(dataset, node, measure))
    raise QuestionError(f"{node.id} has no series; ask for a project, a subject or a department")


def _of_years(dataset: Dataset, node: Node, measure: Measure) -> Iterator[SeriesPoint]:
    """Of what is one node in every year, and of those that it was before."""
    points: list[tuple[int, Node, str, Rollup, NodeScope, tuple[AccountKey, ...]]] = []
    for year in dataset.fiscal_years:
        for each in (node, *_earlier(dataset, node)):
            keys = _accounts(dataset, each, year)
            if keys:
                total, scope = scoped_total(dataset, each, measure, year)
                points.append((year, each, _name(dataset, each, keys), total, scope, keys))
    for at, (year, each, name, total, scope, keys) in enumerate(points):
        before = points[at - 1] if at else None
        link = None
        if before is not None:
            sources = ((before[5][-1], _WHOLE), (keys[-1], _WHOLE))
            link = _stated(dataset, before[1], each, sources) or _linked(before[1], before[2], each, name, sources)
        yield SeriesPoint(year, each, name, total, scope, link)


def _linked(
    before: Node, old_name: str, node: Node, name: str, sources: tuple[tuple[AccountKey, Source], ...]
) -> SeriesLink:
    if before.id != node.id:
        return SeriesLink(SeriesLinkKind.RENAMED, "recoded", None, sources)
    kind = SeriesLinkKind.SAME_AS if old_name == name else SeriesLinkKind.RENAMED
    return SeriesLink(kind, "name" if node.code is None else "code", None, sources)


def _accounts(dataset: Dataset, node: Node, year: int) -> tuple[AccountKey, ...]:
    """The accounts of a year that a department publishes, or that print a subject."""
    keys = dataset.lookups.reporting.get(node.id, ()) if node.kind is NodeKind.SUBJECT else dataset.keys_of(node.id)
    return tuple(key for key in keys if key.fiscal_year == year)


def _name(dataset: Dataset, node: Node, keys: Sequence[AccountKey]) -> str:
    """What it is called in the accounts of a year: in the first of them."""
    account = dataset.account(keys[0])
    if account is None:
        return node.name
    if isinstance(node.record, SubjectEntry):
        named = (each.name for each in account.subjects if (each.classification, each.code) == _coded(node.record))
        return next(named, node.name)
    return account.department.department_name


def _coded(record: SubjectEntry) -> tuple[Classification, str]:
    return record.classification, record.code


def _earlier(dataset: Dataset, node: Node) -> Iterator[Node]:
    """What became the node: as the operator says, else a subject of its name under another code, never in one year."""
    stated = [each for each in dataset.identity_links if each.end == node.id]
    if stated:
        yield from (found for each in stated if (found := dataset.graph.node(each.start)) is not None)
        return
    record = node.record
    if not isinstance(record, SubjectEntry) or any(each.start == node.id for each in dataset.identity_links):
        return
    own = {key.fiscal_year for key in dataset.lookups.reporting.get(node.id, ())}
    for other in dataset.graph.nodes(NodeKind.SUBJECT):
        is_like = isinstance(other.record, SubjectEntry) and other.record.classification is record.classification
        if is_like and other.name == node.name and other.level == node.level and other.id != node.id:
            years = {key.fiscal_year for key in dataset.lookups.reporting.get(other.id, ())}
            if years and own and not years & own:
                yield other


def _of_projects(dataset: Dataset, node: Node, measure: Measure) -> Iterator[SeriesPoint]:
    """Year by year from the first that is known; every step has its own evidence."""
    way: list[tuple[Node, SeriesLink | None]] = [(node, None)]
    while (before := _neighbour(dataset, way[0][0], -1)) is not None:
        way[0] = (way[0][0], before[1])
        way.insert(0, (before[0], None))
    while (after := _neighbour(dataset, way[-1][0], 1)) is not None:
        way.append(after)
    for each, link in way:
        year = year_of_project(each.id)
        total, scope = scoped_total(dataset, each, measure, year)
        yield SeriesPoint(year, each, each.name, total, scope, link)


def _neighbour(dataset: Dataset, node: Node, step: int) -> tuple[Node, SeriesLink] | None:
    """The same project in the nearest year before or after that has it, and why it is the same."""
    for each in dataset.identity_links:
        start, end = (each.end, each.start) if step < 0 else (each.start, each.end)
        if start == node.id and (found := dataset.graph.node(end)) is not None:
            return found, SeriesLink(SeriesLinkKind[each.kind], None, each.evidence, _places((node, found)))
    own, department = year_of_project(node.id), dataset.graph.ancestors(node.id)[1].id
    aliases = _names(dataset, node)
    found_in: dict[int, dict[str, Node]] = {}
    for name in aliases:
        for other in dataset.lookups.project_names.get(name, ()):
            year = year_of_project(other.id)
            if (year - own) * step > 0 and dataset.graph.ancestors(other.id)[1].id == department:
                found_in.setdefault(year, {})[other.id] = other
    for year in sorted(found_in, key=lambda each: abs(each - own)):
        candidates = list(found_in[year].values())
        if len(candidates) == 1:
            rule = "name" if candidates[0].name == node.name else "alias"
            pair = (candidates[0], node) if step < 0 else (node, candidates[0])
            return candidates[0], SeriesLink(SeriesLinkKind.SAME_AS, rule, None, _places(pair))
        return None
    return None


def _names(dataset: Dataset, node: Node) -> Iterable[str]:
    record = node.record
    assert isinstance(record, ProjectRecord)
    return dict.fromkeys([record.name, *(each.name for each in dataset.aliases(record.account, record.project))])


def _places(nodes: Iterable[Node]) -> tuple[tuple[AccountKey, Source], ...]:
    records = (node.record for node in nodes)
    return tuple((each.account, each.source) for each in records if isinstance(each, ProjectRecord))


def _stated(
    dataset: Dataset, before: Node, node: Node, sources: tuple[tuple[AccountKey, Source], ...]
) -> SeriesLink | None:
    for each in dataset.identity_links:
        if (each.start, each.end) == (before.id, node.id):
            return SeriesLink(SeriesLinkKind[each.kind], None, each.evidence, sources)
    return None


def read_links(paths: Sequence[Path]) -> tuple[IdentityLink, ...]:
    """What the operator says of identities, in the files beside the packages. Raises PackageError for a wrong one."""
    return tuple(link for path in paths if (path / FILE).is_file() for link in _read(path / FILE))


def _read(file: Path) -> Iterator[IdentityLink]:
    try:
        rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PackageError(FILE, f"no readable CSV ({error})", "UTF-8 with a row an identity") from None
    if not rows or tuple(rows[0]) != _COLUMNS:
        raise PackageError(FILE, f"the columns {', '.join(rows[0]) if rows else 'none'}", ", ".join(_COLUMNS), 1)
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(_COLUMNS) or row[0] not in SeriesLinkKind.__members__ or not all(row):
            kinds = ", ".join(SeriesLinkKind.__members__)
            raise PackageError(FILE, f"{','.join(row)[:60]!r}", f"one of {kinds}, two ids and the evidence", number)
        yield IdentityLink(*row)
