"""行政区划, 部门, 预算单位, 科目: finding them, what belongs to them, and who spends under a subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from graph_data.core.errors import MemberError, QuestionError
from graph_data.core.records import Account
from graph_data.core.sequences import Each
from graph_data.core.terms import Classification, Dimension, NarrativeKind, SubjectLevel
from graph_data.dataset import Dataset
from graph_data.graph import DepartmentEntry, DivisionEntry, Node, NodeKind, UnitEntry
from graph_data.members import held, members, nearest, require_year, single
from resolvers.nodes import ancestor, below, entry, of_kind
from resolvers.paging import Cut, Page, page

_LEVELS = tuple(SubjectLevel)


@dataclass(frozen=True, slots=True)
class DepartmentBy:
    """One way to name a department: its id, its code within a division, or its name."""

    id: str | None = None
    division: str | None = None
    code: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class MemberRef:
    """A unit or project by one of its id, its code (in a division, where one is given) and its name."""

    id: str | None = None
    code: str | None = None
    division: str | None = None
    name: str | None = None


def divisions(dataset: Dataset, cut: Cut) -> Page[Node]:
    """Every division with an account."""
    return page(dataset.version, ("divisions",), dataset.graph.nodes(NodeKind.DIVISION), cut)


def division(dataset: Dataset, by: str) -> Node | None:
    """The division of this id, code or name; None where there is none. MemberError where several have the name."""
    found = [
        each for each in dataset.divisions.nodes if by in (each.id, each.code, *entry(each, DivisionEntry).spellings)
    ]
    return single(found, by, "by")


def department(dataset: Dataset, by: DepartmentBy) -> Node | None:
    """The department that is named; None where the dataset has none such. MemberError where several have the name."""
    if by.id is not None:
        return of_kind(dataset, by.id, NodeKind.DEPARTMENT)
    if by.division is not None and by.code is not None:
        return dataset.department_by_code(by.division, by.code)
    return None if by.name is None else single(dataset.lookups.department_names.get(by.name, ()), by.name, "name")


def unit(dataset: Dataset, by: MemberRef) -> Node | None:
    """The unit that exactly one of id, code and name tells; None where there is none.

    MemberError where several have the code or name, or the division is unknown.
    """
    if sum(given is not None for given in (by.id, by.code, by.name)) != 1:
        raise QuestionError('unit: give exactly one of id, code and name, such as by: {code: {code: "102004"}}')
    if by.id is not None:
        return of_kind(dataset, by.id, NodeKind.UNIT)
    if by.code is None:
        return single(dataset.lookups.unit_names.get(by.name or "", ()), by.name or "", "name")
    called = dataset.lookups.unit_codes.get(by.code, ())
    if by.division is not None:
        above = [each for node in members(dataset, Dimension.DIVISION, by.division) for each in held(dataset, node)]
        called = tuple(each for each in called if ancestor(dataset, each, NodeKind.DIVISION) in above)
    return single(called, by.code, "code")


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


def subject_conditions(
    dataset: Dataset, classification: Classification, level: SubjectLevel | None, under: str | None
) -> dict[str, Any]:
    """The conditions on subjects of a classification: of one level, or one subject with all below it.

    Raises MemberError for a subject that the dataset does not have.
    """
    if under is not None and dataset.subject(classification, under) is None:
        fits = attrgetter("record.classification")
        found = nearest(dataset, NodeKind.SUBJECT, under, lambda node: fits(node) is classification)
        raise MemberError(f"under: there is no {under[:60]!r} among the subjects of {classification.name}", found)
    return {
        "classification": {"eq": classification},
        "level": None if level is None else {"eq": _LEVELS.index(level) + 1},
        "code": None if under is None else {"under": under},
    }


def departments_under(dataset: Dataset, subject: Node, fiscal_year: int | None, cut: Cut) -> Page[Node]:
    """The departments whose tables print the subject or one below it (in a year)."""
    require_year(dataset, fiscal_year)
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
