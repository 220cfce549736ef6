"""Projects belong to units of part one (项目实施单位)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import DISCLOSURE, EXPLAIN, Case, Check, Text, say
from graph_data.core.records import UnitRecord
from graph_data.core.terms import Severity


def examine(book: Book, exam: Examination) -> Examination:
    """Look each unit up in part one."""
    units = {unit.unit: unit for unit in book.account.units}
    listed = [unit for unit in units.values() if (unit.source.section or "").startswith("第一部分")]
    if not book.projects or not listed:
        return exam.insufficient("本文件未同时列示预算单位和项目", "the document does not list both units and projects")
    for project in book.projects:
        exam.compared += 1
        unit = units[project.unit]
        if not any(_is_same(unit, other) for other in listed):
            said = say("unit", project=project.name, unit=unit.name)
            sources = (project.source, unit.source)
            exam.note(Severity.WARNING, said, book.project_node(project.project), sources)
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
            said = say("code", unit=unit.name, code=unit.code, department=code)
            exam.note(Severity.WARNING, said, book.unit_node(unit.unit), (unit.source,))


CHECK = Check(
    id="projects.units",
    title=Text("项目实施单位", "Projects belong to units of part one"),
    rule=Text(
        "每个项目的实施单位是第一部分所列预算单位之一（简称视为同一单位），单位编码以部门编码开头。",
        "The unit of every project is one of the units that part one lists (a shortened name is the same unit), and "
        "a unit's code opens with its department's.",
    ),
    basis=DISCLOSURE,
    cases={
        "unit": Case(
            Text(
                "项目“{project}”的实施单位“{unit}”不在第一部分所列预算单位中",
                "{project}: its unit {unit} is not among the units of part one",
            ),
            EXPLAIN,
        ),
        "code": Case(
            Text(
                "单位“{unit}”编码{code}不以部门编码{department}开头",
                "{unit}: its code {code} does not open with the department's, {department}",
            ),
            EXPLAIN,
        ),
    },
    examine=examine,
)
