"""The tools that an assistant is offered: names, arguments and descriptions, each a few lines over `answers`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, TypeAlias

import orjson
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph_data.checks import CHECKS
from graph_data.core.errors import QuestionError
from graph_data.core.terms import Dimension, Measure, Severity, StatementForm
from graph_data.graph import EdgeKind
from graph_data.lists import LISTS, OPERATORS
from resolvers.paging import Cut
from resolvers.search import TYPE_NAMES
from serving.graphql.limits import ExecutionSlots
from serving.http.errors import HttpRefusalError, snapshot_or_refusal
from serving.mcp import answers, prompts
from serving.mcp.shown import Shown
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder

_INSTRUCTIONS = (
    "Published Chinese departmental final accounts (部门决算): figures, subjects, projects, performance indicators, "
    "and the contradictions between published figures. Amounts are exact: decimals as text in 万元, and whole 分. "
    "`value` is the headline of a total: `reported`, what the document prints, where it does, else `derived`, what "
    "figures add up to. `page` says how much of a list is shown, `coverage` "
    "how much of what there should be a number holds: never call a sum complete "
    "where it is not, and pass its `caveats` on. Cite `sources`. Begin with `overview` or `find`."
)
_READ_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_MOST = 100

Text = Annotated[
    str, Field(description="Words to look for, Chinese or a code (检索词)", examples=["养老保险", "2080505"])
]
Kinds = Annotated[
    list[str] | None,
    Field(description=f"Only these types (类型): {', '.join(TYPE_NAMES.values())}", examples=[["Project"]]),
]
Id = Annotated[str, Field(description="Id of a node, as find gives it (标识)", examples=["department:370300/102"])]
Depth = Annotated[int, Field(ge=1, le=10, description="How many levels down; 1 for the children (层数)")]
LeavesOnly = Annotated[bool, Field(description="Only what has nothing below it (仅末级)")]
First = Annotated[int, Field(ge=1, le=_MOST, description="How many at most (条数)")]
After = Annotated[str | None, Field(description="`next` of the page before, to go on (游标)")]
MeasureName = Annotated[
    str,
    Field(
        description="What is summed (指标口径): " + ", ".join(f"{measure.name} {measure.value}" for measure in Measure),
        json_schema_extra={"enum": list(Measure.__members__)},
    ),
]
MaybeMeasure = Annotated[
    str | None, Field(description="Only figures of this measure (指标口径)", examples=list(Measure.__members__))
]
By = Annotated[
    list[str],
    Field(
        description="What to group by, in order (汇总维度): "
        + ", ".join(f"{dimension.name} {dimension.value}" for dimension in Dimension)
        + "; a level of its tree after a colon (FUNCTIONAL_SUBJECT:1 is 类). Empty for one total.",
        examples=[["DEPARTMENT", "FUNCTIONAL_SUBJECT:1"]],
    ),
]
Where = Annotated[
    dict[str, Any] | None,
    Field(
        description="Which figures (筛选条件), everything given must hold: fiscalYear {eq in gte lte}; division, "
        "department, unit, project, functionalSubject, economicSubject {eq in level} by id, code or name, each with "
        "everything below it; nature, fund, fundSource, revenueSource, threePublicItem; amount {eq gt gte lt lte unit} "
        "with decimals as text; and, or, not.",
        examples=[{"fiscalYear": {"eq": 2022}, "functionalSubject": {"under": "208"}}],
    ),
]
LargestFirst = Annotated[bool, Field(description="Largest amounts first; else in the order of the keys (按金额降序)")]
AcrossYears = Annotated[bool, Field(description="Add up several years, which is no year's account (跨年度合计)")]
IncludeTotals = Annotated[bool, Field(description="Printed totals too, which are never summed (是否含合计数)")]
SeverityName = Annotated[
    str | None, Field(description=f"Only of this severity (严重程度): {', '.join(Severity.__members__)}")
]
CheckId = Annotated[str | None, Field(description="Only of this check (核查编号)", examples=[CHECKS[0].id])]
DepartmentId = Annotated[
    str | None, Field(description="Only in accounts of this department (部门标识)", examples=["department:370300/102"])
]
DepartmentName = Annotated[
    str,
    Field(description="Whose account: id, code or name of the department (部门)", examples=["department:370300/102"]),
]
Table = Annotated[
    str | None,
    Field(
        description="Which table (决算表): "
        + ", ".join(f"{form.name} {form.value}" for form in StatementForm)
        + "; left out, the tables of the account are listed.",
        json_schema_extra={"enum": [*StatementForm.__members__, None]},
    ),
]
AccountYear = Annotated[int | None, Field(description="Fiscal year; the latest where left out (年度)")]
LinkKinds = Annotated[
    list[str] | None,
    Field(description="Only these edges (关系): " + ", ".join(f"{each.name} {each.chinese}" for each in EdgeKind)),
]
Incoming = Annotated[bool, Field(description="The edges that lead to it, rather than away from it (反向)")]

What = Annotated[
    str,
    Field(
        description="Which list (列表), with its fields: "
        + "; ".join(
            f"{name}: {', '.join(field.name for field in of.fields if not field.hidden)}"
            for name, (of, _) in answers.LIST_TABLES.items()
        ),
        json_schema_extra={"enum": list(answers.LIST_TABLES)},
    ),
]
RowsWhere = Annotated[
    dict[str, Any] | None,
    Field(
        description="Conditions by field (筛选条件), all must hold: numbers and amounts {eq gt gte lt lte isNull} with "
        "decimals as text (万元), texts {eq in under contains isNull}, members {eq in} by id, code or name, "
        "enumerations {eq in}, flags {eq}; and, or, not.",
        examples=[{"executionRate": {"lt": "80"}, "fiscalYear": {"eq": 2022}}, {"achieved": {"eq": False}}],
    ),
]
RowsOrder = Annotated[
    list[dict[str, Any]] | None,
    Field(description="The order (排序)", examples=[[{"field": "executionRate", "direction": "DESC"}]]),
]
Columns = Annotated[
    list[dict[str, Any]],
    Field(
        description="The columns (各栏), each with a name and one of: measure; count (ACCOUNTS, PROJECTS, INDICATORS, "
        "FINDINGS …); ratio, difference, growth, per {of, to}; shareOfTotal, shareOfParent (a column before it). "
        "Of a measure or count also where (as below) and yearsBefore.",
        examples=[[{"name": "支出", "measure": "EXPENDITURE"}, {"name": "占比", "shareOfTotal": "支出"}]],
    ),
]
Having = Annotated[
    list[dict[str, Any]] | None,
    Field(description="Conditions on columns (栏目条件)", examples=[[{"column": "占比", "gt": "50"}]]),
]
Top = Annotated[
    dict[str, Any] | None, Field(description="Only the first groups (前几名)", examples=[{"n": 5, "column": "支出"}])
]
TotalsName = Annotated[
    str, Field(description="Rows of totals (合计行)", json_schema_extra={"enum": ["NONE", "ROLLUP", "CUBE"]})
]


class Answer(BaseModel):
    """What every tool answers: the version of the dataset, and of a list how many are shown of how many."""

    model_config = ConfigDict(extra="allow")

    datasetVersion: str = Field(description="Version of the dataset (数据版本)")  # noqa: N815
    page: dict[str, int] | None = Field(None, description="How many are shown of how many (本页)")
    next: str | None = Field(None, description="What to give as `after` to go on (游标)")
    items: list[dict[str, Any]] | None = Field(None, description="What was asked for (结果)")


Answered: TypeAlias = Annotated[CallToolResult, Answer]
VERSION = "0.1.0"


class _Server(MCPServer[Any]):
    """The library's server, which says what is wrong with arguments: one that it does not know it would pass over."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        known = next(
            (list(tool.input_schema["properties"]) for tool in await self.list_tools() if tool.name == name), None
        )
        unknown = [each for each in arguments if known is not None and each not in known]
        if unknown:
            raise ToolError(f"{name}: there is no argument {unknown[0][:40]!r}; there are {', '.join(known or ())}")
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                first = error.__cause__.errors(include_url=False)[0]
                place = ".".join(map(str, first["loc"]))
                raise ToolError(f"{name}: {place}: {first['msg']}; found {str(first['input'])[:80]!r}") from error
            raise


def server(holder: DatasetHolder, slots: ExecutionSlots) -> MCPServer[Any]:
    """The tools over whatever dataset is served when one is called, run as questions at /graphql are."""
    with _logging_untouched():
        served = _Server(
            "juesuan", title="Juesuan 决算", instructions=_INSTRUCTIONS, version=VERSION, subscriptions=False
        )
    tool = served.tool

    async def answered(answer: Callable[..., Shown], *arguments: Any) -> CallToolResult:
        """An answer as it is and as compact JSON; a question that cannot be answered as one that can be mended."""
        try:
            dataset = snapshot_or_refusal(holder).dataset
            found = await slots.run("", lambda: answer(dataset, *arguments))
            text = TextContent(text=orjson.dumps(found).decode())
            return CallToolResult(content=[text], structured_content=found)
        except (QuestionError, HttpRefusalError) as error:
            raise ToolError(str(error)) from error

    @tool(annotations=_READ_ONLY, structured_output=True)
    async def overview() -> Answered:
        """What is served (数据概览): documents, fiscal years, counts, the measures with their dimensions, checks."""
        return await answered(answers.overview)

    @tool(annotations=_READ_ONLY, structured_output=True)
    async def find(text: Text, kinds: Kinds = None, first: First = 10, after: After = None) -> Answered:
        """Find nodes by name, code or definition (查找): departments 部门, units 预算单位, projects 项目, indicators
        绩效指标, subjects 科目, accounts 部门决算, terms 名词解释. Gives their ids."""
        return await answered(answers.find, text, kinds, Cut(first, after))

    @tool(annotations=_READ_ONLY, structured_output=True)
    async def walk_tree(
        id: Id, depth: Depth = 1, leaves_only: LeavesOnly = False, first: First = 50, after: After = None
    ) -> Answered:
        """A node with its ancestors and what is below it (层级浏览): division 行政区划 → department 部门 → unit
        预算单位 → project 项目 → indicators 绩效指标; 类 → 款 → 项; the rows of a table."""
        return await answered(answers.walk_tree, id, depth, leaves_only, Cut(first, after))

    @tool(annotations=_READ_ONLY, structured_output=True)
    async def roll_up(
        measure: MeasureName,
        by: By,
        where: Where = None,
        largest_first: LargestFirst = True,
        across_years: AcrossYears = False,
        first: First = 20,
        after: After = None,
    ) -> Answered:
        """Totals of a measure by dimensions (汇总): what the figures add up to (derived), what the documents print for
        exactly that (reported), their difference, whether they agree within rounding, and coverage. Of one year
        (fiscalYear; the latest where none is asked for) unless grouped by FISCAL_YEAR. Mind the caveats (说明)."""
        return await answered(answers.roll_up, measure, by, where, largest_first, across_years, Cut(first, after))

    @tool(annotations=_READ_ONLY, structured_output=True)
    async def list_figures(
        measure: MaybeMeasure = None,
        where: Where = None,
        include_totals: IncludeTotals = False,
        first: First = 20,
        after: After = None,
    ) -> Answered:
        """Published numbers one by one (数字), each as printed and with its place in the document."""
        return await answered(answers.list_figures, measure, where, include_totals, Cut(first, after))

    @tool(annotations=_READ_ONLY, structured_output=True)
    async def read_table(
        department: DepartmentName,
        table: Table = None,
        fiscal_year: AccountYear = None,
        first: First = 50,
        after: After = None,
    ) -> Answered:
        """A published table as it is printed (决算表), row by row with its cells: null where nothing is printed, a dash
        where one is. Without a table, those of the account and how far each was read."""
        return await answered(answers.read_table, department, table, fiscal_year, Cut(first, after))

    @tool(annotations=_READ_ONLY, structured_output=True)
    async def follow_links(
        id: Id, kinds: LinkKinds = None, incoming: Incoming = False, first: First = 20, after: After = None
    ) -> Answered:
        """What a node is linked to in the graph (关联): the subject of a project, the rows that print a subject, the
        document of an account; each edge in words, with its other end."""
        return await answered(answers.follow_links, id, kinds, incoming, Cut(first, after))

    @tool(annotations=_READ_ONLY, structured_output=True)
    async def list_findings(
        severity: SeverityName = None,
        check: CheckId = None,
        department: DepartmentId = None,
        first: First = 20,
        after: After = None,
    ) -> Answered:
        """Places where published figures contradict each other (核查发现), the gravest first, with both numbers and
        the source of each; and how many checks passed, failed, did not apply, or lacked data."""
        return await answered(answers.list_findings, severity, check, department, Cut(first, after))

    @tool(annotations=_READ_ONLY, structured_output=True)
    async def list_rows(
        what: What, where: RowsWhere = None, order_by: RowsOrder = None, first: First = 10, after: After = None
    ) -> Answered:
        """Rows of a list by any of its fields (列表查询): projects 项目 with execution rates, indicators 绩效指标 with
        targets, actual values and scores, budgetDeviations 预决算差异, accounts, facts, terms, findings."""
        return await answered(answers.list_rows, what, where, order_by or [], Cut(first, after))

    @tool(annotations=_READ_ONLY, structured_output=True)
    async def analyze(
        measures: Columns,
        by: By,
        where: Where = None,
        having: Having = None,
        top: Top = None,
        totals: TotalsName = "NONE",
        across_years: AcrossYears = False,
        first: First = 20,
        after: After = None,
    ) -> Answered:
        """A table of several measures, counts and formulas by group (分析): shares, growth against the year before,
        rates, costs per vehicle, totals both ways. Of one year unless by FISCAL_YEAR; each cell with its coverage."""
        given = {"measures": measures, "where": where, "having": having, "topN": top, "totals": totals}
        return await answered(answers.analyze, given | {"acrossYears": across_years}, by, Cut(first, after))

    @served.resource("juesuan://lists", title="Lists and their fields (列表与字段)", mime_type="application/json")
    def list_fields() -> str:
        """Every list of list_rows with its fields: what each means, and what it may be compared by."""
        return _LIST_FIELDS

    prompts.offer(served)
    return served


_LIST_FIELDS = orjson.dumps(
    {
        of.name: {
            each.name: {"meaning": each.meaning, "operators": OPERATORS[each.kind]}
            for each in of.fields
            if not each.hidden
        }
        for of in LISTS
    },
    option=orjson.OPT_INDENT_2,
).decode()


def sessions(settings: Settings, holder: DatasetHolder, slots: ExecutionSlots) -> StreamableHTTPSessionManager:
    """What answers requests over HTTP, each for itself."""
    served = server(holder, slots)
    served.streamable_http_app(
        json_response=True,
        stateless_http=True,
        max_request_body_size=settings.max_body,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),  # the endpoint looks at it
    )
    return served.session_manager


@contextmanager
def _logging_untouched() -> Iterator[None]:
    """The library would send all that is logged to a console of its own, where nothing is configured yet."""
    handlers, level = logging.root.handlers[:], logging.root.level
    try:
        yield
    finally:
        logging.root.handlers[:] = handlers
        logging.root.setLevel(level)
