"""projects.units — 项目实施单位

The unit of every project is one of the units that part one lists, and a unit's code opens with its department's.
"""

from __future__ import annotations

from graph_data.checks.base import Examination
from graph_data.checks.book import Book
from graph_data.graph import ids
from graph_data.graph.kinds import NodeKind
from graph_data.terms import Severity


def examine(book: Book, exam: Examination) -> Examination:
    """Look each unit up in part one."""
    units = {unit.unit: unit for unit in book.account.units}
    listed = {unit.unit for unit in units.values() if (unit.source.section or "").startswith("第一部分")}
    if not book.account.projects or not listed:
        return exam.insufficient("the document does not list both units and projects")
    for project in book.account.projects:
        exam.compared += 1
        if project.unit not in listed:
            message = f"{project.name}: its unit {units[project.unit].name} is not among the units of part one"
            sources = (project.source, units[project.unit].source)
            exam.note(Severity.WARNING, message, book.project_node(project.project), sources)
    code = book.account.department.department_code
    for unit in units.values():
        if code and unit.code:
            exam.compared += 1
            if not unit.code.startswith(code):
                message = f"{unit.name}: its code {unit.code} does not open with the department's, {code}"
                exam.note(
                    Severity.WARNING, message, ids.id_of(NodeKind.UNIT, _department(book), unit.unit), (unit.source,)
                )
    return exam


def _department(book: Book) -> str:
    return book.key.rpartition("/")[0]
