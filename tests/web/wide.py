"""A made-up dataset of one division with thousands of departments: `python -m tests.web.wide DIR NUMBER`.

Small accounts, so that it is written and loaded within seconds, and as wide a tree as a browser will ever meet.
"""

from __future__ import annotations

import sys
from pathlib import Path

from graph_data.core.records import Account, AccountKey
from graph_data.core.terms import ColumnKey, FundSource, StatementForm
from graph_data.package import write_package
from tests.graph_data.example import AccountBuilder

DIVISION = "990100"
_COLUMNS = (ColumnKey.TOTAL, ColumnKey.BASIC, ColumnKey.PROJECT)


def account(number: int, year: int = 2023) -> Account:
    """The account of one department: two units, one project, an expenditure table."""
    code = f"{number:05}"
    builder = AccountBuilder(AccountKey(DIVISION, code, year), f"示例市第{number}局")
    builder.units((f"{code}001", f"示例市第{number}局本级"), (f"{code}002", f"示例市第{number}局服务中心"))
    total = str(100 + number)
    rows = [(subject, (total, "100", str(number))) for subject in ("合计", "201", "20126", "2012601")]
    builder.statement(StatementForm.EXPENDITURE, _COLUMNS, rows)
    builder.project(1, f"第{number}局服务中心项目", f"{code}002", {FundSource.TOTAL: (total, total, total)})
    return builder.build()


def main(folder: Path, departments: int) -> None:
    write_package([account(number) for number in range(1, departments + 1)], folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
