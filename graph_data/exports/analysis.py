"""An analysis as a table: the groups' members, then a column a measure with what it rests on; rows of totals follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph_data.analysis import AnalysisTable, ColumnKind, Group
from graph_data.analysis import Column as Asked
from graph_data.core.terms import Basis, Dimension
from graph_data.exports.columns import Column, Kind, Row
from graph_data.members import field_of

NAME = "analyze"
MEANING = "A table of several measures and formulas by group (分析表)"


def analysis_columns(table: AnalysisTable) -> tuple[Column, ...]:
    """Code, name and id of each dimension; each column with its basis and coverage; what a row of totals sums away."""
    found: list[Column] = []
    for each in table.question.by:
        name, term = field_of(each.dimension), each.dimension.value
        found.append(Column(name, Kind.TEXT, f"{each.dimension.name}: code of the member ({term}代码)"))
        found.append(Column(f"{name}Name", Kind.TEXT, f"Its name ({term})"))
        found.append(Column(f"{name}Id", Kind.KEY, f"Its id in the API ({term}标识)"))
    found.append(Column("summedAway", Kind.LIST, "Of a row of totals: what is summed away (已合并维度)", Dimension))
    for column in table.columns:
        told = f"{column.name}（{column.unit}）" if column.unit else column.name
        found.append(Column(column.name, _kind(column), f"{_said(column)} ({told})"))
        found.append(Column(f"{column.name} unit", Kind.TEXT, f"The unit of the number ({column.name}计量单位)"))
        if not _is_by_year(table):
            found.append(Column(f"{column.name} year", Kind.TEXT, f"The year, or years added up ({column.name}年度)"))
        found.append(Column(f"{column.name} basis", Kind.KEY, f"REPORTED, DERIVED ({column.name}数据依据)", Basis))
        found.append(Column(f"{column.name} counted", Kind.INTEGER, f"How many contribute ({column.name}已计入)"))
        found.append(Column(f"{column.name} expected", Kind.INTEGER, f"How many should ({column.name}应计入)"))
    found.append(Column("caveats", Kind.LIST, "What the numbers of the table do not say by themselves (说明)"))
    return tuple(_apart(found))


def _apart(columns: list[Column]) -> Iterator[Column]:
    """The columns, each under a name of its own: those that are asked for may be called anything."""
    taken: set[str] = set()
    for column in columns:
        name, number = column.name, 1
        while name in taken:
            number += 1
            name = f"{column.name} {number}"
        taken.add(name)
        yield Column(name, column.kind, column.meaning, column.words)


def _kind(column: Asked) -> Kind:
    if column.kind is ColumnKind.MONEY:
        return Kind.MONEY
    return Kind.DECIMAL if column.decimals is not None else Kind.INTEGER


def _said(column: Asked) -> str:
    made = column.expression
    return (made.measure or made.count or made.formula or column.kind).name


def analysis_rows(table: AnalysisTable) -> Iterator[Row]:
    """A row a group, in order, its cells empty where nothing is published. All are worked out at once: they are few.

    Raises QuestionError where there are too many.
    """
    years = None if _is_by_year(table) else [_years(table, column) for column in table.columns]
    caveats = [caveat.name for caveat in table.caveats]
    return iter([_row(table, group, years, caveats) for group in table.rows])


def _row(table: AnalysisTable, group: Group, years: Sequence[str] | None, caveats: Sequence[str]) -> Row:
    cells: list[object] = []
    members = {key.dimension: key for key in group.keys}
    for each in table.question.by:
        key = members.get(each.dimension)
        cells += (None, None, None) if key is None else (key.code, key.name, key.node.id if key.node else None)
    cells.append([dimension.name for dimension in group.summed_away])
    for place, (column, cell) in enumerate(zip(table.columns, group.cells, strict=True)):
        number = None if cell.number is None else column.rounded(cell.number)
        is_whole = column.kind is ColumnKind.MONEY or column.decimals is None
        cells.append(int(number) if number is not None and is_whole else number)
        coverage = cell.coverage
        cells.append("万元" if column.kind is ColumnKind.MONEY else column.unit)
        if years is not None:
            cells.append(years[place])
        cells += (None if cell.basis is None else cell.basis.name, coverage.counted, coverage.expected)
    cells.append(caveats)
    return tuple(cells)


def _is_by_year(table: AnalysisTable) -> bool:
    return any(each.dimension is Dimension.FISCAL_YEAR for each in table.question.by)


def _years(table: AnalysisTable, column: Asked) -> str:
    """The year that a column is of; the first and the last of several that are added up."""
    scope = table.scope_of(column)
    years = (scope.years() or table.dataset.fiscal_years) if scope.fiscal_year is None else (scope.fiscal_year,)
    return "-".join(str(year - column.expression.years_before) for year in sorted({min(years), max(years)}))
