"""The nine tables of an account: statements, their lines as trees, and the tree of the “三公” items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph_data.core.amount import Number
from graph_data.core.errors import PackageError
from graph_data.core.records import Account, LineRecord
from graph_data.core.terms import ColumnKey, Phase, StatementForm, ThreePublicItemKind
from graph_data.graph import ids
from graph_data.graph.draft import Draft
from graph_data.graph.kinds import EdgeKind, NodeKind
from graph_data.graph.nodes import Node, ThreePublicItem

THREE_PUBLIC_PARENTS: Mapping[ThreePublicItemKind, ThreePublicItemKind | None] = {
    ThreePublicItemKind.TOTAL: None,
    ThreePublicItemKind.OVERSEAS_OFFICIAL_TRAVEL: ThreePublicItemKind.TOTAL,
    ThreePublicItemKind.OFFICIAL_VEHICLES: ThreePublicItemKind.TOTAL,
    ThreePublicItemKind.OFFICIAL_VEHICLE_PURCHASE: ThreePublicItemKind.OFFICIAL_VEHICLES,
    ThreePublicItemKind.OFFICIAL_VEHICLE_OPERATION: ThreePublicItemKind.OFFICIAL_VEHICLES,
    ThreePublicItemKind.OFFICIAL_HOSPITALITY: ThreePublicItemKind.TOTAL,
}


def add_statements(draft: Draft, account: Account, key: str) -> None:
    """Statements below the account, lines below their statement; the lines' own tree begins at a root line."""
    lines: dict[StatementForm, list[LineRecord]] = {}
    for line in account.lines:
        lines.setdefault(line.form, []).append(line)
    for record in sorted(account.statements, key=lambda each: each.position):
        id = ids.statement_id(key, record.form)
        draft.add(Node(id, NodeKind.STATEMENT, record.title, record.printed_number, 0, record))
        draft.link(ids.id_of(NodeKind.FINAL_ACCOUNTS, key), EdgeKind.HAS_CHILD, id)
        _add_lines(draft, id, key, lines.pop(record.form, []))
    if lines:
        raise PackageError("lines", f"lines of {next(iter(lines)).name} in {key}", "a statement for each line")


def _add_lines(draft: Draft, statement: str, key: str, lines: Sequence[LineRecord]) -> None:
    by_number = {line.line: line for line in lines}
    levels: dict[int, int] = {}
    for line in sorted(lines, key=lambda each: each.line):
        node = _line(key, line, _depth(line, by_number, levels))
        if line.parent is None:
            draft.add(node)
            draft.link(statement, EdgeKind.HAS_CHILD, node.id)
        else:
            draft.add(node, ids.line_id(key, line.form, line.parent))


def _depth(line: LineRecord, by_number: Mapping[int, LineRecord], known: dict[int, int]) -> int:
    """1 for a root line. Remembers what it finds, since a parent may be printed after its parts."""
    chain: list[int] = []
    here: LineRecord = line
    while here.line not in known and here.parent is not None:
        chain.append(here.line)
        above = by_number.get(here.parent)
        if above is None or above.line in chain:
            raise PackageError("lines", f"parent {here.parent} of line {here.line}", "another line of the statement")
        here = above
    depth = known.setdefault(here.line, 1)
    for step, number in enumerate(reversed(chain), start=1):
        known[number] = depth + step
    return known[line.line]


def _line(key: str, record: LineRecord, level: int) -> Node:
    id = ids.line_id(key, record.form, record.line)
    return Node(id, NodeKind.LINE, record.label, record.code, level, record)


def add_three_public_items(draft: Draft, account: Account, key: str) -> None:
    """合计 and its parts below the account that prints any of them."""
    printed = printed_three_public(account)
    if not printed:
        return
    levels: dict[ThreePublicItemKind | None, int] = {None: 0}
    for kind, above in THREE_PUBLIC_PARENTS.items():
        levels[kind] = levels[above] + 1
        numbers = (printed.get((kind, phase)) for phase in (Phase.BUDGET, Phase.FINAL))
        item = ThreePublicItem(account.key, kind, *numbers)
        node = Node(
            ids.three_public_item_id(key, kind), NodeKind.THREE_PUBLIC_ITEM, kind.value, kind.name, levels[kind], item
        )
        draft.add(node, ids.three_public_item_id(key, above) if above else None)
    root = ids.three_public_item_id(key, ThreePublicItemKind.TOTAL)
    draft.link(ids.id_of(NodeKind.FINAL_ACCOUNTS, key), EdgeKind.HAS_CHILD, root)


def printed_three_public(account: Account) -> dict[tuple[ThreePublicItemKind, Phase], Number]:
    """What the “三公” statement prints for each item and phase, dashes left out; the first where a row follows."""
    form = StatementForm.THREE_PUBLIC_EXPENSES
    columns = {column.column: column for column in account.columns if column.form is form}
    printed: dict[tuple[ThreePublicItemKind, Phase], Number] = {}
    for figure in account.figures:
        column = columns.get(figure.column) if figure.form is form else None
        kind = None if column is None else three_public_kind(column.key)
        if column is not None and kind is not None and figure.number.value is not None:
            printed.setdefault((kind, column.phase or Phase.FINAL), figure.number)
    return printed


def three_public_kind(key: ColumnKey) -> ThreePublicItemKind | None:
    """The item that a column of the “三公” statement holds."""
    return ThreePublicItemKind.__members__.get(key.name)
