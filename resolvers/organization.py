"""行政区划, 部门, 预算单位: finding them, and what belongs to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph_data.core.errors import QuestionError
from graph_data.core.records import Account
from graph_data.core.terms import NarrativeKind
from graph_data.dataset import Dataset
from graph_data.graph import DepartmentEntry, Node, NodeKind, UnitEntry, Wanted
from resolvers.nodes import below, of_kind
from resolvers.paging import Cut, Page, page
from resolvers.records_of import entry


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


def ancestor(dataset: Dataset, node: Node, kind: NodeKind) -> Node:
    """The nearest node above of a kind. Raises LookupError where there is none."""
    for found in reversed(dataset.graph.ancestors(node.id)):
        if found.kind is kind:
            return found
    raise LookupError(f"{node.id} stands under no {kind.value}")


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
