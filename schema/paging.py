"""Connections of the Relay shape over the pages that resolvers cut: edges, nodes, pageInfo, totalCount."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

import strawberry

from resolvers.paging import Page
from schema.describe import field
from schema.scalars import Cursor

_Item = TypeVar("_Item")

First = Annotated[int | None, strawberry.argument(description="How many at most, 0 to 500 (条数上限)")]
After = Annotated[Cursor | None, strawberry.argument(description="Continue after this cursor (续页游标)")]


@strawberry.type(description="Where a page stands in its list (分页信息).")
class PageInfo:
    page: strawberry.Private[Page[Any]]

    @field("Are there more after this page (是否有下一页)?")
    def has_next_page(self) -> bool:
        return self.page.stop < self.page.total

    @field("Are there some before this page (是否有上一页)?")
    def has_previous_page(self) -> bool:
        return self.page.start > 0

    @field("Cursor of the first item; null for an empty page (首条游标)")
    def start_cursor(self) -> Cursor | None:
        return Cursor(self.page.cursor(0)) if self.page.items else None

    @field("Cursor of the last item: give it as `after` to go on (末条游标)")
    def end_cursor(self) -> Cursor | None:
        return Cursor(self.page.cursor(len(self.page.items) - 1)) if self.page.items else None


@strawberry.type(description="One item of a page and its cursor (条目).")
class Edge(Generic[_Item]):
    page: strawberry.Private[Page[Any]]
    offset: strawberry.Private[int]
    item: strawberry.Private[_Item]

    @field("Cursor of this item (游标)")
    def cursor(self) -> Cursor:
        return Cursor(self.page.cursor(self.offset))

    @field("The item (条目内容)")
    def node(self) -> _Item:
        return self.item


@strawberry.type(description="A page of a list, in a fixed order (分页列表).")
class Connection(Generic[_Item]):
    page: strawberry.Private[Page[Any]]
    wrap: strawberry.Private[Callable[[Any], _Item]]

    @field("The items with their cursors (带游标的条目)")
    def edges(self) -> list[Edge[_Item]]:
        return [Edge(page=self.page, offset=at, item=self.wrap(item)) for at, item in enumerate(self.page.items)]

    @field("The items alone (条目)")
    def nodes(self) -> list[_Item]:
        return [self.wrap(item) for item in self.page.items]

    @field("Where this page stands (分页信息)")
    def page_info(self) -> PageInfo:
        return PageInfo(page=self.page)

    @field("How many items the whole list has (总数)")
    def total_count(self) -> int:
        return self.page.total
