"""The members that a question names: looked up before anything is summed, by id, by code or by name.

MemberError where the dataset holds none such, or several; it carries the candidates. Whatever is named in a filter
stands for itself and everything below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice, takewhile
from operator import eq
from typing import Any

from graph_data.core.errors import Candidate, MemberError, QuestionError
from graph_data.core.terms import Classification, Dimension
from graph_data.dataset import Dataset
from graph_data.figures.filters import TreeFilter, Where
from graph_data.graph import DivisionEntry, Node, NodeKind, SubjectEntry
from graph_data.graph.ids import year_of_project

_KINDS = {
    Dimension.DIVISION: NodeKind.DIVISION,
    Dimension.DEPARTMENT: NodeKind.DEPARTMENT,
    Dimension.UNIT: NodeKind.UNIT,
    Dimension.PROJECT: NodeKind.PROJECT,
    Dimension.FUNCTIONAL_SUBJECT: NodeKind.SUBJECT,
    Dimension.ECONOMIC_SUBJECT: NodeKind.SUBJECT,
}
_CLASSIFICATIONS = {
    Dimension.FUNCTIONAL_SUBJECT: Classification.FUNCTIONAL,
    Dimension.ECONOMIC_SUBJECT: Classification.ECONOMIC,
}
_ORGANIZATION = (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.PROJECT)
_OFFERED = 5
_LISTED = 20
_LOOKED_THROUGH = 3_000
_SHOWN = 60


def members(
    dataset: Dataset, dimension: Dimension, text: str, within: Sequence[Node] | None = None, name: str = ""
) -> tuple[Node, ...]:
    """The member of a tree that an id, a code or a name tells: one node, or a project's nodes in several years.

    An id may be that of something further up in the tree; codes and names are looked for below the nodes of `within`.
    Raises MemberError, whose message opens with `name`, which is the argument.
    """
    label, shown = name or field_of(dimension), repr(text[:_SHOWN])
    known = dataset.node(text)
    if known is not None and _stands_for(known, dimension):
        return (known,)
    if known is not None:
        raise MemberError(f"{label}: {shown} is a {known.kind.value}", offered(dataset, dimension, known.name))
    called = _called(dataset, dimension, text)
    found = called if within is None else [each for each in called if _is_below(dataset, each, within)]
    if len(found) == 1 or _is_series(dataset, found):
        return tuple(found)
    if found:
        raise _ambiguous(found, text, label)
    if called and within is not None:
        places = ", ".join(each.name for each in within[:_OFFERED])
        raise MemberError(f"{label}: there is no {shown} in {places}", [_candidate(each) for each in called[:_LISTED]])
    raise MemberError(f"{label}: there is no {shown} in the dataset", offered(dataset, dimension, text))


def require_year(dataset: Dataset, year: int | None, name: str = "fiscalYear") -> None:
    """Raises MemberError for a year of which the dataset has no account."""
    if year is not None and year not in dataset.fiscal_years:
        raise MemberError(f"{name}: there is no account of {year} in the dataset", years_offered(dataset))


def field_of(dimension: Dimension) -> str:
    """What filters call a dimension: functionalSubject."""
    head, *rest = dimension.name.lower().split("_")
    return head + "".join(each.capitalize() for each in rest)


def offered(dataset: Dataset, dimension: Dimension, text: str) -> list[Candidate]:
    """The members of a tree that look most like an unknown one."""
    return nearest(dataset, _KINDS[dimension], text, lambda node: _stands_for(node, dimension))


def single(called: Sequence[Node], text: str, name: str) -> Node | None:
    """The one node that is called so, before those that once were; None where there is none.

    Raises MemberError where several are, whose message opens with `name`, which is the argument.
    """
    found = [each for each in called if text in (each.name, each.code)] or called
    if len(found) > 1:
        raise _ambiguous(found, text, name)
    return found[0] if found else None


def _ambiguous(found: Sequence[Node], text: str, name: str) -> MemberError:
    problem = f"{name}: {text[:_SHOWN]!r} is what {len(found)} are called; name one by its id"
    return MemberError(problem, [_candidate(each) for each in found[:_LISTED]])


def _stands_for(node: Node, dimension: Dimension) -> bool:
    """Is the node a member of the dimension's tree, or something further up in it?"""
    if isinstance(node.record, SubjectEntry):
        return node.record.classification is _CLASSIFICATIONS.get(dimension)
    kind = _KINDS[dimension]
    return kind in _ORGANIZATION and node.kind in _ORGANIZATION[: _ORGANIZATION.index(kind) + 1]


def _called(dataset: Dataset, dimension: Dimension, text: str) -> list[Node]:
    """The members with a code, else those with a name, else those that once had it."""
    kind = _KINDS[dimension]
    if kind is NodeKind.DIVISION:
        divisions = dataset.divisions.nodes
        return [each for each in divisions if each.code == text] or [x for x in divisions if text in _spellings(x)]
    coded = [each for each in dataset.graph.coded(kind, text) if _stands_for(each, dimension)]
    if coded:
        return coded
    lookups = dataset.lookups
    indexed = {
        NodeKind.DEPARTMENT: lookups.department_names,
        NodeKind.UNIT: lookups.unit_names,
        NodeKind.PROJECT: lookups.project_names,
    }
    if kind in indexed:
        named: Iterable[Node] = indexed[kind].get(text, ())
    else:
        named = (
            each for each in dataset.graph.nodes(kind) if text in _spellings(each) and _stands_for(each, dimension)
        )
    found = list(named)
    return [each for each in found if each.name == text] or found


def _spellings(node: Node) -> tuple[str, ...]:
    return node.record.spellings if isinstance(node.record, DivisionEntry | SubjectEntry) else (node.name,)


def _is_below(dataset: Dataset, node: Node, within: Sequence[Node]) -> bool:
    places = {each.id for each in within}
    return node.id in places or any(each.id in places for each in dataset.graph.ancestors(node.id))


def _is_series(dataset: Dataset, nodes: Sequence[Node]) -> bool:
    """One project of one department in several years?"""
    if not nodes or nodes[0].kind is not NodeKind.PROJECT:
        return False
    departments = {dataset.graph.ancestors(each.id)[1].id for each in nodes}
    return len(departments) == 1 and len({year_of_project(each.id) for each in nodes}) == len(nodes)


def _candidate(node: Node) -> Candidate:
    return Candidate(node.id, node.code, node.name)


def years_offered(dataset: Dataset) -> list[Candidate]:
    return [Candidate(str(year), str(year), f"{year}年") for year in dataset.fiscal_years]


def nearest(dataset: Dataset, kind: NodeKind, text: str, fits: Callable[[Node], bool]) -> list[Candidate]:
    """The nodes of a kind that look most like an unknown one: by words, by the beginning of the code, by letters."""
    found: dict[str, Node] = {}
    with suppress(QuestionError):  # a text without words
        hits = (hit.node for hit in dataset.search.search(text[:_SHOWN], [kind], _LISTED, 0).hits)
        found = {each.id: each for each in hits if fits(each)}
    every = dataset.divisions.nodes if kind is NodeKind.DIVISION else dataset.graph.nodes(kind)
    known = [each for each in islice(every, _LOOKED_THROUGH) if fits(each)]
    coded = [each for each in known if each.code and _shared(each.code, text)]
    coded.sort(key=lambda each: (-_shared(each.code or "", text), len(each.code or "")))
    by_name = {each.name: each for each in reversed(known)}
    alike = [by_name[name] for name in get_close_matches(text[:_SHOWN], by_name, _OFFERED, 1 / 2)]
    found |= {each.id: each for each in (*coded, *alike, *known) if each.id not in found}
    return [_candidate(each) for each in islice(found.values(), _OFFERED)]


def _shared(code: str, other: str) -> int:
    """How many characters two codes begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: eq(*pair), zip(code, other, strict=False)))


def settled(dataset: Dataset, where: Where, within: Sequence[Node] | None = None) -> Where:
    """The filter with every member looked up: each stands as an id, with everything below it.

    Codes and names of an organisation are looked for within what the same filter names further up. Raises MemberError
    for a member or year that the dataset does not hold, or holds several times.
    """
    given = dict(where.trees())
    trees: dict[str, Any] = {}
    more: list[dict[str, Any]] = []
    for dimension in (each for each in _KINDS if each in given):
        narrowing = within if _KINDS[dimension] in _ORGANIZATION else None
        level, field = given[dimension].level, dimension.name.lower()
        if () in (given[dimension].any_of, given[dimension].under_any):
            raise QuestionError(f"{field_of(dimension)}: `in` names no member; name one, or leave it out")
        found = [
            [
                part
                for text in texts
                for each in members(dataset, dimension, text, narrowing)
                for part in held(dataset, each)
            ]
            for texts in _texts(given[dimension])
        ]
        first, *rest = [_under([node.id for node in nodes]) for nodes in found] or [TreeFilter()]
        trees[field] = replace(first, level=level)
        more += [{field: each} for each in rest]
        if found and _KINDS[dimension] in _ORGANIZATION:
            within = found[0]
    for year in _named_years(where):
        require_year(dataset, year)
    return replace(
        where,
        **trees,
        all_of=(*(settled(dataset, each, within) for each in where.all_of), *(Where(**each) for each in more)),
        any_of=None if where.any_of is None else tuple(settled(dataset, each, within) for each in where.any_of),
        negated=None if where.negated is None else settled(dataset, where.negated, within),
    )


def held(dataset: Dataset, node: Node) -> tuple[Node, ...]:
    """The nodes of the graph that a member stands for: a division for those below it that have an account."""
    return dataset.divisions.within(node) if dataset.divisions.is_shared(node) else (node,)


def _texts(tree: TreeFilter) -> Iterator[tuple[str, ...]]:
    """Each says: one of these."""
    yield from ((each,) for each in (tree.eq, tree.under) if each is not None)
    yield from (each for each in (tree.any_of, tree.under_any) if each is not None)


def _under(ids: Sequence[str]) -> TreeFilter:
    return TreeFilter(under=ids[0]) if len(ids) == 1 else TreeFilter(under_any=tuple(ids))


def _named_years(where: Where) -> Iterator[int]:
    if where.fiscal_year is not None:
        yield from (each for each in (where.fiscal_year.eq, *(where.fiscal_year.any_of or ())) if each is not None)
