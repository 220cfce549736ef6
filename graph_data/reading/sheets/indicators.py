"""The indicator tree of a sheet: 一级 with its weight, 二级, 三级 with target, actual, weight and score.

Rows lose leading cells (a 成本指标 or 满意度指标 stands one column to the left) and headings repeat after a page
break: a row is aligned so that its labels stand in the columns of their level and its weight is a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph_data.core import vocabulary as words
from graph_data.core.amount import NO_VALUE, Number, read_number
from graph_data.core.errors import DocumentError
from graph_data.core.records import AccountKey, IndicatorRecord, NarrativeRecord, Source
from graph_data.core.terms import IndicatorKind, NarrativeKind
from graph_data.reading.layout import Place, Region, Row
from graph_data.reading.sheets.targets import Value, read_value
from graph_data.reading.tally import Tally, Use

MAX_SHIFT = 3
OPTIONAL = ("comparator", "unit", "note")


@dataclass(slots=True)
class Tree:
    """The tree as it is read: groups (一级) in order, each with its classes (二级) and their indicators (三级)."""

    indicators: tuple[IndicatorRecord, ...] = ()
    notes: tuple[NarrativeRecord, ...] = ()
    total_max_score: Number | None = None
    total_score: Number | None = None
    total_source: Source | None = None


@dataclass(slots=True)
class Branch:
    """A node of level 1 or 2 with what stands under it."""

    name: str
    kind: IndicatorKind | None
    weight: str | None
    place: Place
    children: list[Branch] = field(default_factory=list)
    rows: list[tuple[Row, list[str]]] = field(default_factory=list)
    current: Branch | None = None

    def child(self, name: str, kind: IndicatorKind | None, weight: str | None, place: Place) -> Branch:
        """The branch of that name below this one, now current; a name that comes again is the same branch."""
        self.current = next((branch for branch in self.children if branch.name == name), None)
        if self.current is None:
            self.current = Branch(name, kind, weight, place)
            self.children.append(self.current)
        return self.current


def read_indicators(region: Region, account: AccountKey, project: int, tally: Tally) -> Tree:
    """The indicators of a sheet and its 总分. Raises DocumentError naming line, row and column."""
    head, rows = _table(region)
    tally.take(head, range(len(head.cells)), Use.HEADING)
    columns = _columns(region, head)
    root = Branch("", None, None, region.place)
    total: Row | None = None
    for row in rows:
        if words.plain(row.printed[0]) in words.SHEET_TOTAL:
            total = row
            tally.take(row, range(len(row.cells)), Use.VALUE)
            continue
        if total is not None:
            raise DocumentError(f"{row.place}, {region.title}", f"the row {row.printed[0]!r}", "nothing below 总分")
        _hang(region, row, columns, root)
        tally.take(row, range(len(row.cells)), Use.VALUE)
    if total is None:
        raise DocumentError(f"{region.end}, {region.title}", "no row 总分", "the sheet's last row, 总分")
    return _records(region, account, project, columns, root, total)


def _table(region: Region) -> tuple[Row, list[Row]]:
    rows = [row for row in region.rows if row.printed]
    for index, row in enumerate(rows):
        if {"一级指标", "三级指标"} <= {words.plain(cell) for cell in row.printed}:
            bare = [words.plain(cell) for cell in row.printed]
            return row, [other for other in rows[index + 1 :] if [words.plain(cell) for cell in other.printed] != bare]
    raise DocumentError(
        f"{region.place}, {region.title}", "no headings of indicators", "一级指标、二级指标、三级指标 …"
    )


def _columns(region: Region, head: Row) -> dict[str, int]:
    """Where each column stands; 偏差原因 may be lacking, and comparator and unit stand in the target itself."""
    columns = {}
    plain = [words.plain(cell) for cell in head.cells]
    for name, labels in words.INDICATOR_COLUMNS.items():
        index = next((index for index, cell in enumerate(plain) if cell in labels), None)
        if index is not None:
            columns[name] = index
        elif name not in OPTIONAL:
            found = "、".join(filter(None, plain))
            raise DocumentError(
                f"{head.place}, {region.title}", f"the column headings {found}", f"the heading {labels[0]}"
            )
    return columns


def _hang(region: Region, row: Row, columns: dict[str, int], root: Branch) -> None:
    """Put a row under its branches, opening those that it names."""
    cells = _aligned(region, row, columns)
    first, second = cells[columns["level_1"]], cells[columns["level_2"]]
    group = root.child(*_labelled(first, words.INDICATOR_GROUPS), row.place) if first else root.current
    if group is None:
        raise DocumentError(f"{row.place}, {region.title}", "an indicator under no 一级指标", "its group first")
    branch = group.child(*_labelled(second, words.INDICATOR_CLASSES), row.place) if second else group.current
    if branch is None:
        raise DocumentError(f"{row.place}, {region.title}", "an indicator under no 二级指标", "its class first")
    branch.rows.append((row, cells))


def _weighted(text: str) -> tuple[str, str | None]:
    match = words.WEIGHT_IN_LABEL.match(words.plain(text))
    return (match["name"], match["weight"]) if match else (words.printed(text), None)


def _labelled(text: str, kinds: Mapping[str, IndicatorKind]) -> tuple[str, IndicatorKind | None, str | None]:
    name, weight = _weighted(text)
    return name, kinds.get(words.unnumbered(name)), weight


def _aligned(region: Region, row: Row, columns: dict[str, int]) -> list[str]:
    """The row's cells with lost leading cells put back."""
    width = max(columns.values()) + 1
    shifted = [([""] * shift + list(row.cells) + [""] * width)[: max(width, len(row.cells) + shift)]
               for shift in range(MAX_SHIFT)]  # fmt: skip
    for is_scored in (True, False):
        for cells in shifted:
            if _fits(cells, columns, width, is_scored):
                return cells
    where = f"{row.place}, {region.title}"
    raise DocumentError(
        where, "the row " + " | ".join(row.printed), "一级、二级、三级指标, target, actual, 分值 and 得分"
    )


def _fits(cells: list[str], columns: dict[str, int], width: int, is_scored: bool) -> bool:
    """Do labels stand in the columns of their level, and numbers under 分值 and 得分 (which may be blank at last)?"""
    first, second = (words.unnumbered(_weighted(cells[columns[level]])[0]) for level in ("level_1", "level_2"))
    labels_fit = first not in words.INDICATOR_CLASSES and second not in words.INDICATOR_GROUPS
    filled = bool(cells[columns["level_3"]]) and bool(cells[columns["target"]])
    scores = [cells[columns[name]] for name in ("max_score", "score")]
    numbers = all(map(_is_score, scores)) and (all(scores) or not is_scored)
    return labels_fit and filled and numbers and not any(cells[width:])


def _is_score(text: str) -> bool:
    try:
        return not text or text in NO_VALUE or read_number(text, "分") is not None
    except ValueError:
        return False


def _records(
    region: Region, account: AccountKey, project: int, columns: dict[str, int], root: Branch, total: Row
) -> Tree:
    tree = Tree()
    found: list[IndicatorRecord] = []
    for g, group in enumerate(root.children, 1):
        found.append(_branch(region, account, project, f"{g}", group))
        for b, branch in enumerate(group.children, 1):
            found.append(_branch(region, account, project, f"{g}.{b}", branch))
            for n, (row, cells) in enumerate(branch.rows, 1):
                path = f"{g}.{b}.{n}"
                found.append(_leaf(region, account, project, path, row, cells, columns))
                tree.notes += _note(region, account, project, path, row, cells, columns)
    tree.indicators = tuple(found)
    tree.total_max_score, tree.total_score = _total(region, total)
    tree.total_source = total.place.source(region.section, words.plain(total.printed[0]))
    return tree


def _branch(region: Region, account: AccountKey, project: int, path: str, branch: Branch) -> IndicatorRecord:
    weight = read_number(branch.weight, "分") if branch.weight else None
    source = branch.place.source(region.section, branch.name)
    return IndicatorRecord(
        account, project, path, branch.name, branch.kind, *(None,) * 8, max_score=weight, score=None, source=source
    )


def _leaf(
    region: Region, account: AccountKey, project: int, path: str, row: Row, cells: list[str],
    columns: dict[str, int],
) -> IndicatorRecord:  # fmt: skip
    name = words.printed(cells[columns["level_3"]])
    target, actual = _values(cells, columns)
    weight, score = (
        read_number(cells[columns[column]], "分") if cells[columns[column]] else None
        for column in ("max_score", "score")
    )
    return IndicatorRecord(
        account, project, path, name, None,
        target.text, target.comparator, target.value, target.unit,
        actual.text, actual.comparator, actual.value, actual.unit,
        weight, score, row.place.source(region.section, name),
    )  # fmt: skip


def _values(cells: list[str], columns: dict[str, int]) -> tuple[Value, Value]:
    """Target and actual value, with the comparator and unit that some sheets print in columns of their own."""
    sign, unit = (cells[columns[name]] if name in columns else "" for name in ("comparator", "unit"))
    sign = sign if words.plain(sign) in words.COMPARATORS else ""
    values = [f"{text}{unit}" if text[-1:].isdigit() else text
              for text in (cells[columns["target"]], cells[columns["actual"]])]  # fmt: skip
    target = f"{sign}{values[0]}" if values[0][:1].isdigit() else values[0]
    return read_value(target), read_value(values[1])


def _note(
    region: Region, account: AccountKey, project: int, path: str, row: Row, cells: list[str], columns: dict[str, int]
) -> tuple[NarrativeRecord, ...]:
    text = cells[columns["note"]] if "note" in columns else ""
    if not text or text in NO_VALUE:
        return ()
    source = row.place.source(region.section, words.printed(cells[columns["level_3"]]))
    return (NarrativeRecord(account, NarrativeKind.DEVIATION_NOTE, f"{project}/{path}", 1, text, source),)


def _total(region: Region, row: Row) -> tuple[Number | None, Number | None]:
    """总分: the full score, then the score; one number alone is the score."""
    texts = row.printed[1:]
    if len(texts) > 2 or not all(map(_is_score, texts)):
        where = f"{row.place}, {region.title}, row {row.printed[0]}"
        raise DocumentError(where, " | ".join(texts) or "nothing", "the full score and the score")
    numbers = [read_number(text, "分") for text in texts]
    return (numbers[0] if len(numbers) == 2 else None, numbers[-1] if numbers else None)
