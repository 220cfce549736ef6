"""projects.units — 项目实施单位

The unit of every project is one of the units that part one lists (a shortened name is the same unit), and a unit's
code opens with its department's.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.core.records import UnitRecord
from graph_data.core.terms import Severity


def examine(book: Book, exam: Examination) -> Examination:
    """Look each unit up in part one."""
    units = {unit.unit: unit for unit in book.account.units}
    listed = [unit for unit in units.values() if (unit.source.section or "").startswith("第一部分")]
    if not book.account.projects or not listed:
        return exam.insufficient("the document does not list both units and projects")
    for project in book.account.projects:
        exam.compared += 1
        unit = units[project.unit]
        if not any(_is_same(unit, other) for other in listed):
            message = f"{project.name}: its unit {unit.name} is not among the units of part one"
            sources = (project.source, unit.source)
            exam.note(Severity.WARNING, message, book.project_node(project.project), sources)
    for unit in units.values():
        _compare_code(book, exam, unit)
    return exam


def _is_same(unit: UnitRecord, other: UnitRecord) -> bool:
    return unit.unit == other.unit or unit.name in other.name or other.name in unit.name


def _compare_code(book: Book, exam: Examination, unit: UnitRecord) -> None:
    code = book.account.department.department_code
    if code and unit.code:
        exam.compared += 1
        if not unit.code.startswith(code):
            message = f"{unit.name}: its code {unit.code} does not open with the department's, {code}"
            exam.note(Severity.WARNING, message, book.unit_node(unit.unit), (unit.source,))
