"""行政区划 as a tree: province → prefecture → county, by the prefixes of GB/T 2260 codes.

The graph holds the divisions that have an account, each with its own organisation. What stands above them is known from
their codes: it is a node as well, named by GB/T 2260, and what is under it is what is under those below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graph_data.classification import division_name
from graph_data.graph import DivisionEntry, Node, NodeKind
from graph_data.graph.ids import division_id

_NO_DIVISIONS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖行政单位"})


class DivisionTree:
    """The divisions with an account and all above them; roots and what is directly below one stand by their codes."""

    def __init__(self, divisions: Sequence[Node]) -> None:
        """`divisions` are those of the graph, by their codes."""
        self._own = {node.code or "": node for node in divisions}
        known: dict[str, Node] = dict(self._own)
        for code in self._own:
            for above in _prefixes(code):
                if above not in known and (name := division_name(above)) and name not in _NO_DIVISIONS:
                    entry = DivisionEntry(above, (name,))
                    known[above] = Node(division_id(above), NodeKind.DIVISION, name, above, 1, entry)
        self._nodes: Mapping[str, Node] = dict(sorted(known.items()))
        self._parents = {code: next((each for each in _prefixes(code) if each in known), None) for code in self._nodes}
        self._children: dict[str | None, list[Node]] = {}
        for code, parent in self._parents.items():
            self._children.setdefault(parent, []).append(self._nodes[code])
        self._by_id = {node.id: node for node in self._nodes.values()}

    @property
    def nodes(self) -> Sequence[Node]:
        """All of them, by code: each before those below it."""
        return tuple(self._nodes.values())

    def node(self, id: str) -> Node | None:
        """The division of this id; None where there is none."""
        return self._by_id.get(id)

    def parent(self, node: Node) -> Node | None:
        """The division directly above; None for a root, and for what is no division."""
        above = self._parents.get(node.code or "") if node.kind is NodeKind.DIVISION else None
        return None if above is None else self._nodes[above]

    def ancestors(self, node: Node) -> tuple[Node, ...]:
        """The divisions above, the root first."""
        above = self.parent(node)
        return () if above is None else (*self.ancestors(above), above)

    def children(self, node: Node) -> Sequence[Node]:
        """The divisions directly below, by code."""
        return self._children.get(node.code, ()) if node.kind is NodeKind.DIVISION else ()

    def roots(self) -> Sequence[Node]:
        """The divisions that none stands above."""
        return self._children.get(None, ())

    def is_shared(self, node: Node) -> bool:
        """Is there a division below it, or is it none of the graph: so that its totals are those of several?"""
        return node.kind is NodeKind.DIVISION and (bool(self.children(node)) or (node.code or "") not in self._own)

    def within(self, node: Node) -> tuple[Node, ...]:
        """The divisions with an account in its subtree, itself first: what sums under it are over."""
        return tuple(each for each in self._subtree(node) if (each.code or "") in self._own)

    def _subtree(self, node: Node) -> Iterator[Node]:
        yield node
        for child in self.children(node):
            yield from self._subtree(child)


def _prefixes(code: str) -> Iterator[str]:
    """The codes above one, the nearest first: 370302 → 370300, 370000."""
    for digits in (4, 2):
        above = f"{code[:digits]:0<6}"
        if len(code) == len(above) and above != code:
            yield above
