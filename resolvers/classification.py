"""科目: finding subjects, and who spends under them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph_data.core.sequences import Each
from graph_data.core.terms import Classification, SubjectLevel
from graph_data.dataset import Dataset
from graph_data.graph import EdgeKind, LinkDirection, Node, NodeKind, SubjectEntry
from graph_data.graph.ids import year_of_project
from resolvers.paging import Cut, Page, page
from resolvers.records_of import entry

_LEVELS = tuple(SubjectLevel)


def level(node: Node) -> SubjectLevel:
    """类, 款 or 项."""
    return _LEVELS[node.level - 1]


def subjects(
    dataset: Dataset, classification: Classification, level: SubjectLevel | None, under: str | None, cut: Cut
) -> Page[Node]:
    """A page of a classification's subjects in tree order: of one level, or one subject with all below it."""
    found = [
        node
        for node in _candidates(dataset, classification, under)
        if entry(node, SubjectEntry).classification is classification
        and (level is None or node.level == _LEVELS.index(level) + 1)
    ]
    return page(dataset.version, ("subjects", classification, level, under), found, cut)


def _candidates(dataset: Dataset, classification: Classification, under: str | None) -> Iterable[Node]:
    if under is None:
        return dataset.graph.nodes(NodeKind.SUBJECT)
    root = dataset.subject(classification, under)
    return () if root is None else (root, *dataset.graph.descendants(root.id))


def departments(dataset: Dataset, subject: Node, fiscal_year: int | None, cut: Cut) -> Page[Node]:
    """The departments whose tables print the subject or one below it (in a year)."""
    keys = {
        key
        for node in (subject, *dataset.graph.descendants(subject.id))
        for key in dataset.lookups.reporting.get(node.id, ())
        if fiscal_year in (None, key.fiscal_year)
    }
    ids = dict.fromkeys(dataset.identities.department_of[key] for key in sorted(keys))
    found = Each(tuple(ids), dataset.graph.__getitem__)
    return page(dataset.version, ("subject departments", subject.id, fiscal_year), found, cut)


def projects(dataset: Dataset, subject: Node, fiscal_year: int | None, cut: Cut) -> Page[Node]:
    """The projects that figures show to be charged to the subject or one below it (in a year)."""
    ids = [
        project
        for node in (subject, *dataset.graph.descendants(subject.id))
        for _, _, project in dataset.graph.ties(node.id, (EdgeKind.CHARGED_TO,), LinkDirection.IN)
        if fiscal_year in (None, year_of_project(project))
    ]
    found = Each(ids, dataset.graph.__getitem__)
    return page(dataset.version, ("subject projects", subject.id, fiscal_year), found, cut)


def definition(dataset: Dataset, subject: Node) -> str | None:
    """The newest definition of a subject, where the dataset holds its words."""
    found = dataset.definition(subject.id)
    return None if found is None else found[1]


def spellings(node: Node) -> Sequence[str]:
    """Every spelling of a subject's name, the newest first."""
    return entry(node, SubjectEntry).spellings
