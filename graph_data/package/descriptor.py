"""datapackage.json: what the package is, in the words of Frictionless and of the Fiscal Data Package.

A Fiscal Data Package is a Tabular Data Package whose columns say which fiscal concept they hold (`columnType`).
Its `profile` here is the tabular one: validators fetch the fiscal profile from the web, and this package has to
validate where there is none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from graph_data.core.records import Account, AccountKey
from graph_data.package.cells import Column
from graph_data.package.describe import COLUMN_TYPES, TITLES, column_description
from graph_data.package.tables import TABLES, Reference, Table

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
