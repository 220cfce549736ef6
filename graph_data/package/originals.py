"""The published files that a package keeps beside its tables, by their SHA-256, and the lines that they print.

    originals/<sha256>.pdf   the file as it was published
    originals/<sha256>.csv   its printed lines and rows: page, line, boxes and words

They add nothing to what the tables say, and may be removed: then nothing is quoted and no page is shown. A file whose
bytes are not those of its name is not served. An index keeps those of its packages in the same form.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph_data.core.cache import MakingCache
from graph_data.core.errors import DamagedError, PackageError
from graph_data.core.records import Box, DocumentRecord, PrintedLine

FOLDER = "originals"
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".html": "text/html",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_SUFFIXES = {media_type: suffix for suffix, media_type in MEDIA_TYPES.items()}
_LINES = ".csv"
_COLUMNS = {
    "page": ("integer", "The page (页), from 1; empty where the document has none."),
    "line": ("integer", "The line or row (行), from 1, as sources name it."),
    "turn": ("integer", "By how many degrees clockwise the page is turned to be read."),
    "boxes": (
        "string",
        "The box of each cell, left to right: left, top, right, bottom in ten-thousandths of the turned page.",
    ),
    "text": ("string", "The words as printed (原文); cells of a row are parted by tabs."),
}
_LINES_BYTES = 64 * 1024 * 1024  # of lines that are held at once, and as many of what is searched
_PLAIN = re.compile(r"[\s,，]")


@dataclass(frozen=True, slots=True)
class Original:
    """A published file and what it prints."""

    sha256: str
    media_type: str
    data: bytes
    lines: tuple[PrintedLine, ...]


def files_of(originals: Iterable[Original]) -> dict[str, bytes]:
    """What a package keeps of originals: paths under its folder, and bytes."""
    files: dict[str, bytes] = {}
    for each in originals:
        files[f"{FOLDER}/{each.sha256}{_SUFFIXES[each.media_type]}"] = each.data
        files[f"{FOLDER}/{each.sha256}{_LINES}"] = _csv(each.lines)
    return files


def resources_of(originals: Iterable[Original]) -> Iterator[dict[str, Any]]:
    """How a descriptor lists originals, as Frictionless spells it."""
    for each in originals:
        suffix = _SUFFIXES[each.media_type]
        yield {
            "name": f"original-{each.sha256[:12]}",
            "title": "公开文件原件",
            "description": "The published file that an account was read from; its name is its SHA-256.",
            "path": f"{FOLDER}/{each.sha256}{suffix}",
            "profile": "data-resource",
            "format": suffix[1:],
            "mediatype": each.media_type,
        }
        yield {
            "name": f"lines-{each.sha256[:12]}",
            "title": "公开文件逐行原文",
            "description": "The printed lines and rows of the file, each with its page, line and boxes.",
            "path": f"{FOLDER}/{each.sha256}{_LINES}",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [
                    {"name": name, "type": kind, "description": told} for name, (kind, told) in _COLUMNS.items()
                ],
                "missingValues": [""],
            },
        }


def is_original(path: str) -> bool:
    """Is a path within a package that of an original or its lines?"""
    return path.startswith(f"{FOLDER}/")


def keep_in(folder: Path, packages: Iterable[Path]) -> None:
    """Have a folder keep the originals of packages, and no others: by links where the file system allows it."""
    own = folder / FOLDER
    wanted = {
        file.name: file for package in packages for file in sorted((package / FOLDER).glob("*")) if file.is_file()
    }
    if not wanted:
        shutil.rmtree(own, ignore_errors=True)
        return
    own.mkdir(exist_ok=True)
    for name, file in wanted.items():
        fresh = own / f".{name}"
        fresh.unlink(missing_ok=True)
        try:
            os.link(file, fresh)
        except OSError:
            shutil.copyfile(file, fresh)
        fresh.replace(own / name)
    for file in own.iterdir():
        if file.name not in wanted:
            file.unlink()


class Lines:
    """The lines of one original by their places, and their words for searching."""

    def __init__(self, lines: Sequence[PrintedLine]) -> None:
        self.lines = tuple(lines)
        self._at = {(line.page, line.line): line for line in self.lines}
        self._plain = [plain(line.text) for line in self.lines]

    def at(self, page: int | None, line: int | None) -> PrintedLine | None:
        """The line at a place; None where nothing is printed there."""
        return self._at.get((page, line))

    def having(self, words: Sequence[str]) -> Iterator[PrintedLine]:
        """The lines that hold every one of some `plain` words."""
        for line, text in zip(self.lines, self._plain, strict=True):
            if all(word in text for word in words):
                yield line

    @property
    def pages(self) -> int | None:
        """The last page that prints something; None for a document without pages."""
        return max((line.page for line in self.lines if line.page is not None), default=None)


@dataclass(frozen=True, slots=True, eq=False)
class Originals:
    """The originals of packages or of an index, by SHA-256; lines are read when they are asked for."""

    files: Mapping[str, Path] = field(default_factory=dict)
    _held: MakingCache[str, Lines] = field(default_factory=lambda: MakingCache(_LINES_BYTES))

    @classmethod
    def within(cls, folders: Iterable[Path]) -> Originals:
        """Those that folders keep: packages, or an index."""
        found = {}
        for folder in folders:
            for file in sorted((folder / FOLDER).glob("*")):
                if file.suffix in MEDIA_TYPES and file.is_file() and file.with_suffix(_LINES).is_file():
                    found[file.stem] = file
        return cls(found)

    def marked(self, version: str) -> str:
        """The version of a dataset that is served with them: what is quoted may differ where they do."""
        if not self.files:
            return version
        return hashlib.sha256(" ".join([version, *sorted(self.files)]).encode()).hexdigest()

    def media_type(self, sha256: str) -> str | None:
        """The media type of an original; None where it is not kept."""
        file = self.files.get(sha256)
        return None if file is None else MEDIA_TYPES[file.suffix]

    def data(self, sha256: str) -> bytes | None:
        """The bytes of an original; None where it is not kept. Raises DamagedError where they are not those of it."""
        file = self.files.get(sha256)
        if file is None:
            return None
        try:
            data = file.read_bytes()
        except OSError as error:
            raise DamagedError(file.name, f"no readable file ({error})", "the original") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise DamagedError(file.name, "other bytes", "those of the SHA-256 that it is called by")
        return data

    def lines(self, sha256: str) -> Lines | None:
        """What an original prints; None where it is not kept. Raises DamagedError where its lines cannot be read."""
        return self._held.get_or_make(sha256, self._read) if sha256 in self.files else None

    def quotation(self, document: DocumentRecord, page: int | None, line: int | None) -> str | None:
        """The line at a place of a document, its cells parted by spaces; None where it is not kept or prints none."""
        lines = self.lines(document.sha256)
        found = None if lines is None or line is None else lines.at(page, line)
        return None if found is None else " ".join(found.cells)

    def _read(self, sha256: str) -> tuple[Lines, int]:
        file = self.files[sha256].with_suffix(_LINES)
        try:
            data = file.read_bytes()
            rows = csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
            return Lines([_line(row) for row in rows]), 8 * len(data)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
            raise DamagedError(file.name, f"something else ({error!r})", "the lines of the original") from error


def plain(text: str) -> str:
    """Words as they are compared: half-width, small, without spaces and the commas of numbers."""
    return _PLAIN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _csv(lines: Iterable[PrintedLine]) -> bytes:
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for each in lines:
        boxes = ";".join(" ".join(map(str, box)) for box in each.boxes)
        rows.writerow([_told(each.page), _told(each.line), each.turn, boxes, each.text])
    try:
        return text.getvalue().encode()
    except UnicodeEncodeError as error:
        raise PackageError(FOLDER, f"the character {error.object[error.start]!r}", "text that UTF-8 can hold") from None


def _told(number: int | None) -> str:
    return "" if number is None else str(number)


def _line(row: Mapping[str, str]) -> PrintedLine:
    boxes = tuple(map(_box, filter(None, row["boxes"].split(";"))))
    page, line = (int(row[name]) if row[name] else None for name in ("page", "line"))
    return PrintedLine(page, line, int(row["turn"]), tuple(filter(None, row["text"].split("\t"))), boxes)


def _box(text: str) -> Box:
    left, top, right, bottom = map(int, text.split(" "))
    return left, top, right, bottom
