"""The kinds of nodes and edges of the graph, declared once: their names in both directions come from here."""

from __future__ import annotations

from enum import unique

from graph_data.core.terms import Word


@unique
class NodeKind(Word):
    """What a node is; the name in lower case opens its id."""

    DIVISION = "行政区划"
    DEPARTMENT = "部门"
    UNIT = "预算单位"
    PROJECT = "项目"
    INDICATOR = "绩效指标"
    SUBJECT = "科目"
    FINAL_ACCOUNTS = "部门决算"
    DOCUMENT = "公开文件"
    STATEMENT = "决算表"
    LINE = "决算表行"
    THREE_PUBLIC_ITEM = "“三公”经费项目"
    TERM = "名词解释"
    FINDING = "核查发现"


@unique
class EdgeKind(Word):
    """An edge kind: (forward name, backward name, Chinese). Edges run parent → child, cause → place."""

    HAS_CHILD = ("has child", "is child of", "下级")
    HAS_UNIT = ("has unit", "is unit of", "所属单位")
    RUNS_PROJECT = ("runs project", "is run by", "实施项目")
    HAS_INDICATOR = ("has indicator", "is indicator of", "绩效指标")
    SPENDS_UNDER = ("spends under", "is spent under by", "支出科目")
    CHARGED_TO = ("is charged to", "carries", "列支科目")
    DEFINES = ("defines", "is defined by", "解释")
    REPORTED_IN = ("is reported in", "reports", "列示于")
    FOUND_IN = ("is found in", "holds", "载于")

    @property
    def forward(self) -> str:
        return self.value[0]

    @property
    def backward(self) -> str:
        return self.value[1]

    @property
    def chinese(self) -> str:
        return self.value[2]
