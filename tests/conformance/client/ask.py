"""Asks a live service through the client that ariadne-codegen wrote, and prints what it gave: python ask.py URL"""

from __future__ import annotations

import json
import sys
from decimal import Decimal

from generated import Client  # type: ignore[import-not-found]
from generated.input_types import DepartmentBy, DepartmentCode  # type: ignore[import-not-found]

found = Client(sys.argv[1]).department_totals(DepartmentBy(code=DepartmentCode(division="370300", code="102")), first=3)
amount = found.department.rollup.derived.amount
assert isinstance(amount, Decimal)
units, rows = found.department.units.nodes, found.rollup.nodes
print(json.dumps({"amount": str(amount), "units": len(units), "rows": len(rows)}))
