"""The indicator tree of a sheet: 一级 with its weight, 二级, 三级 with target, actual, weight and score.

Columns are known by their headings, in one row or two. Rows lose leading cells (a 成本指标 or 满意度指标 stands one
column to the left) and headings repeat after a page break: a row is aligned so that its labels stand in the columns
of their level and its weight is a number. A row that fits nowhere is a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph_data.core import vocabulary as words
from graph_data.core.amount import NO_VALUE, Number, read_number
from graph_data.core.records import AccountKey, IndicatorRecord, NarrativeRecord, Source
from graph_data.core.terms import GapReason, IndicatorKind, NarrativeKind
from graph_data.reading.layout import Place, Region, Row
from graph_data.reading.layout.regions import heads_indicators
from graph_data.reading.sheets.targets import Value, read_value
from graph_data.reading.tally import Tally, Use

POINTS = "分"
MAX_SHIFT = 3
SCORES = ("max_score", "score")
UNFILLED = frozenset({*NO_VALUE, "/", "／", ""})
Columns = Mapping[str, int]


@dataclass(slots=True)
class Tree:
    """The tree as it is read: groups (一级) in order, each with its classes (二级) and their indicators (三级)."""

    indicators: tuple[IndicatorRecord, ...] = ()
    notes: tuple[NarrativeRecord, ...] = ()
    total_max_score: Number | None = None
    total_score: Number | None = None
    total_source: Source | None = None


@dataclass(frozen=True, slots=True)
class Aligned:
    """A row with its lost leading cells put back; `shift` of them."""

    row: Row
    cells: tuple[str, ...]
    shift: int

    def at(self, columns: Columns, name: str) -> str:
        """The cell under a heading, "" where the sheet has none of that name."""
        return self.cells[columns[name]] if name in columns else ""


@dataclass(slots=True)
class Branch:
    """A node of level 1 or 2 with what stands under it."""

    name: str
    kind: IndicatorKind | None
    weight: str | None
    place: Place
    children: list[Branch] = field(default_factory=list)
    rows: list[Aligned] = field(default_factory=list)
    current: Branch | None = None

    def child(self, name: str, kind: IndicatorKind | None, weight: str | None, place: Place) -> Branch:
        """The branch of that name below this one, now current; a name that comes again is the same branch."""
        self.current = next((branch for branch in self.children if branch.name == name), None)
        if self.current is None:
            self.current = Branch(name, kind, weight, place)
            self.children.append(self.current)
        return self.current


def read_indicators(region: Region, account: AccountKey, project: int, tally: Tally) -> Tree:
    """The indicators of a sheet and its 总分; a row that is not understood is a gap of the tally, and so is the end of
    a sheet that breaks off before its headings or its 总分."""
    heads = [row for row in region.rows if heads_indicators(row)]
    if not heads:
        tally.gap(region, GapReason.UNKNOWN_HEADING, detail="一级指标、二级指标、三级指标", place=region.end)
        return Tree()
    rows = region.rows[region.rows.index(heads[0]) + 1 :]
    columns, below = _columns(heads[0], rows[0] if rows else None)
    for head in (*heads, *below):
        tally.take(head, range(len(head.cells)), Use.HEADING)
    headings = {tuple(map(words.plain, row.printed)) for row in (*heads, *below)}
    root = Branch("", None, None, region.place)
    tree = Tree()
    for row in rows:
        if heads_indicators(row) or tuple(map(words.plain, row.printed)) in headings:
            if row not in (*heads, *below):
                tally.take(row, range(len(row.cells)), Use.HEADING)
        elif row.printed and words.is_label(row.printed[0], words.SHEET_TOTAL) and tree.total_source is None:
            _total(region, row, columns, tree, tally)
        elif row.printed:
            _place_row(region, row, columns, root, tally)
    if tree.total_source is None:
        tally.gap(region, GapReason.UNKNOWN_ROW, detail="总分", place=region.end)
    _fill(tree, region, account, project, columns, root)
    return tree


def _columns(head: Row, below: Row | None) -> tuple[Columns, tuple[Row, ...]]:
    """Where each column stands; what a heading over several covers is told by the row below (性质、指标值、单位)."""
    columns: dict[str, int] = {}
    _name(columns, head.cells, range(len(head.cells)))
    under = below.cells if below is not None else ()
    names = [n for n, cell in enumerate(under) if cell and _column(cell)]
    if below is None or len(names) < 2 or len(names) < len(below.printed):
        return columns, ()
    refined: dict[str, int] = {}
    _name(refined, under, names)
    covered = set(refined.values())
    kept = {name: at for name, at in columns.items() if at not in covered and name not in refined}
    return kept | refined, (below,)


def _name(columns: dict[str, int], cells: Sequence[str], places: Iterable[int]) -> None:
    for index in places:
        name = _column(cells[index]) if cells[index] else None
        if name is not None:
            columns.setdefault(name, index)


def _column(cell: str) -> str | None:
    return next((name for name, label in words.INDICATOR_COLUMNS.items() if words.is_label(cell, label)), None)


def _place_row(region: Region, row: Row, columns: Columns, root: Branch, tally: Tally) -> None:
    """Put a row under its branches, opening those that it names; a placeholder for an indicator opens them at most."""
    aligned = _aligned(row, columns)
    if aligned is None:
        if any(mark.isdigit() for cell in row.printed for mark in cell):
            tally.gap(region, GapReason.UNKNOWN_ROW, tally.free([row]))
        return
    is_filled = _is_filled(aligned, columns)
    first = _labelled(aligned.at(columns, "level_1"), words.INDICATOR_GROUPS)
    second = _labelled(aligned.at(columns, "level_2"), words.INDICATOR_CLASSES)
    if first[0] and (is_filled or first[1]) and not _is_placeholder(first[0]):
        root.child(*first, row.place)
    group = root.current
    if group is not None and second[0] and (is_filled or second[1]) and not _is_placeholder(second[0]):
        group.child(*second, row.place)
    if not is_filled:
        return
    branch = group.current if group is not None else None
    if branch is None and group is not None and "level_2" not in columns:
        branch = group.child(group.name, group.kind, None, row.place)
    if branch is None:
        tally.gap(region, GapReason.UNKNOWN_ROW, tally.free([row]))
        return
    branch.rows.append(aligned)
    used = [
        columns[name] - aligned.shift for name in columns if name != "initial" or not aligned.at(columns, "adjusted")
    ]
    labels = [
        n for n in range(len(row.cells)) if n < max(columns[name] for name in ("level_1", "level_3")) - aligned.shift
    ]
    tally.take(row, sorted({n for n in (*used, *labels) if 0 <= n < len(row.cells)}), Use.VALUE)


def _is_filled(aligned: Aligned, columns: Columns) -> bool:
    """Does a row hold an indicator rather than a placeholder for one (指标2：, ……)?"""
    name = aligned.at(columns, "level_3")
    values = [aligned.at(columns, column) for column in ("initial", "adjusted", "target", "actual", *SCORES)]
    return bool(name) and any(value not in UNFILLED for value in values)


def _is_placeholder(text: str) -> bool:
    return bool(words.PLACEHOLDER.match(words.plain(text)))


def _weighted(text: str) -> tuple[str, str | None]:
    match = words.WEIGHT_IN_LABEL.match(words.plain(text))
    return (match["name"], match["weight"]) if match else (words.printed(text), None)


def _labelled(text: str, kinds: words.Meanings[IndicatorKind]) -> tuple[str, IndicatorKind | None, str | None]:
    name, weight = _weighted(text)
    return name, words.meaning(name, kinds), weight


def _aligned(row: Row, columns: Columns) -> Aligned | None:
    """The row with lost leading cells put back so that most of it fits; None where it does not fit at all."""
    width = max(columns.values()) + 1
    best: tuple[tuple[int, ...], Aligned] | None = None
    for shift in range(MAX_SHIFT):
        cells = ("",) * shift + row.cells + ("",) * width
        aligned = Aligned(row, cells[: max(width, len(row.cells) + shift)], shift)
        rank = _fit(aligned, columns, width)
        if rank is not None and (best is None or rank > best[0]):
            best = rank, aligned
    return best[1] if best else None


def _fit(aligned: Aligned, columns: Columns, width: int) -> tuple[int, ...] | None:
    """How well a row stands under its headings; None where labels stand under another level, or words under 分值."""
    first, second = (words.unnumbered(_weighted(aligned.at(columns, name))[0]) for name in ("level_1", "level_2"))
    group, kind = words.meaning(first, words.INDICATOR_GROUPS), words.meaning(second, words.INDICATOR_CLASSES)
    strays = words.meaning(first, words.INDICATOR_CLASSES) is not None and group is None
    strays |= words.meaning(second, words.INDICATOR_GROUPS) is not None and kind is None
    third = words.unnumbered(aligned.at(columns, "level_3"))
    strays |= third.endswith("指标") and words.meaning(third, words.INDICATOR_CLASSES) is not None
    scores = [aligned.at(columns, name) for name in SCORES if name in columns]
    if strays or not all(map(_is_score, scores)) or any(aligned.cells[width:]):
        return None
    known = (group is not None or not first) + (kind is not None or not second)
    filled = [bool(aligned.at(columns, name)) for name in ("level_3", "target", "actual") if name in columns]
    return (filled[0], known, sum(map(bool, scores)), sum(filled), -aligned.shift)


def _is_score(text: str) -> bool:
    try:
        return text in UNFILLED or read_number(text.removesuffix(POINTS), POINTS) is not None
    except ValueError:
        return False


def _score(text: str) -> Number | None:
    return None if text in ("", "/", "／") else read_number(text.removesuffix(POINTS), POINTS)


def _fill(tree: Tree, region: Region, account: AccountKey, project: int, columns: Columns, root: Branch) -> None:
    """The records of the tree; branches without indicators have none."""
    found: list[IndicatorRecord] = []
    groups = [group for group in root.children if any(branch.rows for branch in group.children)]
    for g, group in enumerate(groups, 1):
        found.append(_branch(region, account, project, f"{g}", group))
        for b, branch in enumerate([branch for branch in group.children if branch.rows], 1):
            found.append(_branch(region, account, project, f"{g}.{b}", branch))
            for n, row in enumerate(branch.rows, 1):
                path = f"{g}.{b}.{n}"
                found.append(_leaf(region, account, project, path, row, columns))
                tree.notes += tuple(_note(region, account, project, path, row, columns))
    tree.indicators = tuple(found)


def _branch(region: Region, account: AccountKey, project: int, path: str, branch: Branch) -> IndicatorRecord:
    weight = read_number(branch.weight, POINTS) if branch.weight else None
    source = branch.place.source(region.section, branch.name)
    return IndicatorRecord(
        account, project, path, branch.name, branch.kind, *(None,) * 8, max_score=weight, score=None, source=source
    )


def _leaf(
    region: Region, account: AccountKey, project: int, path: str, row: Aligned, columns: Columns
) -> IndicatorRecord:
    name = words.INDICATOR_NUMBER.sub("", words.printed(row.at(columns, "level_3")))
    target, actual = _values(row, columns)
    return IndicatorRecord(
        account, project, path, name, None,
        target.text, target.comparator, target.value, target.unit,
        actual.text, actual.comparator, actual.value, actual.unit,
        _score(row.at(columns, "max_score")), _score(row.at(columns, "score")),
        row.row.place.source(region.section, name),
    )  # fmt: skip


def _values(row: Aligned, columns: Columns) -> tuple[Value, Value]:
    """Target (the adjusted one where there is one) and actual value, with the comparator and unit that some sheets
    print in columns of their own."""
    sign, unit = row.at(columns, "comparator"), row.at(columns, "unit")
    sign = sign if words.plain(sign) in words.COMPARATORS else ""
    printed = next((text for name in ("adjusted", "target", "initial") if (text := row.at(columns, name))), "")
    values = [f"{text}{unit}" if text[-1:].isdigit() else text for text in (printed, row.at(columns, "actual"))]
    target = f"{sign}{values[0]}" if values[0][:1].isdigit() else values[0]
    return read_value(target), read_value(values[1])


def _note(
    region: Region, account: AccountKey, project: int, path: str, row: Aligned, columns: Columns
) -> Iterator[NarrativeRecord]:
    text = row.at(columns, "note")
    if text not in UNFILLED:
        source = row.row.place.source(region.section, words.printed(row.at(columns, "level_3")))
        yield NarrativeRecord(account, NarrativeKind.DEVIATION_NOTE, f"{project}/{path}", 1, text, source)


def _total(region: Region, row: Row, columns: Columns, tree: Tree, tally: Tally) -> None:
    """总分: under the headings 分值 and 得分, else the full score, then the score; one number alone is the score."""
    stands = {n: cell for n, cell in enumerate(row.cells) if cell and cell != row.printed[0]}
    numbers = {n: cell for n, cell in stands.items() if _is_score(cell) and cell not in UNFILLED}
    under = [next((cell for n, cell in numbers.items() if n == columns.get(name)), None) for name in SCORES]
    if set(numbers) <= {columns.get(name) for name in SCORES}:
        texts = under
    elif len(numbers) <= 2:
        texts = [None, *numbers.values()][-2:]
    else:
        tally.gap(region, GapReason.UNKNOWN_ROW, tally.free([row]))
        return
    tree.total_max_score, tree.total_score = (None if text is None else _score(text) for text in texts)
    tree.total_source = row.place.source(region.section, words.plain(row.printed[0]))
    tally.take(row, [n for n in range(len(row.cells)) if n in numbers or n not in stands], Use.VALUE)
