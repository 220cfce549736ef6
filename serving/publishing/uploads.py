"""A request body → files in a folder: multipart, or an archive; never more bytes than may come, nor for longer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import anyio.to_thread
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from graph_data.intake import ArchiveError, keep
from serving.http.errors import BAD_USER_INPUT, BODY_TOO_LARGE, TIMEOUT, HttpRefusalError

ARCHIVES = ("application/zip", "application/x-zip-compressed", "application/x-tar", "application/gzip")
ARCHIVE = "archive"
_FILES, _FIELDS, _FIELD_BYTES = 500, 20, 1_000
_EXPECTED = f"send documents as multipart/form-data, or an archive as {', '.join(ARCHIVES)}"


@dataclass(frozen=True, slots=True)
class Upload:
    """What came: files below a folder, or an archive beside it that is still to be unpacked; and the fields given."""

    files: Path
    archive: Path | None
    fields: Mapping[str, str]


async def receive(request: Request, folder: Path, limit: int, seconds: int) -> Upload:
    """Take the whole body in. Raises HttpRefusalError for one that is too long, too slow, cut off, or of no use."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.headers.get("content-encoding", "identity") != "identity":
        raise HttpRefusalError(415, BAD_USER_INPUT, "a body that is encoded is not read; " + _EXPECTED)
    if int(_digits(request.headers.get("content-length", "0"))) > limit:
        raise _too_long(limit)
    files = folder / "files"
    files.mkdir()
    try:
        async with asyncio.timeout(seconds):
            if kind in ARCHIVES:
                archive = folder / ARCHIVE
                await _store(request, archive, limit)
                return Upload(files, archive, {})
            if kind == "multipart/form-data":
                return Upload(files, None, await _form(request, files, limit))
    except ClientDisconnect as error:
        raise HttpRefusalError(400, BAD_USER_INPUT, "the body ended early; nothing of it was taken") from error
    except TimeoutError as error:
        message = f"the body did not arrive within {seconds} s; nothing of it was taken"
        raise HttpRefusalError(408, TIMEOUT, message, {"connection": "close"}) from error
    raise HttpRefusalError(415, BAD_USER_INPUT, _EXPECTED)


async def _store(request: Request, place: Path, limit: int) -> None:
    with place.open("xb") as file:
        async for chunk in _bounded(request, limit):
            await anyio.to_thread.run_sync(file.write, chunk)


async def _form(request: Request, files: Path, limit: int) -> dict[str, str]:
    parser = MultiPartParser(
        request.headers, cast(Any, _bounded(request, limit)),
        max_files=_FILES, max_fields=_FIELDS, max_part_size=_FIELD_BYTES,
    )  # fmt: skip
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise HttpRefusalError(400, BAD_USER_INPUT, f"no whole multipart/form-data: {error.message}") from error
    try:
        fields: dict[str, str] = {}
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                await anyio.to_thread.run_sync(_keep, value.file, value.filename or "", files, limit)
            elif name in fields:
                raise HttpRefusalError(400, BAD_USER_INPUT, f"the field {name[:40]!r} is given twice")
            else:
                fields[name] = value
        return fields
    finally:
        await form.close()


def _keep(source: IO[bytes], name: str, files: Path, limit: int) -> None:
    """A file of a form, whose name may come with the folders of the sender's machine: they mean nothing here."""
    try:
        keep(source, name.replace("\\", "/").rpartition("/")[2], files, limit)
    except ArchiveError as error:
        raise HttpRefusalError(400, BAD_USER_INPUT, str(error)) from error


async def _bounded(request: Request, limit: int) -> AsyncIterator[bytes]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise _too_long(limit)
        if chunk:
            yield chunk


def _too_long(limit: int) -> HttpRefusalError:
    return HttpRefusalError(413, BODY_TOO_LARGE, f"the body is longer than {limit} bytes", {"connection": "close"})


def _digits(text: str) -> str:
    return text[:18] if text.isascii() and text.isdigit() else "0"
