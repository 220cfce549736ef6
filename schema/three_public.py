"""“三公”经费, and counts that the prose states."""

from __future__ import annotations

import strawberry

from graph_data.core.records import AccountKey, FactRecord
from graph_data.core.terms import ThreePublicItemKind, Topic
from graph_data.graph import Node as GraphNode
from graph_data.graph import NodeKind
from graph_data.graph import ThreePublicItem as ThreePublicEntry
from resolvers import final_accounts
from resolvers.records_of import entry
from schema.context import Info
from schema.describe import field
from schema.money import Money, money
from schema.nodes import TreeNode
from schema.references import three_public_item, wraps
from schema.sources import Source, source


@strawberry.type(description="A number of things by their name (数量).")
class CountByName:
    fact: strawberry.Private[FactRecord]

    @field("What is counted, as the document calls it (名称)")
    def name(self) -> str:
        return self.fact.label

    @field("How many (数量)")
    def count(self) -> int:
        return final_accounts.whole(self.fact)

    @field("What it is counted in: 辆, 个, 人次 (计量单位)")
    def unit(self) -> str:
        return self.fact.number.unit

    @field("Where it stands (出处)")
    def source(self) -> Source:
        return source(self.fact.account, self.fact.source)


@wraps(NodeKind.THREE_PUBLIC_ITEM)
@strawberry.type(description="An item of the three public expenses, as the statement prints it (“三公”经费项目).")
class ThreePublicItem(TreeNode):
    @property
    def record(self) -> ThreePublicEntry:
        return entry(self.graph_node, ThreePublicEntry)

    @field("Which item it is (项目)")
    def kind(self) -> ThreePublicItemKind:
        return self.record.kind

    @field("The budget (预算数)")
    def budget(self) -> Money | None:
        return money(final_accounts.budget_fen(self.graph_node))

    @field("The final account (决算数)")
    def final(self) -> Money | None:
        return money(final_accounts.final_fen(self.graph_node))


@strawberry.type(description="Expenses on travel abroad, official vehicles and hospitality (“三公”经费).")
class ThreePublicExpenses:
    account: strawberry.Private[AccountKey]
    nodes: strawberry.Private[list[GraphNode]]

    @field("The items that the statement prints, the total first (项目)")
    def items(self) -> list[ThreePublicItem]:
        return [three_public_item(node) for node in self.nodes]

    @field("What the prose counts: delegations, persons, vehicles, receptions (数量)")
    def counts(self, info: Info) -> list[CountByName]:
        found = final_accounts.counts(info.context.dataset, self.account, Topic.THREE_PUBLIC)
        return [CountByName(fact=fact) for fact in found]


def three_public_expenses(info: Info, account: AccountKey) -> ThreePublicExpenses | None:
    """The “三公” of an account; None where the document has no such statement."""
    items = final_accounts.three_public_items(info.context.dataset, account)
    return ThreePublicExpenses(account=account, nodes=items) if items else None
