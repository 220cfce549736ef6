"""Which departments to look at first, and why: a score of each account from its findings, with its parts.

A cause counts once, by its gravest finding and how much it matters (POINTS); each item that must be published and was
not found counts ABSENT. Other observations count nothing, and order what has the same score. What the auditor
dismissed counts nothing. A department's score is the highest of its accounts of the year, its units' own included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_data.checks import message
from graph_data.checks.wording import Text, word
from graph_data.core.amount import AmountUnit, in_unit
from graph_data.core.records import AccountKey
from graph_data.core.terms import CheckOutcome, ConclusionKind, Language, MaterialityLevel, Severity
from graph_data.dataset import Dataset
from graph_data.digits import Digits, digits
from graph_data.findings import SEVERITIES, LocatedFinding
from graph_data.graph import Node
from graph_data.outliers import Outlier, outliers

POINTS: Mapping[tuple[Severity, MaterialityLevel], int] = {
    (Severity.ERROR, MaterialityLevel.MATERIAL): 20,
    (Severity.ERROR, MaterialityLevel.MINOR): 10,
    (Severity.ERROR, MaterialityLevel.UNQUANTIFIED): 10,
    (Severity.ERROR, MaterialityLevel.ROUNDING): 2,
    (Severity.WARNING, MaterialityLevel.MATERIAL): 8,
    (Severity.WARNING, MaterialityLevel.MINOR): 4,
    (Severity.WARNING, MaterialityLevel.UNQUANTIFIED): 4,
    (Severity.WARNING, MaterialityLevel.ROUNDING): 1,
}
ABSENT = 2
DISCLOSURE = ("document.disclosure", "document.statements")
REASONS = 3
_DISCLOSURE = Text("应公开事项未见", "not published")
_OBSERVATIONS = Text("提示", "observations")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a score: how many causes of a severity and materiality, or items not published, and their points."""

    code: str
    title: Text
    count: int
    points: int


@dataclass(frozen=True, slots=True)
class AccountScore:
    """An account: its score with the parts that make it up, its gravest causes, the greatest first.

    `observations` and `dismissed` count causes that add nothing; `not_read` how many checks needed what was not read.
    """

    node: Node
    fiscal_year: int
    parts: tuple[Part, ...]
    reasons: tuple[LocatedFinding, ...]
    counts: Mapping[Severity, int]
    observations: int
    dismissed: int
    not_read: int

    @property
    def score(self) -> int:
        return sum(part.points for part in self.parts)


@dataclass(frozen=True, slots=True)
class DepartmentScore:
    """A department in a year: its accounts, the highest score first, and what stands out among its peers."""

    node: Node
    division: str
    fiscal_year: int
    accounts: tuple[AccountScore, ...]
    outliers: tuple[Outlier, ...]

    @property
    def score(self) -> int:
        return self.accounts[0].score


def digest(dataset: Dataset, fiscal_year: int | None = None) -> list[DepartmentScore]:
    """Every department, the highest score first: in a year, or each in its latest. Worked out once for a dataset."""
    name = f"digest {fiscal_year}"
    if name not in dataset.kept:
        dataset.kept[name] = _digest(dataset, fiscal_year)
    found: list[DepartmentScore] = dataset.kept[name]
    return found


def _digest(dataset: Dataset, fiscal_year: int | None) -> list[DepartmentScore]:
    latest: dict[str, int] = {}
    for key in dataset.keys:
        department = dataset.identities.department_of[key]
        if fiscal_year in (None, key.fiscal_year):
            latest[department] = max(latest.get(department, 0), key.fiscal_year)
    accounts: dict[str, list[AccountScore]] = {}
    divisions: dict[str, str] = {}
    for key in dataset.keys:
        department = dataset.identities.department_of[key]
        if latest.get(department) == key.fiscal_year:
            accounts.setdefault(department, []).append(account_score(dataset, key))
            divisions[department] = key.division
    standing: dict[tuple[str, int], list[Outlier]] = {}
    for each in outliers(dataset):
        standing.setdefault((each.department.id, each.fiscal_year), []).append(each)
    found = [
        DepartmentScore(
            dataset.graph[id], divisions[id], latest[id],
            tuple(sorted(scores, key=lambda each: -each.score)), tuple(standing.get((id, latest[id]), ())),
        )
        for id, scores in accounts.items()
    ]  # fmt: skip
    return sorted(found, key=_order)


def _order(each: DepartmentScore) -> tuple[int, int, int, str]:
    first = each.accounts[0]
    return -first.score, -first.counts.get(Severity.ERROR, 0), -(first.observations + len(each.outliers)), each.node.id


def account_score(dataset: Dataset, key: AccountKey) -> AccountScore:
    """The score of an account. Raises KeyError for an unknown one."""
    ledger = dataset.ledger(key)
    groups: dict[str, list[LocatedFinding]] = {}
    for entry in ledger:
        for found in entry.findings:
            groups.setdefault(found.finding.group, []).append(found)
    causes = [min(group, key=_gravity) for group in groups.values() if not _is_dismissed(dataset, group)]
    dismissed, absent = len(groups) - len(causes), [each for each in causes if _is_absence(each)]
    counted = [each for each in causes if each.finding.severity is not Severity.INFO]
    counts: dict[Severity, int] = {}
    for each in causes:
        counts[each.finding.severity] = counts.get(each.finding.severity, 0) + 1
    parts = [*_parts(counted)]
    if absent:
        parts.append(Part("DISCLOSURE", _DISCLOSURE, len(absent), ABSENT * len(absent)))
    unread = sum(entry.outcome is CheckOutcome.NOT_READ for entry in ledger)
    reasons = tuple(sorted([*counted, *absent], key=_gravity)[:REASONS])
    observations = len(causes) - len(counted) - len(absent)
    node = dataset.final_accounts_node(key)
    return AccountScore(node, key.fiscal_year, tuple(parts), reasons, counts, observations, dismissed, unread)


def _gravity(found: LocatedFinding) -> tuple[int, int, int]:
    """The gravest, and among those the greatest amount, first."""
    weight = found.finding.materiality
    points = POINTS.get((found.finding.severity, weight.level), 0)
    return SEVERITIES[found.finding.severity], -points, -abs(weight.fen or 0)


def _is_dismissed(dataset: Dataset, group: Iterable[LocatedFinding]) -> bool:
    told = [dataset.conclusion(each) for each in group]
    return all(each is not None and each.kind is ConclusionKind.DISMISSED for each in told)


def _is_absence(found: LocatedFinding) -> bool:
    return found.finding.severity is Severity.INFO and found.finding.check in DISCLOSURE


def _parts(causes: Sequence[LocatedFinding]) -> Iterator[Part]:
    for (severity, level), points in POINTS.items():
        told = (severity, level)
        count = sum((each.finding.severity, each.finding.materiality.level) == told for each in causes)
        if count:
            title = Text(*(f"{word(severity, each)}·{word(level, each)}" for each in Language))
            yield Part(f"{severity.name}_{level.name}", title, count, points * count)


# ------------------------------------------------------------------------------------------ in words and as JSON

HEADINGS = (
    Text("名次", "rank"), Text("部门", "department"), Text("年度", "year"), Text("得分", "score"),
    Text("构成", "made up of"), Text("主要原因", "why"),
)  # fmt: skip
RULE = Text(
    "得分越高越应先看。同一原因只计一次，按其中最严重的一项计分：矛盾重大{}分、一般或不涉金额{}分、尾差{}分；"
    "存疑重大{}分、一般或不涉金额{}分、尾差{}分；应公开而未见的事项每项{}分；其他提示不计分；审计人员已排除的不计分。",
    "The higher the score, the sooner to look. A cause counts once, by its gravest finding. Contradictions: material "
    "{}, minor or of no amount {}, rounding {}; doubts: material {}, minor or of no amount {}, rounding {}; each "
    "item that must be published and was not found {}; other observations and what auditors dismissed count nothing.",
)
_PART = Text("{}{}项{}分", "{}: {} = {}")
_NOT_READ = Text("另有{}项核查因未读未作比较", "{} checks needed what was not read")
_NOTHING = Text("未计分", "nothing counted")


def rule(language: Language) -> str:
    """How a score is made up, in words."""
    levels = (MaterialityLevel.MATERIAL, MaterialityLevel.MINOR, MaterialityLevel.ROUNDING)
    points = [POINTS[severity, level] for severity in (Severity.ERROR, Severity.WARNING) for level in levels]
    return RULE.of(language).format(*points, ABSENT)


def made_up_of(account: AccountScore, language: Language) -> list[str]:
    """The parts of a score, and what it leaves out, in words."""
    said = [_PART.of(language).format(part.title.of(language), part.count, part.points) for part in account.parts]
    if account.not_read:
        said.append(_NOT_READ.of(language).format(account.not_read))
    return said or [_NOTHING.of(language)]


def why(department: DepartmentScore, language: Language) -> list[str]:
    """The gravest findings of its first account, and what stands out, in words."""
    said = [message(each.finding, language) for each in department.accounts[0].reasons]
    return said + [each.said(language) for each in department.outliers[:REASONS]]


def as_json(dataset: Dataset, found: Sequence[DepartmentScore], language: Language) -> dict[str, Any]:
    """Departments in order, with every part of every score; `points` say what each kind of cause counts."""
    return {
        "datasetVersion": dataset.version,
        "rule": rule(language),
        "points": {f"{severity.name}_{level.name}": points for (severity, level), points in POINTS.items()}
        | {"DISCLOSURE": ABSENT},
        "departments": [_department(rank, each, language) for rank, each in enumerate(found, start=1)],
        "firstDigits": [_digits(each, language) for each in _first_digits(dataset)],
    }


def _first_digits(dataset: Dataset) -> list[Digits]:
    """Worked out once for a dataset."""
    if "digits" not in dataset.kept:
        dataset.kept["digits"] = digits(dataset)
    found: list[Digits] = dataset.kept["digits"]
    return found


def _digits(each: Digits, language: Language) -> dict[str, Any]:
    return {
        "division": each.division,
        "fiscalYear": each.fiscal_year,
        "severity": Severity.INFO.name,
        "differs": each.differs,
        "count": each.count,
        "shares": [f"{share:.4f}" for share in each.shares],
        "message": each.said(language),
    }


def _department(rank: int, each: DepartmentScore, language: Language) -> dict[str, Any]:
    return {
        "rank": rank,
        "id": each.node.id,
        "name": each.node.name,
        "division": each.division,
        "fiscalYear": each.fiscal_year,
        "score": each.score,
        "why": why(each, language),
        "accounts": [_account(account, language) for account in each.accounts],
        "outliers": [_outlier(one, language) for one in each.outliers],
    }


def _account(account: AccountScore, language: Language) -> dict[str, Any]:
    return {
        "id": account.node.id,
        "title": account.node.name,
        "score": account.score,
        "parts": [
            {"code": part.code, "title": part.title.of(language), "count": part.count, "points": part.points}
            for part in account.parts
        ],
        "causes": {severity.name: account.counts.get(severity, 0) for severity in Severity},
        "observations": account.observations,
        "dismissed": account.dismissed,
        "checksNotRead": account.not_read,
        "reasons": [
            {
                "finding": each.node.id,
                "severity": each.finding.severity.name,
                "materiality": each.finding.materiality.level.name,
                "amount": None if (fen := each.finding.materiality.fen) is None else in_unit(fen, AmountUnit.WAN_YUAN),
                "message": message(each.finding, language),
            }
            for each in account.reasons
        ],
    }


def _outlier(one: Outlier, language: Language) -> dict[str, Any]:
    peers, told = one.peers, None
    if peers is not None:
        quartiles = {"lowerQuartile": peers.lower, "median": peers.median, "upperQuartile": peers.upper}
        told = {"count": peers.count} | {name: one.shown(each, language) for name, each in quartiles.items()}
    return {
        "kind": one.kind,
        "severity": Severity.INFO.name,
        "value": one.shown(one.value, language),
        "message": one.said(language),
        "peers": told,
        "projects": [each.id for each in one.projects],
    }
