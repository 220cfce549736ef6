"""The glossary: the words of the documents and the names that code, package and API use for them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import Enum

from graph_data.core import terms
from graph_data.core.amount import AmountUnit
from graph_data.graph.nodes import EdgeKind, NodeKind

_OPENING = """\
# Glossary (术语)

Generated from `graph_data/core/terms.py` by `python -m docs`; do not edit.

One Chinese term, one English name, the same in the code, in the package and in the API. The name is the term that
public finance uses in English, never a transliteration. How documents spell a term, with all the variants that are
recognised, is in `graph_data/core/vocabulary.py`.

Three words go with every figure: **reported** is what the document prints, **derived** what adding up its parts
gives, **difference** reported minus derived.
"""
FIELDS = {
    "Of a document": {
        "部门决算": "FinalAccounts",
        "公开文件": "SourceDocument",
        "行政区划": "division",
        "部门": "department",
        "预算单位": "unit",
        "本级": "isHeadquarters",
        "部门职责": "duties",
        "年度": "fiscalYear",
        "出处": "source",
    },
    "Of a table": {
        "决算表": "statement",
        "公开01表": "printedNumber",
        "金额单位": "amountUnit",
        "行次": "lineNumber",
        "栏次": "columnNumber",
        "科目": "subject",
        "科目编码": "code",
        "注": "note",
    },
    "Of the prose": {
        "与上年相比": "comparisons",
        "增减率": "changePercent",
        "年初预算与决算差异": "budgetDeviations",
        "完成率": "completionPercent",
        "机关运行经费": "agencyOperatingExpenses",
        "政府采购": "procurement",
        "国有资产占用": "stateAssets",
        "名词解释": "definition",
    },
    "Of a project": {
        "项目": "project",
        "绩效自评": "selfEvaluation",
        "自评等级": "grade",
        "执行率": "executionRate",
        "年度总体目标": "annualGoal",
        "目标实际完成情况": "goalOutcome",
        "绩效指标": "indicators",
        "年度指标值": "target",
        "实际完成值": "actual",
        "分值": "maxScore",
        "得分": "score",
        "偏差原因及改进措施": "deviationNote",
    },
    "Of a total": {
        "公开数": "reported",
        "计算数": "derived",
        "差额": "difference",
        "是否相符": "consistent",
        "覆盖情况": "coverage",
    },
}


def page() -> str:
    """docs/glossary.md"""
    fields = (_table(title, names) for title, names in FIELDS.items())
    enumerations = (_table(f"`{kind.__name__}`", _members(kind), _about(kind)) for kind in enumerations_of_the_field())
    return "\n".join([_OPENING, *fields, *enumerations])


def enumerations_of_the_field() -> Iterator[type[Enum]]:
    """Every enumeration whose members stand for a Chinese term, in the order in which the code declares them."""
    for _, kind in sorted(inspect.getmembers(terms, _is_own), key=lambda found: inspect.getsourcelines(found[1])[1]):
        yield kind
    yield from (AmountUnit, NodeKind, EdgeKind)


def _is_own(value: object) -> bool:
    return inspect.isclass(value) and issubclass(value, Enum) and value.__module__ == terms.__name__


def _members(kind: type[Enum]) -> dict[str, str]:
    return {getattr(member, "chinese", member.value): member.name for member in kind}


def _about(kind: type[Enum]) -> str:
    return inspect.cleandoc(kind.__doc__ or "").partition("\n\n")[0].replace("\n", " ")


def _table(title: str, names: dict[str, str], about: str = "") -> str:
    rows = "\n".join(f"| {chinese} | `{name}` |" for chinese, name in names.items())
    opening = f"## {title}\n\n" + (f"{about}\n\n" if about else "")
    return f"{opening}| 中文 | Name |\n|---|---|\n{rows}\n"
