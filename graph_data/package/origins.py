"""Where documents were published, and on which day: what no document says of itself, and the operator may know.

He writes `origins.csv` beside the packages, or into the folder of the index: a row a document, by the SHA-256 of its
bytes. It is read when the service starts. What it does not hold is not known.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph_data.core.errors import PackageError

FILE = "origins.csv"
_COLUMNS = ("sha256", "url", "published_on")
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_URL = re.compile(r"https?://\S+", re.ASCII)
_EXPECTED = "64 hexadecimal digits, an address (http, https) or nothing, and a day (2023-08-31) or nothing"


@dataclass(frozen=True, slots=True)
class Origin:
    """The address that a document was published at, and the day (ISO 8601); None where it is not said."""

    url: str | None = None
    published_on: str | None = None


UNKNOWN = Origin()


def read_origins(paths: Sequence[Path]) -> Mapping[str, Origin]:
    """The origins beside packages, by the SHA-256 of the document. Raises PackageError for a file that is none such."""
    return dict(row for path in paths if (path / FILE).is_file() for row in _read(path / FILE))


def _read(file: Path) -> Iterator[tuple[str, Origin]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.reader(opened))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PackageError(FILE, f"no readable CSV ({error})", f"the columns {', '.join(_COLUMNS)}") from None
    if not rows or tuple(rows[0]) != _COLUMNS:
        raise PackageError(FILE, f"the columns {', '.join(rows[0]) if rows else 'none'}", ", ".join(_COLUMNS), 1)
    for number, row in enumerate(rows[1:], start=2):
        try:
            sha256, url, day = row
            if not _SHA256.fullmatch(sha256) or (url and not _URL.fullmatch(url)):
                raise ValueError("no digest, or no address")
            yield sha256, Origin(url or None, date.fromisoformat(day).isoformat() if day else None)
        except ValueError as error:
            raise PackageError(FILE, f"{','.join(row)[:60]!r} ({error})", _EXPECTED, number) from None
