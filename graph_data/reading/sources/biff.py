"""What old binary workbooks (.xls) say of how they show themselves: formats, errors, hidden rows and columns.

calamine reads their values and leaves these out. The container is a file system of sectors (MS-CFB), the workbook in it
a run of records (MS-XLS); of a record that is not as it should be nothing is taken.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from graph_data.reading.sources.number_formats import BUILT_IN, InError, Look, Shown, Style, Unprintable, shown_by

_SECTORS = (512, 4096)  # bytes that a sector may have
_FREE = 0xFFFFFFF0  # from here on a sector's number is none
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_HIDDEN_ROW, _FORMULA_ERROR = 0x20, 2
_FORMULA, _COLINFO, _BOUNDSHEET, _XF, _FORMAT = 0x06, 0x7D, 0x85, 0xE0, 0x41E
_BOOLERR, _NUMBER, _RK, _MULRK, _ROW, _EOF = 0x205, 0x203, 0x27E, 0xBD, 0x208, 0x0A


def looks_of(data: bytes) -> dict[str, Look]:
    """How each sheet of a workbook shows itself, by its title; empty where that cannot be told."""
    try:
        book = _stream(data)
        styles, sheets = _globals(book)
        return {title: _look(book, start, styles) for title, start in sheets.items()}
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def _stream(data: bytes) -> bytes:
    """The stream Workbook of a container."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in _SECTORS:
        return b""
    count = len(data) // size
    first_directory, shared = struct.unpack_from("<I", data, 48)[0], list(struct.unpack_from("<109I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    while more < _FREE and len(shared) <= count + 109:
        *numbers, more = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        shared += numbers
    table: list[int] = []
    for number in shared:
        if number < _FREE:
            table += struct.unpack_from(f"<{size // 4}I", data, (number + 1) * size)
    directory = _chain(data, table, first_directory, size)
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        if directory[at : at + max(length - 2, 0)].decode("utf-16-le") in ("Workbook", "Book"):
            start, whole = struct.unpack_from("<II", directory, at + 116)
            return _chain(data, table, start, size)[:whole]
    return b""


def _chain(data: bytes, table: list[int], number: int, size: int) -> bytes:
    parts: list[bytes] = []
    while number < _FREE and len(parts) <= len(table):
        parts.append(data[(number + 1) * size : (number + 2) * size])
        number = table[number]
    return b"".join(parts)


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from there to the end of the substream."""
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == _EOF:
            return
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length


def _globals(book: bytes) -> tuple[list[Style], dict[str, int]]:
    """The styles of the workbook, and where each sheet begins, by its title."""
    codes, numbers, sheets = dict(BUILT_IN), list[int](), dict[str, int]()
    for kind, body in _records(book, 0):
        if kind == _FORMAT:
            length, is_wide = struct.unpack_from("<HB", body, 2)
            codes[struct.unpack_from("<H", body)[0]] = _text(body[5:], length, is_wide)
        elif kind == _XF:
            numbers.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _BOUNDSHEET:
            sheets[_text(body[8:], body[6], body[7])] = struct.unpack_from("<I", body)[0]
    return [shown_by(codes.get(number, "")) for number in numbers], sheets


def _text(body: bytes, length: int, is_wide: int) -> str:
    return body[: 2 * length].decode("utf-16-le") if is_wide & 1 else body[:length].decode("latin-1")


def _look(book: bytes, start: int, styles: list[Style]) -> Look:
    formats: dict[tuple[int, int], Shown | Unprintable | InError] = {}
    rows: set[int] = set()
    columns: list[tuple[int, int]] = []
    for kind, body in _records(book, start):
        if kind == _ROW and struct.unpack_from("<H", body, 12)[0] & _HIDDEN_ROW:
            rows.add(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLINFO and struct.unpack_from("<H", body, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", body)
            columns.append((first + 1, last + 1))
        elif kind in (_NUMBER, _RK, _FORMULA, _BOOLERR):
            row, column, style = struct.unpack_from("<HHH", body)
            error = _error(kind, body)
            shown = InError(_ERRORS.get(error, "#ERROR!")) if error is not None else styles[style]
            if shown is not None:
                formats[row + 1, column + 1] = shown
        elif kind == _MULRK:
            row, first = struct.unpack_from("<HH", body)
            for n, at in enumerate(range(4, len(body) - 6, 6)):
                if (shown := styles[struct.unpack_from("<H", body, at)[0]]) is not None:
                    formats[row + 1, first + n + 1] = shown
    return Look(formats, frozenset(rows), tuple(columns))


def _error(kind: int, body: bytes) -> int | None:
    """The number of the error that a cell holds."""
    if kind == _BOOLERR:
        return body[6] if body[7] else None
    is_error = kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == _FORMULA_ERROR
    return body[8] if is_error else None
