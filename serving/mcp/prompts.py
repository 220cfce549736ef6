"""The fifteen questions that analysts really ask, each as a prompt: which tool answers it, with which arguments.

A prompt without arguments asks of the latest year and of everything; `year` and `department` narrow it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from mcp.server import MCPServer
from pydantic import Field

_SPENT = {"name": "支出", "measure": "EXPENDITURE"}
_BY_YEAR = ["DEPARTMENT", "FISCAL_YEAR"]
_CLOSING = (
    "Say the year, pass on coverage and caveats, and cite where the numbers stand. "
    "回答时写明年度，转述覆盖情况与说明，并注明出处。"
)

Year = Annotated[str, Field(description="Fiscal year: 2022; the latest, or all, where left out (年度)")]
Department = Annotated[str, Field(description="Id, code or name of one department; all where left out (部门)")]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name, its words in Chinese and English, and the call that answers it.

    `where` is what the call always filters by; `then` is what to do with the answer.
    """

    name: str
    chinese: str
    english: str
    tool: str
    arguments: dict[str, Any]
    where: dict[str, Any] | None = None
    then: str = ""

    def call(self, year: str = "", department: str = "") -> dict[str, Any]:
        """The arguments of the call, narrowed."""
        where: dict[str, Any] = dict(self.where or {})
        if year:
            where["fiscalYear"] = {"eq": int(year) if year.isascii() and year.isdigit() else year}
        if department:
            where["department"] = {"eq": department}
        return self.arguments | ({"where": where} if where else {})

    def text(self, year: str = "", department: str = "") -> str:
        """What an assistant is told to do."""
        call = orjson.dumps(self.call(year, department)).decode()
        return f"{self.chinese} ({self.english})\n\nCall `{self.tool}` with {call}\n\n{self.then}{_CLOSING}"


def _spent_where(item: str, name: str) -> dict[str, Any]:
    return {"name": name, "measure": "THREE_PUBLIC_FINAL", "where": {"threePublicItem": item}}


QUESTIONS = (
    Question(
        "top_departments", "年度支出前五部门及占比", "The five departments that spent most, and their shares",
        "analyze",
        {"measures": [_SPENT, {"name": "占比", "shareOfTotal": "支出"}], "by": ["DEPARTMENT"],
         "top": {"n": 5, "column": "支出"}},
    ),
    Question(
        "growth", "各部门比上年增减与增幅", "Growth of each department against the year before", "analyze",
        {"measures": [_SPENT, {"name": "上年", "measure": "EXPENDITURE", "yearsBefore": 1},
                      {"name": "增减", "difference": {"of": "支出", "to": "上年"}},
                      {"name": "增幅", "growth": {"of": "支出"}}], "by": _BY_YEAR},
    ),
    Question(
        "cross_table", "类×支出性质交叉表带双向合计", "Category by nature, with totals both ways", "analyze",
        {"measures": [_SPENT], "by": ["FUNCTIONAL_SUBJECT:1", "EXPENDITURE_NATURE"], "totals": "CUBE"},
    ),
    Question(
        "three_public", "各部门三公预算、决算、执行率", "Budget, final account and rate of the three public expenses",
        "analyze",
        {"measures": [{"name": "预算", "measure": "THREE_PUBLIC_BUDGET"},
                      {"name": "决算", "measure": "THREE_PUBLIC_FINAL"},
                      {"name": "执行率", "ratio": {"of": "决算", "to": "预算"}}], "by": _BY_YEAR},
    ),
    Question(
        "subject_trend", "某项科目五年趋势分部门", "One subject over the years, by department", "analyze",
        {"measures": [_SPENT], "by": [*_BY_YEAR, "FUNCTIONAL_SUBJECT:1"]},
        then="For one subject add functionalSubject {eq: its code} to where and leave its dimension out of by. ",
    ),
    Question(
        "low_execution", "执行率低于80%的项目", "Projects whose execution rate is under 80 %", "list_rows",
        {"what": "projects", "order_by": [{"field": "executionRate"}]}, {"executionRate": {"lt": "80"}},
    ),
    Question(
        "missed_indicators", "某部门某年未完成的指标", "Indicators that missed their target", "list_rows",
        {"what": "indicators"}, {"achieved": {"eq": False}, "level": {"eq": 3}},
    ),
    Question(
        "indicator_ancestors", "由指标上溯到区划", "From an indicator back to its division", "list_rows",
        {"what": "indicators", "first": 5}, {"level": {"eq": 3}},
        then="Then call `walk_tree` with the id of one of the items: `ancestors` is its way up. ",
    ),
    Question(
        "cost_per_vehicle", "每辆公务用车运行费", "Running cost of each official vehicle", "analyze",
        {"measures": [_spent_where("OFFICIAL_VEHICLE_OPERATION", "运行费"),
                      {"name": "保有量", "measure": "VEHICLES_KEPT"},
                      {"name": "每辆", "per": {"of": "运行费", "to": "保有量"}}], "by": _BY_YEAR},
    ),
    Question(
        "mostly_projects", "项目支出占比过半的部门", "Departments that spend more than half on projects", "analyze",
        {"measures": [_SPENT, _SPENT | {"name": "项目支出", "where": {"nature": "PROJECT"}},
                      {"name": "占比", "ratio": {"of": "项目支出", "to": "支出"}}], "by": _BY_YEAR,
         "having": [{"column": "占比", "gt": "50"}]},
    ),
    Question(
        "total", "全省合计", "The total of everything", "analyze",
        {"measures": [{"name": "收入", "measure": "REVENUE"}, _SPENT], "by": []},
        then="For one province or city add division {eq: its code} to where. ",
    ),
    Question(
        "hospitality", "公务接待费最多的部门", "The departments that spend most on official hospitality", "analyze",
        {"measures": [_spent_where("OFFICIAL_HOSPITALITY", "公务接待费")], "by": ["DEPARTMENT"],
         "top": {"n": 5, "column": "公务接待费"}},
    ),
    Question(
        "deviations", "决算偏离年初预算最大的科目",
        "The subjects whose final account is furthest from the opening budget", "list_rows",
        {"what": "budgetDeviations", "order_by": [{"field": "absoluteDeviation", "direction": "DESC"}]},
        {"initialBudget": {"isNull": False}},
    ),
    Question(
        "findings_by_check", "各部门各规则的核查发现数", "Findings of each department, by check", "analyze",
        {"measures": [{"name": "发现数", "count": "FINDINGS"}], "by": ["DEPARTMENT", "CHECK"]},
    ),
    Question(
        "project_over_years", "同一项目历年执行", "One project over the years", "list_rows",
        {"what": "projects", "order_by": [{"field": "name"}, {"field": "fiscalYear"}]},
        then="For one project add name {contains: part of its name} to where. ",
    ),
)  # fmt: skip
"""Every question, as docs/asking.md has them."""


def offer(served: MCPServer[Any]) -> None:
    """Have every question offered as a prompt."""
    for question in QUESTIONS:
        served.prompt(question.name, f"{question.chinese} ({question.english})", question.english)(_asking(question))


def _asking(question: Question) -> Callable[..., str]:
    def ask(year: Year = "", department: Department = "") -> str:
        return question.text(year, department)

    return ask
