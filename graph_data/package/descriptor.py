"""datapackage.json: the tables with their keys and columns, and what each means in English with the Chinese term."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from graph_data.core.records import Account, AccountKey
from graph_data.package.cells import Column
from graph_data.package.tables import TABLES, Reference, Table

TITLES = {
    "department": ("部门决算", "One row an account: whose it is, of which year, and of which kind."),
    "documents": ("公开文件", "The files that each account was read from."),
    "units": ("预算单位", "The budget units of a department: its headquarters (本级) and its subordinate units."),
    "projects": ("项目", "The projects of the summary of self-evaluations, with the printed totals of their sheets."),
    "project_aliases": ("项目别名", "Other spellings of a project's name in the same document."),
    "funding": ("项目预算执行情况", "The printed numbers of the funds block of a project's sheet, one row each."),
    "indicators": ("绩效指标", "The indicator tree of each project's sheet, levels 1 to 3."),
    "subjects": ("科目", "The subject codes and names that the document prints."),
    "statements": ("决算表", "The published tables."),
    "columns": ("决算表列", "The amount columns of the published tables."),
    "lines": ("决算表行", "The printed rows of the published tables, in printed order, as trees."),
    "figures": ("决算数", "The printed cells of the published tables; a cell without a row here is blank."),
    "facts": ("情况说明数据", "The numbers that the prose states."),
    "comparisons": ("与上年相比", "The passages that compare a measure with the year before."),
    "budget_deviations": ("年初预算与决算差异", "The passages that hold final figures against the initial budget."),
    "terms": ("名词解释", "The defined terms and the subjects that they name."),
    "narratives": ("文字说明", "The passages of words; the only table that holds whole sentences."),
    "read_tables": (
        "读取状态",
        "Every title of the document, or of its contents, and how far what stands there was read.",
    ),
    "gaps": ("未读之处", "The places that were not understood: what stands there, and why it was not read."),
    "raw_cells": ("原始单元格", "The printed cells of the gaps, as they stand in the document."),
    "left_over": ("未归类数字", "The numbers of the prose that nothing recognised."),
}

COLUMN_TYPES = {
    "division": "administrative-classification:generic:level1:code",
    "division_name": "administrative-classification:generic:level1:label",
    "department": "administrative-classification:generic:level2:code",
    "department_name": "administrative-classification:generic:level2:label",
    "units.unit": "administrative-classification:generic:level3:code",
    "units.name": "administrative-classification:generic:level3:label",
    "projects.unit": "administrative-classification:generic:level3:code",
    "fiscal_year": "date:fiscal-year",
    "budget_deviations.code": "functional-classification:generic:code",
    "funding.fund_source": "fin-source:generic:code",
    "columns.phase": "phase:id",
    "figures.value": "value",
}

_COLUMNS = {
    "division": "The division (行政区划), by its six-digit GB/T 2260 code.",
    "department": "The budget department's code (预算部门代码), or its name where none is printed.",
    "fiscal_year": "The fiscal year (年度).",
    "division_name": "The division's name.",
    "department_code": "The budget department's code (预算部门代码), empty where none is printed.",
    "department_name": "The department's name (部门名称).",
    "department.title": "The document's title.",
    "department.kind": "Whether it is a department's account (部门决算) or a unit's own (单位决算).",
    "superior": "The code, else the name, of the department (主管部门) that a unit's account belongs to.",
    "documents.position": "The document's number, from 1; sources name it where it is not 1.",
    "documents.name": "The document's file name.",
    "media_type": "The document's media type.",
    "sha256": "The SHA-256 of the document, in hexadecimal.",
    "unit": "The budget unit (预算单位): its code, or its name where none is printed.",
    "units.code": "The unit's code, empty where none is printed.",
    "units.name": "The unit's name.",
    "is_headquarters": "Whether it is the department's own headquarters (本级).",
    "position": "Its place among its kind in the document.",
    "project": "The project (项目), by its number in the summary of self-evaluations.",
    "projects.name": "The project's name.",
    "grade": "The self-evaluation's grade (自评等级).",
    "project_aliases.name": "The other spelling.",
    "fund_source": "The source of funds (资金来源).",
    "quantity": "Which number of the funds block it is.",
    "indicator": "The indicator's path in the sheet's tree: 2.1.3 is part of 2.1.",
    "indicators.name": "The indicator's name.",
    "kind": "What kind of its table it is.",
    "target_text": "The target (年度指标值) as printed.",
    "target_comparator": "How the actual value is held against the target.",
    "target_value": "The target's number.",
    "target_unit": "The target's unit of measure.",
    "actual_text": "The actual value (实际完成值) as printed.",
    "actual_comparator": "The comparator printed with the actual value.",
    "actual_value": "The actual value's number.",
    "actual_unit": "The actual value's unit of measure.",
    "classification": "The classification (科目分类) that the code belongs to.",
    "code": "The subject code (科目编码).",
    "subjects.name": "The subject's name as this document prints it (科目名称).",
    "form": "The published table (决算表), by what it is.",
    "statements.title": "The table's printed title.",
    "printed_number": "The table's printed number (公开01表).",
    "amount_unit": "The table's stated unit of money (金额单位).",
    "is_empty": "Whether the table is published without figures.",
    "empty_reason": "Why it holds none.",
    "columns.column": "The amount column's place in the table, from the left.",
    "columns.key": "What the column holds.",
    "side": "The half of a side-by-side table.",
    "phase": "Budget (预算数) or final (决算数), where both stand side by side.",
    "heading": "The column's printed headings from the top down.",
    "column_number": "The printed column number (栏次).",
    "line": "The printed row's place in the table, from the top.",
    "parent": "The line that this one is a part of.",
    "line_number": "The printed line number (行次).",
    "label": "What the document calls it; empty where it prints nothing.",
    "item": "What it is about: a total, a source, a subject code, a project's number, or the document's label.",
    "figures.column": "The amount column that the cell stands in.",
    "topic": "What the passage is about.",
    "role": "What the number is within its passage.",
    "as_of": "The day of a stock, such as vehicles (ISO 8601).",
    "measure": "What is compared.",
    "direction": "The stated direction.",
    "reasons": "The stated reasons, coded.",
    "term": "The defined term.",
    "about": "What the passage belongs to.",
    "narratives.text": "The passage.",
    "origin": "Whether these are the document's own words (PRINTED) or a summary of them (SUMMARISED).",
    "read_tables.title": "The printed title, or what the contents call it.",
    "content": "What it was recognised as; empty where it was not.",
    "read_tables.form": "Which published table (决算表) it is, where it is one.",
    "status": "How far it was read.",
    "reason": "Why it was not read, or not all of it.",
    "detail": "What was expected there, as far as the reason alone does not say it.",
    "numbers": "How many numbers stand there: the sum of the next four.",
    "figures": "How many of them became figures, facts or values of a sheet.",
    "headings": "How many of them are codes, dates and numbers of headings.",
    "raw": "How many of them stand in raw cells.",
    "left_over": "How many of them nothing recognised.",
    "table": "The row of read_tables that it stands in, by its position.",
    "gaps.text": "What stands there; empty where nothing does.",
    "gap": "The gap that the cell belongs to, by its position.",
    "raw_cells.row": "Its row within the gap, from 1.",
    "raw_cells.column": "Its column within the gap, from 1.",
    "raw_cells.text": "The cell as printed.",
    "left_over.topic": "What its passage is about; empty where that was not recognised either.",
    "left_over.text": "The number as printed.",
    "around": "The words that it stands in; empty where the package keeps no sentences.",
}

_NUMBERS = {"self_evaluation_score": "自评得分", "total_max_score": "总分", "total_score": "总分得分"} | {
    "max_score": "分值",
    "score": "得分",
    "": "the number",
}
_NUMBER_PARTS = {
    "text": "as printed",
    "unit": "its unit as printed or stated",
    "decimals": "the decimals of its place",
    "value": "its exact value, empty where a dash is printed",
    "fen": "whole 分 (1/100 yuan), where it is money",
}
_SOURCES = {
    "source": "Where it is printed",
    "sheet_source": "Where the project's sheet is printed",
    "total_source": "Where its 总分 is printed",
}
_SOURCE_PARTS = {
    "section": "part",
    "page": "page",
    "line": "line",
    "row": "row label",
    "column": "column heading",
    "document": "number of the document, empty for the first",
    "confidence": "confidence from 0 to 1 of text recognised in an image, empty for printed text",
}


def column_description(table: str, column: str) -> str:
    """What a column means; KeyError for a column that nobody has described."""
    known = _COLUMNS.get(f"{table}.{column}") or _COLUMNS.get(column)
    return known or _part_description(column)


def _part_description(column: str) -> str:
    head, _, part = column.rpartition("_")
    if head in _SOURCES:
        return f"{_SOURCES[head]}: {_SOURCE_PARTS[part]}."
    return f"{_NUMBERS[head]}: {_NUMBER_PARTS[part]}."


TAXONOMY = "https://frictionlessdata.io/taxonomies/fiscal/budgets.json"


def descriptor_of(accounts: Sequence[Account]) -> dict[str, Any]:
    """The descriptor of a package of these accounts, without hashes; the same accounts give the same."""
    years = sorted({account.key.fiscal_year for account in accounts})
    return {
        "profile": "tabular-data-package",
        "name": name_of([account.key for account in accounts]),
        "title": _title(accounts),
        "description": "Departmental final accounts (部门决算) as published, each figure with its place.",
        "countryCode": "CN",
        "granularity": "aggregated",
        "fiscalPeriod": {"start": f"{years[0]}-01-01", "end": f"{years[-1]}-12-31"} if years else {},
        "columnTypes": [TAXONOMY],
        "sources": [{"title": title} for title in sorted({account.department.title for account in accounts})],
        "resources": [_resource(table) for table in TABLES],
    }


def name_of(keys: Sequence[AccountKey]) -> str:
    """A name of lower-case letters, digits and hyphens: readable for one account, a hash for several."""
    if len(keys) == 1:
        department = keys[0].department
        known = department if department.isascii() and department.isalnum() else _short(department)
        return f"final-accounts-{keys[0].division}-{known.lower()}-{keys[0].fiscal_year}"
    return "final-accounts-" + _short(*(f"{key.division} {key.department} {key.fiscal_year}" for key in sorted(keys)))


def _short(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]


def _title(accounts: Sequence[Account]) -> str:
    if len(accounts) == 1:
        return accounts[0].department.title
    return f"Departmental final accounts (部门决算) of {len(accounts)} departments and years"


def _resource(table: Table) -> dict[str, Any]:
    chinese, english = TITLES[table.name]
    return {
        "name": table.name,
        "title": chinese,
        "description": english,
        "path": table.file,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(table, column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": table.columns_of(("account", *table.key)),
    }
    keys = [_foreign_key(table, reference) for reference in _published(table)]
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(table: Table, column: Column) -> dict[str, Any]:
    described = column.kind.schema()
    constraints = ({"required": True} if column.required else {}) | described.pop("constraints")
    field = {"name": column.name, **described, "description": column_description(table.name, column.name)}
    if constraints:
        field["constraints"] = constraints
    concept = COLUMN_TYPES.get(f"{table.name}.{column.name}") or COLUMN_TYPES.get(column.name)
    return field | ({"columnType": concept} if concept else {})


def _published(table: Table) -> list[Reference]:
    account = [] if table is TABLES[0] else [Reference((), TABLES[0].name, (), "department")]
    return account + [reference for reference in table.references if reference.published]


def _foreign_key(table: Table, reference: Reference) -> dict[str, Any]:
    other = next(each for each in TABLES if each.name == reference.table)
    return {
        "fields": table.columns_of(("account", *reference.fields)),
        "reference": {"resource": other.name, "fields": other.columns_of(("account", *reference.keys))},
    }
