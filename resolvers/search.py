"""Full-text search, paged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph_data.core.errors import QuestionError
from graph_data.dataset import Dataset
from graph_data.graph import NodeKind
from graph_data.search import Hit
from resolvers.paging import Cut, Page, size_of, start_of

TYPE_NAMES = {
    NodeKind.DIVISION: "Division",
    NodeKind.DEPARTMENT: "Department",
    NodeKind.UNIT: "Unit",
    NodeKind.PROJECT: "Project",
    NodeKind.INDICATOR: "Indicator",
    NodeKind.SUBJECT: "Subject",
    NodeKind.FINAL_ACCOUNTS: "FinalAccounts",
    NodeKind.DOCUMENT: "SourceDocument",
    NodeKind.STATEMENT: "Statement",
    NodeKind.LINE: "StatementLine",
    NodeKind.THREE_PUBLIC_ITEM: "ThreePublicItem",
    NodeKind.TERM: "Term",
    NodeKind.FINDING: "Finding",
}
_KINDS = {name.lower(): kind for kind, name in TYPE_NAMES.items()} | {
    kind.name.replace("_", "").lower(): kind for kind in NodeKind
}


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, and how many hits each kind has before the filter by kind."""

    page: Page[Hit]
    facets: Sequence[tuple[NodeKind, int]]


def kind_named(name: str) -> NodeKind:
    """The kind that a type name ("SourceDocument") or the opening of an id ("document") tells."""
    kind = _KINDS.get(name.replace("_", "").lower())
    if kind is None:
        raise QuestionError(
            f'kinds: {name[:60]!r} is no kind of node; give one such as "{TYPE_NAMES[NodeKind.PROJECT]}"'
        )
    return kind


def search(dataset: Dataset, text: str, kinds: Sequence[str] | None, cut: Cut) -> Found:
    """Nodes that hold every word of a text, best first."""
    wanted = None if kinds is None else sorted({kind_named(name) for name in kinds}, key=lambda kind: kind.name)
    total = 0 if cut.after is None else dataset.search.search(text, wanted, 1, 0).total
    order = ("search", text, wanted)
    start = start_of(dataset.version, order, total, cut)
    result = dataset.search.search(text, wanted, size_of(cut), start)
    return Found(Page(result.hits, start, result.total, dataset.version, order), result.facets)
