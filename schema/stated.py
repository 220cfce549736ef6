"""政府采购, 国有资产占用: what part three states of procurement and of assets."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from graph_data.core.records import AccountKey
from graph_data.core.terms import Role, Topic
from resolvers import final_accounts
from schema.context import Info
from schema.describe import field
from schema.money import Money, money
from schema.three_public import CountByName


@strawberry.type(description="Government procurement of the year (政府采购).")
class Procurement:
    account: strawberry.Private[AccountKey]

    @field("All procurement (政府采购支出总额)")
    def total(self, info: Info) -> Money | None:
        return self.amount(info, "TOTAL")

    @field("Goods (货物)")
    def goods(self, info: Info) -> Money | None:
        return self.amount(info, "GOODS")

    @field("Works (工程)")
    def works(self, info: Info) -> Money | None:
        return self.amount(info, "WORKS")

    @field("Services (服务)")
    def services(self, info: Info) -> Money | None:
        return self.amount(info, "SERVICES")

    @field("Contracts given to small and medium enterprises (授予中小企业合同金额)")
    def to_small_and_medium_enterprises(self, info: Info) -> Money | None:
        return self.amount(info, "SMALL_AND_MEDIUM")

    @field("Contracts given to micro and small enterprises (授予小微企业合同金额)")
    def to_micro_and_small_enterprises(self, info: Info) -> Money | None:
        return self.amount(info, "MICRO_AND_SMALL")

    @field("Stated share of small and medium enterprises in percent (中小企业占比)")
    def small_and_medium_percent(self, info: Info) -> Decimal | None:
        return self.share(info, "SMALL_AND_MEDIUM")

    @field("Stated share of micro and small enterprises in percent (小微企业占比)")
    def micro_and_small_percent(self, info: Info) -> Decimal | None:
        return self.share(info, "MICRO_AND_SMALL")

    def amount(self, info: Info, item: str) -> Money | None:
        return money(
            final_accounts.stated_fen(info.context.dataset, self.account, Topic.PROCUREMENT, Role.AMOUNT, item)
        )

    def share(self, info: Info, item: str) -> Decimal | None:
        dataset = info.context.dataset
        return final_accounts.stated_percent(dataset, self.account, Topic.PROCUREMENT, Role.PERCENT, item)


@strawberry.type(description="State-owned assets in use at the end of the year (国有资产占用).")
class StateAssets:
    account: strawberry.Private[AccountKey]

    @field("Vehicles (车辆)")
    def vehicles(self, info: Info) -> int | None:
        return final_accounts.first_count(info.context.dataset, self.account, Topic.STATE_ASSETS, "VEHICLES")

    @field("Vehicles by what they are used for (车辆用途)")
    def vehicles_by_use(self, info: Info) -> list[CountByName]:
        found = final_accounts.counts(info.context.dataset, self.account, Topic.STATE_ASSETS, "VEHICLE_USE")
        return [CountByName(fact=fact) for fact in found]

    @field("Pieces of equipment of one million yuan or more each (单价100万元以上设备)")
    def equipment_over_one_million_yuan(self, info: Info) -> int | None:
        return final_accounts.first_count(info.context.dataset, self.account, Topic.STATE_ASSETS, "EQUIPMENT")

    @field("The day (ISO 8601) that the numbers are of (截止日期)")
    def as_of(self, info: Info) -> str | None:
        return final_accounts.as_of(info.context.dataset, self.account)


def procurement(info: Info, account: AccountKey) -> Procurement | None:
    """The procurement of an account; None where the document states nothing of it."""
    return Procurement(account=account) if info.context.dataset.facts(account, Topic.PROCUREMENT) else None


def state_assets(info: Info, account: AccountKey) -> StateAssets | None:
    """The assets of an account; None where the document states nothing of them."""
    return StateAssets(account=account) if info.context.dataset.facts(account, Topic.STATE_ASSETS) else None
