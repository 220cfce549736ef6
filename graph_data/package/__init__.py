"""The package on disk: a Fiscal Data Package, `datapackage.json` and one CSV a table of the records.

    write_package(accounts, folder)      whole or not at all, always the same bytes
    read_package(folder)                 the same accounts, or a PackageError with file, row and column
    read_packages(paths, strict=False)   many of them; what is broken is refused by name
    digest(accounts)                     identifies what the accounts say

`tables` lists the tables with their keys and references; `layout` derives their columns from the records.
"""

from __future__ import annotations

from graph_data.package.reading import Packages, ordered, read_package, read_packages
from graph_data.package.tables import TABLES, Table
from graph_data.package.writing import account_digest, digest, digest_of, package_files, write_package

__all__ = [
    "TABLES",
    "Packages",
    "Table",
    "account_digest",
    "digest",
    "digest_of",
    "ordered",
    "package_files",
    "read_package",
    "read_packages",
    "write_package",
]
