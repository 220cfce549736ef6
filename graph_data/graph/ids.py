"""The ids of nodes: readable, stable from load to load, opened by the kind: "project:370300/102/2022/9"."""

from __future__ import annotations

from graph_data.core.terms import Classification, StatementForm, ThreePublicItemKind
from graph_data.graph.nodes import NodeKind


def id_of(kind: NodeKind, *key: str | int) -> str:
    """The kind in lower case, a colon, and the parts of the key with slashes between."""
    return f"{kind.name.lower()}:{'/'.join(map(str, key))}"


def key_of(id: str) -> str:
    """What follows the kind: "370300/102" of "department:370300/102"."""
    return id.partition(":")[2]


def division_id(code: str) -> str:
    return id_of(NodeKind.DIVISION, code)


def subject_id(classification: Classification, code: str) -> str:
    return id_of(NodeKind.SUBJECT, classification.name, code)


def project_id(account: str, project: int) -> str:
    """`account` is the key of the FINAL_ACCOUNTS node: "370300/102/2022"."""
    return id_of(NodeKind.PROJECT, account, project)


def year_of_project(id: str) -> int:
    """The fiscal year of the account that a project belongs to."""
    return int(id.rsplit("/", 2)[1])


def indicator_id(account: str, project: int, indicator: str) -> str:
    return id_of(NodeKind.INDICATOR, account, project, indicator)


def statement_id(account: str, form: StatementForm) -> str:
    return id_of(NodeKind.STATEMENT, account, form.name)


def line_id(account: str, form: StatementForm, line: int) -> str:
    return id_of(NodeKind.LINE, account, form.name, line)


def three_public_item_id(account: str, item: ThreePublicItemKind) -> str:
    return id_of(NodeKind.THREE_PUBLIC_ITEM, account, item.name)


def finding_id(account: str, check: str, number: int) -> str:
    return id_of(NodeKind.FINDING, account, check, number)


def term_id(account: str, position: int) -> str:
    return id_of(NodeKind.TERM, account, position)
