"""What a shard holds in arrays, so that lists of thousands are filtered and counted without any node.

Of the figures: `<MEASURE>.<name>`, the arrays of its MeasureTable, and `ordinal`, which tells the place of each row
among all figures; `<MEASURE>.members.<name>`, those of its Members; in a file of its own those of its Cube. Of nodes
and findings, each array of one length belongs to one list in the order of the whole graph:

    structure.level, .parent, .stop      the trees of Structure.nodes, by place
    subject.part                         by subject of the division, in the order of its places: its SubjectPart
    project.place, .account, .number     by project: its place, the ordinal of its account, its number there;
        .texts                           and its name
    indicator.project, .level, .is_leaf  by indicator: the ordinal of its project, its level, has it none below,
        .kinds, .achieved, .texts        its kind and those above as bits, is its target met (-1: not told), its name
    spent.subject, .account              subject by subject, who spends under it: an account of the department
    charged.subject, .project            subject by subject, the projects that are charged to it
    finding.account, .check, .number     the findings, ranked: whose it is, the ordinal of its check, its number there,
        .severity, .page, .line, .texts  and what it is ranked by; the text is how far apart the numbers are
    listed                               a directory: the ordinals of the findings that a node lists, by its id
    concerned                            likewise those that concern a node of `SHARED`, in the order of the graph
    outcomes                             by account: how many checks ended in each of CheckOutcome
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from graph_data.checks import CHECKS, CheckEntry
from graph_data.core.arrays import Array, Texts, directory_arrays, text_arrays
from graph_data.core.records import Account, AccountKey, IndicatorRecord, LineRecord, ProjectRecord, TermRecord
from graph_data.core.terms import (
    CheckOutcome,
    Classification,
    Measure,
    NarrativeKind,
    Severity,
    StatementForm,
)
from graph_data.dataset import Lookups
from graph_data.figures import Axis, MemoryFigures
from graph_data.figures.federation.cubes import Cube
from graph_data.findings import Findings, LocatedFinding, place_of, size_of
from graph_data.graph import EdgeKind, FindingEntry, Graph, Identities, LinkDirection, Node, NodeKind
from graph_data.graph.draft import named_subjects
from graph_data.graph.ids import subject_id
from graph_data.index.layout import (
    DEPARTMENT_NAMES,
    LINKS,
    PROJECT_NAMES,
    UNIT_CODES,
    UNIT_NAMES,
    Spelling,
    Structure,
    SubjectPart,
)

ORDINAL = "ordinal"
SUBJECTS = "subjects"
MEMBERS = "members."


def figure_arrays(figures: MemoryFigures) -> dict[str, Array]:
    """Every array by its name.

    `<MEASURE>.<name>`: the arrays of its MeasureTable, and `ordinal`, which tells the place of each row among all
    figures. `<MEASURE>.members.<name>`: the arrays of its Members.
    """
    ordinals = {figure.id: ordinal for ordinal, figure in enumerate(figures.all)}
    arrays: dict[str, Array] = {}
    for measure, table in figures.tables.items():
        own = np.array([ordinals[figure.id] for figure in table.every.figures], np.int32)
        arrays |= _named(measure.name, {ORDINAL: own, **table.arrays()})
        arrays |= _named(f"{measure.name}.members", figures.members[measure].arrays())
    return arrays


def cube_arrays(figures: MemoryFigures) -> dict[str, Array]:
    """The arrays of the Cube of every measure: `<MEASURE>.<name>`; its subjects as `texts` holds them."""
    arrays: dict[str, Array] = {}
    for measure, table in figures.tables.items():
        own = dict(Cube.of(table, figures.members[measure], figures.trees).arrays())
        subjects = own.pop(SUBJECTS).tolist()
        arrays |= _named(measure.name, own) | text_arrays(f"{measure.name}.{SUBJECTS}", subjects)
    return arrays


def cube_of(arrays: Mapping[str, Array], measure: Measure) -> Cube:
    """The Cube of a measure. Raises KeyError where the arrays hold none."""
    subjects = Texts(arrays, f"{measure.name}.{SUBJECTS}")
    texts = np.array([subjects[at] for at in range(len(subjects))], dtype=np.str_)
    return Cube.over({**of_measure(arrays, measure), SUBJECTS: texts})


def of_measure(arrays: Mapping[str, Array], measure: Measure, part: str = "") -> dict[str, Array]:
    """The arrays of a measure (of a part of it), by their own names."""
    prefix = f"{measure.name}.{part}"
    return {name.removeprefix(prefix): arrays[name] for name in arrays if name.startswith(prefix)}


def years_of(arrays: Mapping[str, Array], measure: Measure) -> Array:
    """The year of each figure of a measure, in the order of its table."""
    return arrays[f"{measure.name}.{Axis.YEAR.name.lower()}"]


def _named(prefix: str, arrays: Mapping[str, Array]) -> dict[str, Array]:
    return {f"{prefix}.{name}": array for name, array in arrays.items()}


LISTED = "listed"
CONCERNED = "concerned"
SHARED = (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.SUBJECT)  # these belong to no one account
_CHECK_ORDINALS = {check.id: ordinal for ordinal, check in enumerate(CHECKS)}
_SEVERITIES = {severity: rank for rank, severity in enumerate(Severity)}


def structure_arrays(structure: Structure, small: Graph, parts: Sequence[SubjectPart]) -> dict[str, Array]:
    """The trees of the structure; `small` is its graph."""
    ordinals = {subject_id(part.classification, part.code): ordinal for ordinal, part in enumerate(parts)}
    return {
        "subject.part": _ints(ordinals[node.id] for node in small.nodes(NodeKind.SUBJECT)),
        "structure.level": np.array([node.level for node in structure.nodes], np.int8),
        "structure.parent": np.array(structure.parents, np.int32),
        "structure.stop": np.array([small.stop_at(place) for place in range(len(small))], np.int32),
    }


def node_arrays(graph: Graph, small: Graph, accounts: Sequence[Account]) -> dict[str, Array]:
    """Divisions, departments, projects and indicators."""
    ordinals = {account.key: ordinal for ordinal, account in enumerate(accounts)}
    projects = graph.nodes(NodeKind.PROJECT)
    records = [node.record for node in projects if isinstance(node.record, ProjectRecord)]
    return {
        "project.place": _ints(small.interval(node.id)[0] for node in projects),
        "project.account": _ints(ordinals[record.account] for record in records),
        "project.number": _ints(record.project for record in records),
        **text_arrays("project", (node.name for node in projects)),
        **_indicator_arrays(graph, projects),
    }


def _indicator_arrays(graph: Graph, projects: Sequence[Node]) -> dict[str, Array]:
    nodes = graph.nodes(NodeKind.INDICATOR)
    records = [node.record for node in nodes if isinstance(node.record, IndicatorRecord)]
    places = {(node.record.account, node.record.project): at for at, node in enumerate(projects)}  # type: ignore[union-attr]
    return {
        "indicator.project": _ints(places[record.account, record.project] for record in records),
        "indicator.level": np.array([record.level for record in records], np.int8),
        "indicator.is_leaf": np.array([graph.is_leaf(node.id) for node in nodes], np.bool_),
    }


def tie_arrays(parts: Sequence[SubjectPart], graph: Graph, accounts: Sequence[Account]) -> dict[str, Array]:
    """Who spends under each subject, and which projects are charged to it."""
    ordinals = {account.key: ordinal for ordinal, account in enumerate(accounts)}
    projects = {node.id: ordinal for ordinal, node in enumerate(graph.nodes(NodeKind.PROJECT))}
    spent: list[tuple[int, int]] = []
    carried: list[tuple[int, int]] = []
    for number, part in enumerate(parts):
        id = subject_id(part.classification, part.code)
        if id in graph:
            spenders = graph.links(id, (EdgeKind.SPENDS_UNDER,), LinkDirection.IN)
            spent += [(number, ordinals[edge.node.record.accounts[0]]) for edge in spenders]  # type: ignore[union-attr]
            charged = graph.links(id, (EdgeKind.CHARGED_TO,), LinkDirection.IN)
            carried += [(number, projects[edge.node.id]) for edge in charged]
    return {**_pairs("spent", "account", spent), **_pairs("charged", "project", carried)}


def _pairs(name: str, other: str, pairs: Sequence[tuple[int, int]]) -> dict[str, Array]:
    return {
        f"{name}.subject": _ints(subject for subject, _ in pairs),
        f"{name}.{other}": _ints(each for _, each in pairs),
    }


def finding_arrays(found: Findings, graph: Graph, accounts: Sequence[Account]) -> dict[str, Array]:
    """The findings, ranked, which nodes list them, and which they concern."""
    ordinals = {account.key: ordinal for ordinal, account in enumerate(accounts)}
    ranked = found.ranked
    places = {each.node.id: ordinal for ordinal, each in enumerate(ranked)}
    listed = {id: [places[each.node.id] for each in findings] for id, findings in found.listed.items()}
    concerned: dict[str, list[int]] = {}
    for node in graph.nodes(NodeKind.FINDING):
        concerns = found.by_id[node.id].concerns
        if concerns.kind in SHARED:
            concerned.setdefault(concerns.id, []).append(places[node.id])
    return {
        "finding.account": _ints(ordinals[each.account] for each in ranked),
        "finding.check": _ints(_CHECK_ORDINALS[each.finding.check] for each in ranked),
        "finding.number": _ints(_number(each) for each in ranked),
        "finding.severity": _ints(_SEVERITIES[each.finding.severity] for each in ranked),
        "finding.page": _ints(place_of(each.finding)[0] for each in ranked),
        "finding.line": _ints(place_of(each.finding)[1] for each in ranked),
        **text_arrays(
            "finding", ("" if each.finding.difference is None else f"{size_of(each.finding)}" for each in ranked)
        ),
        **directory_arrays(LISTED, listed),
        **directory_arrays(CONCERNED, concerned),
    }


def _size(located: LocatedFinding) -> str:
    return "" if located.finding.difference is None else str(size_of(located.finding))


def _number(located: LocatedFinding) -> int:
    assert isinstance(located.node.record, FindingEntry)
    return located.node.record.number


def outcome_array(examined: Mapping[AccountKey, Sequence[CheckEntry]], accounts: Sequence[Account]) -> dict[str, Array]:
    """How the checks of each account ended."""
    counts = [
        sum(entry.outcome is outcome for entry in examined[account.key])
        for account in accounts
        for outcome in CheckOutcome
    ]
    return {"outcomes": np.array(counts, np.int32)}


def _ints(numbers: object) -> Array:
    return np.fromiter(numbers, np.int32)  # type: ignore[call-overload, no-any-return]


Subject = tuple[Classification, str]
_FORMS = {form: ordinal for ordinal, form in enumerate(StatementForm)}
_CLASSIFICATIONS = {classification: ordinal for ordinal, classification in enumerate(Classification)}
_TERM = -1


def subject_parts(accounts: Sequence[Account], terms: Mapping[Subject, Sequence[TermRecord]]) -> list[SubjectPart]:
    """Every subject that the accounts name, or that a term names; by classification and code."""
    spellings: dict[Subject, dict[str, Spelling]] = {subject: {} for subject in terms}
    for account in sorted(accounts, key=lambda each: (each.key.fiscal_year, each.key), reverse=True):
        for rank, (classification, code, name) in enumerate(named_subjects(account)):
            known = spellings.setdefault((classification, code), {})
            known.setdefault(name, Spelling(name, account.key, rank))
    texts = {account.key: account.narratives for account in accounts}
    parts = []
    for subject in sorted(spellings, key=lambda each: (_CLASSIFICATIONS[each[0]], each[1])):
        term = max(terms.get(subject, ()), key=lambda each: each.account.fiscal_year, default=None)
        definitions = (
            ()
            if term is None
            else tuple(
                each.text
                for each in sorted(texts[term.account], key=lambda each: each.position)
                if each.kind is NarrativeKind.DEFINITION and each.about == str(term.position)
            )
        )
        parts.append(SubjectPart(*subject, tuple(spellings[subject].values()), term, definitions))
    return parts


def naming_terms(accounts: Iterable[Account], identities: Identities) -> dict[Subject, list[TermRecord]]:
    """The terms that name a subject, whether or not an account prints it; in the order of the whole graph."""
    terms: dict[Subject, list[TermRecord]] = {}
    for account in sorted(accounts, key=lambda each: identities.accounts[each.key]):
        for term in account.terms:
            if term.classification and term.code:
                terms.setdefault((term.classification, term.code), []).append(term)
    return terms


def link_arrays(
    parts: Sequence[SubjectPart],
    terms: Mapping[Subject, Sequence[TermRecord]],
    graph: Graph,
    accounts: Sequence[Account],
) -> dict[str, Array]:
    """The arrays of `LINKS`."""
    ordinals = {account.key: ordinal for ordinal, account in enumerate(accounts)}
    rows: list[tuple[int, int, int, int]] = []
    for number, part in enumerate(parts):
        lines = _printing_lines(graph, subject_id(part.classification, part.code))
        rows += [(number, ordinals[line.account], _FORMS[line.form], line.line) for line in lines]
        named = terms.get((part.classification, part.code), ())
        rows += [(number, ordinals[term.account], _TERM, term.position) for term in named]
    columns = np.array(rows, dtype=np.int32).reshape(-1, len(LINKS)).T
    return dict(zip(LINKS, np.ascontiguousarray(columns), strict=True))


def _printing_lines(graph: Graph, subject: str) -> Iterator[LineRecord]:
    edges = graph.links(subject, (EdgeKind.REPORTED_IN,), LinkDirection.OUT) if subject in graph else ()
    return (edge.node.record for edge in edges if isinstance(edge.node.record, LineRecord))


def name_arrays(lookups: Lookups, graph: Graph, structure: Graph) -> dict[str, Array]:
    """The arrays of `DIRECTORIES`; places are positions of `structure`."""
    codes = dict.fromkeys(node.code for node in graph.nodes(NodeKind.UNIT) if node.code)
    named: dict[str, Mapping[str, Sequence[Node]]] = {
        DEPARTMENT_NAMES: lookups.department_names,
        UNIT_NAMES: lookups.unit_names,
        UNIT_CODES: {code: graph.coded(NodeKind.UNIT, code) for code in codes},
        PROJECT_NAMES: lookups.project_names,
    }
    arrays: dict[str, Array] = {}
    for name, nodes in named.items():
        places = {text: [structure.interval(node.id)[0] for node in found] for text, found in nodes.items()}
        arrays |= directory_arrays(name, places)
    return arrays
