"""How a question names one department or one subject."""

from __future__ import annotations

import strawberry

from graph_data.core.terms import Classification
from resolvers.organization import DepartmentBy as DepartmentQuestion
from schema.describe import given, told


@strawberry.input(description="A department's code within its division (部门代码).")
class DepartmentCode:
    division: str = strawberry.field(description="Six-digit code of the division: 370300 (行政区划代码)")
    code: str = strawberry.field(description="Budget code of the department: 102 (预算部门代码)")


@strawberry.input(one_of=True, description="One way to name a department (部门定位).")
class DepartmentBy:
    id: strawberry.ID | None = given("Its id: department:370300/102 (标识)")
    code: DepartmentCode | None = given("Its code within a division (部门代码)")
    name: str | None = given("Its published name (部门名称)")

    def question(self) -> DepartmentQuestion:
        if isinstance(self.code, DepartmentCode):
            return DepartmentQuestion(division=self.code.division, code=self.code.code)
        return DepartmentQuestion(id=told(self.id), name=told(self.name))


@strawberry.input(description="A subject by its code within a classification (科目定位).")
class SubjectBy:
    code: str = strawberry.field(description="The code: 2010301 (科目编码)")
    classification: Classification = strawberry.field(
        default=Classification.FUNCTIONAL, description="Which classification (科目分类)"
    )
