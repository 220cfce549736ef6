"""Made-up accounts for tests, small and fixed."""

from __future__ import annotations

from decimal import Decimal

from graph_data.core.amount import read_number
from graph_data.core.records import (
    Account,
    AccountKey,
    AccountRecord,
    BudgetDeviationRecord,
    ColumnRecord,
    ComparisonRecord,
    DocumentRecord,
    FactRecord,
    FigureRecord,
    FundingRecord,
    GapRecord,
    IndicatorRecord,
    LeftOverRecord,
    LineRecord,
    NarrativeRecord,
    ProjectAliasRecord,
    ProjectRecord,
    RawCellRecord,
    ReadTableRecord,
    Source,
    StatementRecord,
    SubjectRecord,
    TermRecord,
    UnitRecord,
)
from graph_data.core.terms import (
    AccountKind,
    Classification,
    ColumnKey,
    Comparator,
    Content,
    DeviationReason,
    Direction,
    EmptyReason,
    FundingQuantity,
    FundSource,
    GapReason,
    IndicatorKind,
    LineItem,
    Measure,
    NarrativeKind,
    Phase,
    ReadingStatus,
    Role,
    Side,
    StatementForm,
    Topic,
)
from graph_data.package import ordered

KEY = AccountKey("990100", "102", 2022)
AT = Source("第二部分", None, 7, "合计", "金额")
ELSEWHERE = Source("第三部分", 1, None, document=2, confidence=Decimal("0.975"))


def department(key: AccountKey = KEY) -> AccountRecord:
    return AccountRecord(key, "云溪市", "102", "云溪市档案局", "2022年度部门决算", AccountKind.DEPARTMENT, None)


def documents(key: AccountKey = KEY) -> tuple[DocumentRecord, ...]:
    return (DocumentRecord(key, 1, "a.txt", "text/plain", "0" * 64),)


def empty_account(key: AccountKey = KEY) -> Account:
    """An account that says nothing but whose it is."""
    return Account(department(key), documents(key), *((),) * 19)


def small_account(key: AccountKey = KEY) -> Account:
    """One department with something in every table, in primary-key order."""
    form, project = StatementForm.EXPENDITURE, StatementForm.STATE_CAPITAL_OPERATIONS
    no_target = (None, None, None, None)
    in_part, read = (ReadingStatus.IN_PART, GapReason.UNREADABLE_AMOUNT, None), (ReadingStatus.READ, None, None)
    return ordered(
        Account(
            department(key),
            (*documents(key), DocumentRecord(key, 2, "说明,二.docx", "application/x-word", "1" * 64)),
            (UnitRecord(key, "102001", "102001", "云溪市档案局本级", True, 1, AT),),
            (ProjectRecord(key, 1, "库房修缮", "102001", read_number("98.5", "分"), "优", None, None, AT, None, None),),
            (ProjectAliasRecord(key, 1, "库房维修,改造", AT),),
            (
                FundingRecord(key, 1, FundSource.TOTAL, FundingQuantity.EXECUTED, read_number("1,883.42", "万元"), AT),
                FundingRecord(key, 1, FundSource.OTHER, FundingQuantity.SCORE, read_number("-", "分"), AT),
            ),
            (
                IndicatorRecord(key, 1, "1", "产出指标", IndicatorKind.OUTPUT, *no_target, *no_target, None, None, AT),
                IndicatorRecord(
                    key, 1, "1.1", "数量指标", IndicatorKind.QUANTITY, *no_target, *no_target, None, None, AT
                ),
                *(_leaf(key, place) for place in (2, 9, 10)),
            ),
            (
                SubjectRecord(key, Classification.FUNCTIONAL, "201", "一般公共服务支出"),
                SubjectRecord(key, Classification.FUNCTIONAL, "20103", "政府办公厅（室）及相关机构事务"),
            ),
            (
                StatementRecord(key, form, 1, "支出决算表", "公开03表", "万元", False, None, AT),
                StatementRecord(key, project, 2, "空表", None, "万元", True, EmptyReason.NO_TRANSACTIONS, AT),
            ),
            (
                ColumnRecord(key, form, 1, ColumnKey.TOTAL, None, None, "本年支出合计", "1"),
                ColumnRecord(key, form, 2, ColumnKey.BASIC, Side.EXPENDITURE, Phase.FINAL, "", None),
            ),
            (
                LineRecord(key, form, 1, None, None, None, "合计", LineItem.TOTAL, None, None, AT),
                LineRecord(key, form, 2, 1, None, 1, "服务", None, Classification.FUNCTIONAL, "201", AT),
                LineRecord(key, form, 3, 2, None, 2, "", None, Classification.FUNCTIONAL, "20103", AT),
            ),
            (
                FigureRecord(key, form, 1, 1, read_number("706", "万元", 2), AT),
                FigureRecord(key, form, 2, 2, read_number("0.00", "万元"), AT),
            ),
            (FactRecord(key, Topic.SHARE, "201", 1, Role.PERCENT, "占", None, read_number("89.17", "%"), AT),),
            (ComparisonRecord(key, "EXPENDITURE", 1, "支出合计", Measure.EXPENDITURE, Direction.INCREASE, AT),),
            (
                BudgetDeviationRecord(
                    key, "201", 1, "201", None, (DeviationReason.AUSTERITY, DeviationReason.OTHER), AT
                ),
                BudgetDeviationRecord(key, "", 1, None, Direction.FLAT, (), AT),
            ),
            (TermRecord(key, 1, "行政运行", Classification.FUNCTIONAL, "20103", AT),),
            (NarrativeRecord(key, NarrativeKind.DUTY, "", 1, '管理"档案"，\n保存档案。', AT),),
            (
                ReadTableRecord(key, 1, "支出决算表", Content.STATEMENT, form, *in_part, 5, 2, 2, 1, 0, AT),
                ReadTableRecord(key, 2, "第三部分", Content.PROSE, None, *read, 1, 0, 0, 0, 1, ELSEWHERE),
            ),
            (GapRecord(key, 1, 1, GapReason.UNREADABLE_AMOUNT, "1,2,3", "金额", AT),),
            (RawCellRecord(key, 1, 1, 1, "1,2,3", AT), RawCellRecord(key, 1, 1, 2, "", AT)),
            (LeftOverRecord(key, 1, 2, Topic.SHARE, "37", None, ELSEWHERE),),
        )
    )


def _leaf(key: AccountKey, place: int) -> IndicatorRecord:
    at_least, actual = ("≥95%", Comparator.AT_LEAST, Decimal("95"), "%"), ("95.50%", None, Decimal("95.50"), "%")
    score = read_number("10", "分")
    return IndicatorRecord(key, 1, f"1.1.{place}", f"指标{place}", None, *at_least, *actual, score, score, AT)
