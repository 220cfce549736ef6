"""What rows call the accounts, nodes and sources that they belong to."""

from __future__ import annotations

from graph_data.core.records import AccountKey, Source
from graph_data.dataset import Dataset
from graph_data.graph import Node

_MOST = 10_000  # accounts whose cells are held: some 10 MB; rows of one account stand near each other
NOBODY: tuple[None, None] = (None, None)


class Labels:
    """The cells that several tables share, made once an account. One object serves one export."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._accounts: dict[AccountKey, tuple[int, str, str, str | None, str, str]] = {}
        self._documents: dict[tuple[AccountKey, int], str] = {}

    def account(self, key: AccountKey) -> tuple[int, str, str, str | None, str, str]:
        """The cells of the columns ACCOUNT."""
        if key not in self._accounts:
            if len(self._accounts) >= _MOST:
                self._accounts.clear()
            department = self._dataset.department_node(key)
            division = self._dataset.graph.parent(department.id)
            code, name = (key.division, key.division) if division is None else (division.code or "", division.name)
            self._accounts[key] = (key.fiscal_year, code, name, department.code, department.name, department.id)
        return self._accounts[key]

    def source(
        self, key: AccountKey, source: Source
    ) -> tuple[str, str | None, int | None, int | None, str | None, str | None]:
        """The cells of the columns SOURCE."""
        at = (key, source.document)
        if at not in self._documents:
            if len(self._documents) >= _MOST:
                self._documents.clear()
            self._documents[at] = self._dataset.document_node(*at).id
        return self._documents[at], source.section, source.page, source.line, source.row, source.column

    def node(self, id: str | None) -> Node | None:
        """The node of an id that the dataset itself gave; None where it gave none."""
        return None if id is None else self._dataset.graph[id]

    def named(self, id: str | None) -> tuple[str | None, str] | tuple[None, None]:
        """Code and name of such a node."""
        if id is None:
            return NOBODY
        node = self._dataset.graph[id]
        return node.code, node.name
