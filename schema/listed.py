"""Fields of an item of a list, as they are declared: what a list is filtered and ordered by can be asked for too."""

from __future__ import annotations

from typing import Any

from graph_data.lists import Kind, ListType, entry_of
from schema.context import Info
from schema.fields import money, resolved


def listed(of: ListType, name: str) -> Any:
    """The field of an item of a list: of its node where it has one, else of its record."""
    declared = of.field(name)
    assert declared is not None
    read, is_money = declared.read, declared.kind is Kind.MONEY

    def resolve(self: Any, info: Info) -> Any:
        value: Any = read(entry_of(info.context.dataset, of, self.record if of.kind is None else self.graph_node))
        return money(value) if is_money else value

    return resolved(declared.meaning, resolve)
