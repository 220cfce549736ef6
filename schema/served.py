"""What is being served."""

from __future__ import annotations

import strawberry

from graph_data.dataset import Dataset as DatasetRecord
from graph_data.graph import NodeKind
from resolvers import final_accounts
from resolvers.paging import DEFAULT_FIRST, Cut
from schema.describe import field
from schema.paging import After, Connection, First
from schema.references import document
from schema.sources import SourceDocument


@strawberry.type(description="What is being served: immutable, identified by the hash of its content (数据集).")
class Dataset:
    record: strawberry.Private[DatasetRecord]

    def count(self, kind: NodeKind) -> int:
        return self.record.graph.counts.get(kind, 0)

    @field("Hash of the content (数据版本)")
    def version(self) -> str:
        return self.record.version

    @field("The years with an account, ascending (年度)")
    def fiscal_years(self) -> list[int]:
        return list(self.record.fiscal_years)

    @field("How many divisions (行政区划数)")
    def divisions(self) -> int:
        return self.count(NodeKind.DIVISION)

    @field("How many departments (部门数)")
    def departments(self) -> int:
        return self.count(NodeKind.DEPARTMENT)

    @field("How many units (预算单位数)")
    def units(self) -> int:
        return self.count(NodeKind.UNIT)

    @field("How many projects (项目数)")
    def projects(self) -> int:
        return self.count(NodeKind.PROJECT)

    @field("How many indicators (绩效指标数)")
    def indicators(self) -> int:
        return self.count(NodeKind.INDICATOR)

    @field("How many subjects (科目数)")
    def subjects(self) -> int:
        return self.count(NodeKind.SUBJECT)

    @field("How many figures of a measure, printed totals included (数字个数)")
    def figures(self) -> int:
        return len(self.record.all_figures)

    @field("How many findings of all checks (核查发现数)")
    def findings(self) -> int:
        return len(self.record.findings)

    @field("The documents that it was read from (公开文件)")
    def documents(self, first: First = DEFAULT_FIRST, after: After = None) -> Connection[SourceDocument]:
        return Connection(page=final_accounts.documents(self.record, Cut(first, after)), wrap=document)
