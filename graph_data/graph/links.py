"""The links between the trees: who spends under which subject, where it is reported, and where that is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from graph_data.core.records import Account
from graph_data.core.terms import Classification, ColumnKey, FundingQuantity, FundSource, StatementForm
from graph_data.graph import ids
from graph_data.graph.draft import Draft
from graph_data.graph.identities import Identities
from graph_data.graph.kinds import EdgeKind, NodeKind

_SPENDING = (
    ColumnKey.TOTAL,
    ColumnKey.BASIC,
    ColumnKey.PROJECT,
    ColumnKey.REMITTANCE_TO_SUPERIOR,
    ColumnKey.BUSINESS_EXPENDITURE,
    ColumnKey.SUBSIDY_TO_AFFILIATES,
)
_FUNDS = (
    StatementForm.GENERAL_PUBLIC_BUDGET,
    StatementForm.GOVERNMENT_MANAGED_FUNDS,
    StatementForm.STATE_CAPITAL_OPERATIONS,
)


def link_accounts(draft: Draft, account: Account, identities: Identities) -> None:
    """Every link of one account that is no edge of a tree."""
    department = identities.department_of[account.key]
    link_own(draft, account, identities.accounts[account.key], department)
    for code in sorted(_spent(account)):
        draft.link(department, EdgeKind.SPENDS_UNDER, ids.subject_id(Classification.FUNCTIONAL, code))


def link_own(draft: Draft, account: Account, key: str, department: str) -> None:
    """Those links that end at a node of the account itself."""
    final_accounts = ids.id_of(NodeKind.FINAL_ACCOUNTS, key)
    draft.link(department, EdgeKind.REPORTED_IN, final_accounts)
    for project in account.projects:
        draft.link(ids.project_id(key, project.project), EdgeKind.REPORTED_IN, final_accounts)
    _link_lines(draft, account, key)
    _link_terms(draft, account, key)
    for number, code in charged(account).items():
        subject = ids.subject_id(Classification.FUNCTIONAL, code)
        draft.link(ids.project_id(key, number), EdgeKind.CHARGED_TO, subject)


def _link_lines(draft: Draft, account: Account, key: str) -> None:
    for line in account.lines:
        if line.code and line.classification:
            subject = ids.subject_id(line.classification, line.code)
            draft.link(subject, EdgeKind.REPORTED_IN, ids.line_id(key, line.form, line.line))


def _link_terms(draft: Draft, account: Account, key: str) -> None:
    """A term may name a subject that no account prints; then there is nothing to link it to."""
    for term in account.terms:
        subject = ids.subject_id(term.classification, term.code) if term.classification and term.code else None
        if subject in draft.nodes and subject is not None:
            draft.link(ids.term_id(key, term.position), EdgeKind.DEFINES, subject)


def _spent(account: Account) -> set[str]:
    """The leaf functional subjects with money: no longer code with money begins with them.

    支出决算表 says so; where it is not published, the statements of the three funds do.
    """
    cells = _cells(account, StatementForm.EXPENDITURE, _SPENDING)
    for form in () if cells else _FUNDS:
        cells |= _cells(account, form, _SPENDING)
    return _leaves(cells)


def charged(account: Account) -> dict[int, str]:
    """项目 → 科目 where the figures prove it.

    The project's executed total is the project expenditure of exactly one leaf subject, and no other project
    of the account executed that amount.
    """
    cells = _cells(account, StatementForm.EXPENDITURE, (ColumnKey.PROJECT,))
    subjects: dict[int, list[str]] = {}
    for code in _leaves(cells):
        subjects.setdefault(cells[code], []).append(code)
    executed = {
        funding.project: funding.number.fen
        for funding in account.funding
        if funding.fund_source is FundSource.TOTAL and funding.quantity is FundingQuantity.EXECUTED
    }
    shared = Counter(executed.values())
    return {
        project: subjects[fen][0]
        for project, fen in sorted(executed.items())
        if fen and shared[fen] == 1 and len(subjects.get(fen, ())) == 1
    }


def _cells(account: Account, form: StatementForm, keys: Collection[ColumnKey]) -> dict[str, int]:
    """What a statement prints for each subject in some columns in 分, zeros left out; the last column where several."""
    codes = {line.line: line.code for line in account.lines if line.form is form and line.code}
    columns = {each.column for each in account.columns if each.form is form and each.key in keys}
    return {
        codes[figure.line]: figure.number.fen
        for figure in account.figures
        if figure.form is form and figure.line in codes and figure.column in columns and figure.number.fen
    }


def _leaves(cells: Mapping[str, int]) -> set[str]:
    codes = sorted(cells)
    return {code for code, longer in zip(codes, [*codes[1:], ""], strict=False) if not longer.startswith(code)}
