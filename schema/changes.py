"""What changed from one version of the dataset to another."""

from __future__ import annotations

import strawberry

from graph_data.core.records import AccountKey
from graph_data.core.terms import Severity
from graph_data.graph import NodeKind
from graph_data.graph.ids import id_of
from graph_data.store.changes import AccountChange, FindingChange
from graph_data.store.changes import ChangedAccount as ChangedAccountRecord
from graph_data.store.changes import ChangedFinding as ChangedFindingRecord
from resolvers import changes, findings
from resolvers.paging import DEFAULT_FIRST, Cut
from schema.context import Info
from schema.fields import attribute, field
from schema.final_accounts import FinalAccounts
from schema.findings import Check, check
from schema.nodes import After, Connection, First, final_accounts


def _account(info: Info, key: AccountKey) -> FinalAccounts | None:
    dataset = info.context.dataset
    id = dataset.identities.accounts.get(key)
    node = None if id is None else dataset.graph.node(id_of(NodeKind.FINAL_ACCOUNTS, id))
    return None if node is None else final_accounts(node)


@strawberry.type(description="An account that came, was replaced or went (变动的决算).")
class ChangedAccount:
    record: strawberry.Private[ChangedAccountRecord]

    change: AccountChange = attribute("How it differs (变动)")
    division: str = attribute("Its division's code (行政区划)", "record.key.division")
    department: str = attribute("Its department's code, or name where none is printed (部门)", "record.key.department")
    fiscal_year: int = attribute("Its fiscal year (年度)", "record.key.fiscal_year")
    before: str | None = attribute("Hash of what it said; null where it was not there (原版本)")
    after: str | None = attribute("Hash of what it says; null where it is withdrawn (现版本)")

    @field("The account as it is served; null where it is withdrawn (部门决算)")
    def final_accounts(self, info: Info) -> FinalAccounts | None:
        return _account(info, self.record.key)


@strawberry.type(description="A finding that is new or gone (变动的核查发现).")
class ChangedFinding:
    record: strawberry.Private[ChangedFindingRecord]

    change: FindingChange = attribute("Is it new, or gone (变动)?")
    message: str = attribute("What it says, in Chinese (说明)", "record.finding.message")

    @field("How grave it is (严重程度)")
    def severity(self) -> Severity:
        return Severity[self.record.finding.severity]

    @field("The check that found it; null for one that there is no more (核查规则)")
    def check(self) -> Check | None:
        found = findings.known_check(self.record.finding.check)
        return None if found is None else check(found)

    @field("The account that it is of, as it is served; null where it is withdrawn (部门决算)")
    def final_accounts(self, info: Info) -> FinalAccounts | None:
        return _account(info, self.record.finding.key)


@strawberry.type(
    description="What differs from another version of the dataset; what came and went again between the two is not "
    "in it (数据变动)."
)
class DatasetChanges:
    record: strawberry.Private[changes.Changes]

    since: str = attribute("The version that this is held against (起始版本)")
    version: str = attribute("The version that is served (现版本)", "record.dataset.version")

    @field("Accounts added, replaced or withdrawn, by division, department and year (变动的决算)")
    def accounts(self, first: First = DEFAULT_FIRST, after: After = None) -> Connection[ChangedAccount]:
        page = changes.changed_accounts(self.record, Cut(first, after))
        return Connection(page=page, wrap=lambda record: ChangedAccount(record=record))

    @field("Findings that are new, then those that are gone (变动的核查发现)")
    def findings(self, first: First = DEFAULT_FIRST, after: After = None) -> Connection[ChangedFinding]:
        page = changes.changed_findings(self.record, Cut(first, after))
        return Connection(page=page, wrap=lambda record: ChangedFinding(record=record))
