"""The kinds of documents that can be read: each turns bytes into the one layout model; nothing downstream knows which.

A source is a module here with `MEDIA_TYPE` and `blocks(name, data, on_page)`, which gives the blocks, the place of the
last line and what has no words, and tells `on_page` how many pages of how many are done. It is imported when a document
needs it: the libraries for PDF and Word take longer to load than an account in text to read. What a file is, is told by
its first bytes, since a page saved as .xls and a .docx called .doc are common; else by its suffix.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from graph_data.core.errors import DocumentError, NoAccountError
from graph_data.reading import bounds
from graph_data.reading.layout import Document, Laid, Paragraph
from graph_data.reading.sources.archive import OLE
from graph_data.reading.sources.unseen import as_seen

SOURCES: dict[str, tuple[str, ...]] = {
    "text": (".txt", ".md", ".markdown", ".csv"),
    "pdf": (".pdf",),
    "html": (".html", ".htm"),
    "excel": (".xlsx", ".xls"),
    "word": (".docx",),
    "picture": (".png", ".jpg", ".jpeg", ".tif", ".tiff"),
}
SUFFIXES: tuple[str, ...] = tuple(suffix for suffixes in SOURCES.values() for suffix in suffixes)

_CONVERT = "save it as {} in Word, WPS or LibreOffice (soffice --headless --convert-to {} FILE)"
_AS_WORD, _AS_EXCEL, _AS_PDF = (_CONVERT.format(f".{kind}", kind) for kind in ("docx", "xlsx", "pdf"))
ADVICE = {
    ".doc": ("a Word document of the old binary kind (.doc)", _AS_WORD),
    ".wps": ("a document of WPS (.wps)", _AS_WORD),
    ".rtf": ("a document in RTF", _AS_WORD),
    ".odt": ("a document of OpenDocument (.odt)", _AS_WORD),
    ".et": ("a workbook of WPS (.et)", _AS_EXCEL),
    ".ods": ("a workbook of OpenDocument (.ods)", _AS_EXCEL),
    ".ofd": ("a document in OFD (.ofd)", "print it as PDF in an OFD reader"),
    ".zip": ("an archive", "unpack it, and read the folder"),
    ".rar": ("an archive", "unpack it, and read the folder"),
    ".7z": ("an archive", "unpack it, and read the folder"),
}

OnPage = Callable[[int, int], None]


def lay_out(path: Path, on_page: OnPage) -> Document:
    """Read a document file, telling `on_page` how many pages of how many are done.

    Raises DocumentError for a kind that has no source, with what to do about it, for a file that is not there, empty or
    over a bound, and for one that holds pictures and no words.
    """
    data = _bytes(path)
    source = importlib.import_module(f"{__name__}.{_source(path, data)}")
    laid: Laid = source.blocks(path.name, data, on_page)
    if not laid.blocks:
        found = f"no words: {laid.unread[0].found}" if laid.unread else "nothing"
        raise DocumentError(path.name, found, "the text of a departmental final account")
    lines = sum(1 if isinstance(block, Paragraph) else len(block.rows) for block in laid.blocks)
    bounds.refuse_over(path.name, lines, bounds.LINES, "lines and rows")
    blocks = tuple(as_seen(path.name, block) for block in laid.blocks)
    for block in blocks:
        for words in [block.text] if isinstance(block, Paragraph) else [c for row in block.rows for c in row.cells]:
            bounds.refuse_text_over(path.name, words)
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(path.name, source.MEDIA_TYPE, sha256, blocks, laid.end, laid.unread, laid.turns, laid.hidden)


def _bytes(path: Path) -> bytes:
    """The content of a file that there is a source for, or that may be one in disguise."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES and suffix not in ADVICE:
        kind = f"a {path.suffix} file" if path.suffix else "a file without suffix"
        raise NoAccountError(path.name, kind, f"one of {', '.join(SUFFIXES)}")
    try:
        bounds.refuse_over(path.name, path.stat().st_size, bounds.FILE_BYTES, "bytes")
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(path.name, error.strerror or "an unreadable file", "a document to read") from error
    if not data:
        raise DocumentError(path.name, "an empty file", "the text of a departmental final account")
    return data


def needed(paths: Iterable[Path]) -> list[str]:
    """The modules that files of these names need, for a process that forks for each of them."""
    suffixes = {path.suffix.lower() for path in paths}
    return [f"{__name__}.{name}" for name, own in SOURCES.items() if suffixes & set(own)]


def _source(path: Path, data: bytes) -> str:
    """What reads a file: by its first bytes, else by its suffix."""
    suffix = path.suffix.lower()
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        inside = _office(data)
        if inside is not None:
            return inside
    elif data.startswith(OLE):
        streams = [name for name in ("WordDocument", "Workbook", "Book") if name.encode("utf-16-le") in data]
        if streams == ["WordDocument"]:
            suffix = ".doc"
        elif streams and suffix in ADVICE:
            return "excel"
    elif data.lstrip()[:5].lower() in (b"<html", b"<!doc", b"<tabl", b"<meta", b"<?xml") and suffix in (".xls", ".doc"):
        return "html"
    elif data.startswith(b"{\\rtf"):
        suffix = ".rtf"
    if suffix in ADVICE:
        found, expected = ADVICE[suffix]
        raise DocumentError(path.name, found, expected)
    return next(name for name, suffixes in SOURCES.items() if suffix in suffixes)


def _office(data: bytes) -> str | None:
    """The source of an office file by what its archive holds; None for another archive, or a damaged one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist()[: bounds.ENTRIES])
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    return "word" if "word/document.xml" in names else "excel" if "xl/workbook.xml" in names else None
