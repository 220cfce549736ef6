"""年初预算与决算差异: the list of budgets held against final accounts, and what one deviation is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from graph_data.core import terms
from graph_data.core.amount import Number
from graph_data.core.records import Account, BudgetDeviationRecord
from graph_data.core.terms import Classification, Dimension, Role, Topic
from graph_data.dataset import Dataset
from graph_data.graph.ids import subject_id
from graph_data.lists.fields import ACCOUNT, Entry, Field, Kind, ListType, at, by_account, percent, value_of


@dataclass(frozen=True, slots=True)
class BudgetDeviation:
    """A budget and 决算 of one subject or of the account as a whole, in 分: the 年初预算 or the 全年预算, not both."""

    record: BudgetDeviationRecord
    initial_budget: int | None
    revised_budget: int | None
    final: int
    completion_percent: Decimal | None

    @property
    def budget(self) -> int:
        """The one of the two that it is against."""
        return (self.initial_budget if self.revised_budget is None else self.revised_budget) or 0


def deviations(dataset: Dataset, account: Account) -> list[BudgetDeviation]:
    """Every deviation whose amounts the document states, in printed order."""
    stated: dict[tuple[str, int], dict[Role, Number]] = {}
    for fact in dataset.facts(account.key, Topic.BUDGET_DEVIATION):
        stated.setdefault((fact.item, fact.position), {}).setdefault(fact.role, fact.number)
    found = (_deviation(record, stated.get((record.item, record.position), {})) for record in account.budget_deviations)
    return [deviation for deviation in found if deviation is not None]


def _deviation(record: BudgetDeviationRecord, numbers: Mapping[Role, Number]) -> BudgetDeviation | None:
    roles = (Role.INITIAL_BUDGET, Role.BUDGET, Role.FINAL)
    initial, revised, final = (None if (found := numbers.get(role)) is None else found.fen for role in roles)
    if final is None or (initial is None and revised is None):
        return None
    return BudgetDeviation(record, initial, revised, final, value_of(numbers.get(Role.COMPLETION_PERCENT)))


def _deviation_entries(dataset: Dataset) -> Iterator[Entry]:
    for key, _ in by_account(dataset):
        for number, found in enumerate(deviations(dataset, dataset.lookups.accounts[key])):
            code = found.record.code
            if code is not None and dataset.subject(Classification.FUNCTIONAL, code) is not None:
                yield Entry(dataset, found, None, key, str(number))


def _subject_of_deviation(entry: Entry) -> str:
    return subject_id(Classification.FUNCTIONAL, entry.record.record.code)


DEVIATIONS = ListType(
    "budgetDeviations",
    "Budget against final account, subject by subject (预算与决算差异)",
    None,
    (
        *ACCOUNT,
        Field(
            "subject", Kind.MEMBER, "Functional subject (科目)", _subject_of_deviation,
            dimension=Dimension.FUNCTIONAL_SUBJECT,
        ),
        Field("initialBudget", Kind.MONEY, "Opening budget (年初预算)", at("initial_budget")),
        Field("revisedBudget", Kind.MONEY, "Budget as revised in the year (全年预算)", at("revised_budget")),
        Field("final", Kind.MONEY, "Final account (支出决算)", at("final")),
        Field(
            "deviation", Kind.MONEY, "Final less the budget (差额)",
            lambda entry: entry.record.final - entry.record.budget,
        ),
        Field(
            "absoluteDeviation", Kind.MONEY, "The same without its sign (差额绝对值)",
            lambda entry: abs(entry.record.final - entry.record.budget),
        ),
        Field(
            "completionPercent", Kind.DECIMAL, "Completion in percent, as stated (完成率)",
            at("completion_percent"),
        ),
        Field(
            "derivedCompletionPercent", Kind.DECIMAL,
            "The final account in percent of the budget, to two decimals (计算完成率)",
            lambda entry: percent(entry.record.final, entry.record.budget),
        ),
        Field(
            "direction", Kind.ENUM, "Above or below the budget, as stated (增减方向)",
            at("record.direction"), members=terms.Direction,
        ),
        Field(
            "reasons", Kind.ENUMS, "Why they differ, coded from the stated reason (差异原因)",
            at("record.reasons"), members=terms.DeviationReason,
        ),
    ),
    _deviation_entries,
)  # fmt: skip
