"""行政区划, 部门, 预算单位, 科目: finding them, what belongs to them, and who spends under a subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph_data.core.errors import QuestionError
from graph_data.core.records import Account
from graph_data.core.sequences import Each
from graph_data.core.terms import Classification, NarrativeKind, SubjectLevel
from graph_data.dataset import Dataset
from graph_data.graph import DepartmentEntry, Node, NodeKind, SubjectEntry, UnitEntry, Wanted
from resolvers.nodes import below, entry, of_kind
from resolvers.paging import Cut, Page, page

_LEVELS = tuple(SubjectLevel)


@dataclass(frozen=True, slots=True)
class DepartmentBy:
    """One way to name a department: its id, its code within a division, or its name."""

    id: str | None = None
    division: str | None = None
    code: str | None = None
    name: str | None = None


def divisions(dataset: Dataset, cut: Cut) -> Page[Node]:
    """Every division with an account."""
    return page(dataset.version, ("divisions",), dataset.graph.nodes(NodeKind.DIVISION), cut)


def department(dataset: Dataset, by: DepartmentBy) -> Node | None:
    """The department that is named; None where the dataset has none such."""
    if by.id is not None:
        return of_kind(dataset, by.id, NodeKind.DEPARTMENT)
    if by.division is not None and by.code is not None:
        return dataset.department_by_code(by.division, by.code)
    return dataset.department_by_name(by.name) if by.name is not None else None


def departments(dataset: Dataset, division: str | None, name_contains: str | None, cut: Cut) -> Page[Node]:
    """A page of departments, of one division (by code or id) or with a text in their name."""
    wanted = division.removeprefix("division:") if division is not None else None
    found = dataset.graph.where(Wanted(NodeKind.DEPARTMENT, name_contains or "", division=wanted))
    return page(dataset.version, ("departments", wanted, name_contains), found, cut)


def unit(dataset: Dataset, id: str | None, code: str | None, name: str | None) -> Node | None:
    """The unit that exactly one of id, code and name tells."""
    if sum(given is not None for given in (id, code, name)) != 1:
        raise QuestionError('unit: give exactly one of id, code and name, such as code: "102004"')
    if id is not None:
        return of_kind(dataset, id, NodeKind.UNIT)
    return dataset.unit_by_code(code) if code is not None else dataset.unit_by_name(name or "")


def units_of(dataset: Dataset, account: Account) -> list[Node]:
    """The units that an account's document lists, in its order."""
    found = below(dataset, dataset.department_node(account.key).id, NodeKind.UNIT)
    places = {record.unit: record.position for record in account.units}
    listed = [
        (places[record.unit], node)
        for node in found
        for record in entry(node, UnitEntry).records
        if record.account == account.key
    ]
    return [node for _, node in sorted(listed, key=lambda pair: pair[0])]


def fiscal_years(node: Node) -> list[int]:
    """The years of a department's accounts, ascending."""
    return sorted({key.fiscal_year for key in entry(node, DepartmentEntry).accounts})


def duties(dataset: Dataset, department_id: str) -> Sequence[str]:
    """The duties as the newest account that holds any words them."""
    for key in reversed(dataset.keys_of(department_id)):
        if found := dataset.narratives(key, NarrativeKind.DUTY):
            return [narrative.text for narrative in found]
    return ()


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


def departments_under(dataset: Dataset, subject: Node, fiscal_year: int | None, cut: Cut) -> Page[Node]:
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


def definition(dataset: Dataset, subject: Node) -> str | None:
    """The newest definition of a subject, where the dataset holds its words."""
    found = dataset.definition(subject.id)
    return None if found is None else found[1]
