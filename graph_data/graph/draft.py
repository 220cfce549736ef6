"""A graph while it is being drawn (`Draft`), and the subjects, statements and findings that are drawn of an account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph_data.classification import level_of, prefixes
from graph_data.core.amount import Number
from graph_data.core.errors import PackageError
from graph_data.core.records import Account, AccountKey, LineRecord
from graph_data.core.terms import Classification, ColumnKey, Phase, StatementForm, ThreePublicItemKind
from graph_data.graph import ids
from graph_data.graph.graph import DrawnGraph
from graph_data.graph.identities import Identities
from graph_data.graph.nodes import EdgeKind, FindingEntry, Node, NodeKind, SubjectEntry, ThreePublicItem


@dataclass(slots=True)
class Draft:
    """What the builders write to. Siblings stand in the order in which they were added."""

    nodes: dict[str, Node] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    edges: list[tuple[str, str, EdgeKind]] = field(default_factory=list)

    def add(self, node: Node, parent: str | None = None, kind: EdgeKind = EdgeKind.HAS_CHILD) -> None:
        """A node, below its parent in the tree."""
        if node.id in self.nodes:
            raise ValueError(f"{node.id} is added twice; expected one node an id")
        self.nodes[node.id] = node
        if parent is not None:
            self.parents[node.id] = parent
            self.link(parent, kind, node.id)

    def link(self, start: str, kind: EdgeKind, end: str) -> None:
        """An edge; of a tree or not."""
        self.edges.append((start, end, kind))

    def freeze(self) -> DrawnGraph:
        """The finished graph. Raises ValueError where an edge has no node at its end, or a tree is none."""
        return DrawnGraph(self.nodes, self.parents, self.edges)


def add_subjects(draft: Draft, accounts: Sequence[Account]) -> None:
    """Every subject that an account names, or prints in a line; the newest account's name wins."""
    spellings: dict[tuple[Classification, str], dict[str, None]] = {}
    for account in reversed(accounts):
        for classification, code, name in named_subjects(account):
            spellings.setdefault((classification, code), {})[name] = None
    for classification in Classification:
        codes = sorted(code for each, code in spellings if each is classification)
        for code in codes:
            _add_subject(draft, subject_entry(classification, code, spellings[classification, code]))


def subject_entry(classification: Classification, code: str, names: Iterable[str]) -> SubjectEntry:
    """A subject by its names, the newest first; one that is nowhere named is called by its code."""
    return SubjectEntry(classification, code, tuple(name for name in names if name) or (code,))


def subject_tree(entries: Iterable[SubjectEntry]) -> DrawnGraph:
    """The trees of subjects alone. They come by classification, and by code within each."""
    draft = Draft()
    for entry in entries:
        _add_subject(draft, entry)
    return draft.freeze()


def named_subjects(account: Account) -> Iterator[tuple[Classification, str, str]]:
    """Classification, code and name of each subject that an account names, then of those that only its lines print."""
    for subject in account.subjects:
        yield subject.classification, subject.code, subject.name
    named = {(subject.classification, subject.code) for subject in account.subjects}
    for line in account.lines:
        if line.code and line.classification and (line.classification, line.code) not in named:
            yield line.classification, line.code, line.label


def _add_subject(draft: Draft, entry: SubjectEntry) -> None:
    id = ids.subject_id(entry.classification, entry.code)
    above = (ids.subject_id(entry.classification, prefix) for prefix in prefixes(entry.code))
    parent = next((each for each in above if each in draft.nodes), None)
    draft.add(Node(id, NodeKind.SUBJECT, entry.spellings[0], entry.code, level_of(entry.code), entry), parent)


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


def add_findings(draft: Draft, findings: Sequence[FindingEntry], identities: Identities) -> None:
    """Findings, account by account. One that names no node of the draft concerns its account."""
    for finding in sorted(findings, key=lambda each: identities.accounts[each.account]):
        add_finding(draft, finding, identities.accounts[finding.account], identities.documents[finding.account])


def add_finding(draft: Draft, finding: FindingEntry, key: str, documents: Sequence[str]) -> None:
    """A finding of the account that ids write as `key`, found in those of its documents that its sources name."""
    final_accounts, concerned = ids.id_of(NodeKind.FINAL_ACCOUNTS, key), concerned_id(finding, key)
    entry = replace(finding, concerns=concerned if concerned in draft.nodes else final_accounts)
    node = Node(ids.finding_id(key, entry.check, entry.number), NodeKind.FINDING, entry.message, None, 0, entry)
    draft.add(node)
    draft.link(node.id, EdgeKind.FOUND_IN, entry.concerns)
    for document in entry.documents:
        draft.link(node.id, EdgeKind.FOUND_IN, ids.id_of(NodeKind.DOCUMENT, key, documents[document - 1]))


def concerned_id(finding: FindingEntry, key: str) -> str:
    """The id as the graph writes it: its department may have got its code from the account of another year."""
    kind, _, rest = finding.concerns.partition(":")
    own = _written(finding.account)
    if rest == own or rest.startswith(f"{own}/"):
        rest = key + rest.removeprefix(own)
    return f"{kind}:{rest}"


def _written(account: AccountKey) -> str:
    """An account as its own records write it."""
    return f"{account.division}/{account.department}/{account.fiscal_year}"
