"""Asks a live service three questions through the client that ariadne-codegen wrote: python ask.py URL"""

from __future__ import annotations

import json
import sys
from decimal import Decimal

from generated import Client  # type: ignore[import-not-found]
from generated.input_types import DepartmentBy, DepartmentCode  # type: ignore[import-not-found]

client = Client(sys.argv[1])
totals = client.department_totals(DepartmentBy(code=DepartmentCode(division="370300", code="102")), first=3)
amount = totals.department.rollup.derived.amount
assert isinstance(amount, Decimal)
page = client.projects_up_to(Decimal(100), 2).projects
following = client.projects_up_to(Decimal(100), 2, page.page_info.end_cursor).projects
rates = [str(project.execution_rate) for project in (*page.nodes, *following.nodes)]
shares = client.shares(2022).analyze
answer = {
    "amount": str(amount),
    "units": len(totals.department.units.nodes),
    "rows": len(totals.rollup.nodes),
    "rates": rates,
    "first": [cell.text for cell in shares.rows.nodes[0].cells],
}
print(json.dumps(answer))
