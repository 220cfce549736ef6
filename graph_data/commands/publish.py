"""publish: documents or packages to a service that takes them in, and what it made of them."""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlencode, urlsplit

from graph_data.commands.read import KINDS

_TIMEOUT = 900  # seconds
TOKEN = "JUESUAN_TOKEN"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `publish`."""
    parser.add_argument("url", metavar="URL", help="the service, such as https://data.example.gov.cn")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="documents, packages, or folders of them")
    parser.add_argument(
        "--token-file", type=Path, metavar="FILE", help=f"a file with the token (default: the variable {TOKEN})"
    )
    for name in ("division", "department", "name", "year", "superior"):
        parser.add_argument(f"--{name}", help=f"the account's {name}, where no file prints it")
    parser.add_argument("--kind", choices=tuple(KINDS), help="部门决算 or 单位决算")
    parser.add_argument("--dry-run", action="store_true", help="have it read and judged, and publish nothing")
    parser.add_argument("--partial", action="store_true", help="publish the accounts that may be, leave the others")
    parser.add_argument(
        "--withdraw", metavar="REASON",
        help="withdraw an account for a reason instead: FILE is its id, such as 370300/102/2022",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print the reply as it is")


def run(options: argparse.Namespace) -> int:
    """0 where all was published (or would be), 1 where anything was refused, 2 where it could not be asked."""
    try:
        headers = {"authorization": f"Bearer {_token(options.token_file)}"}
        if options.withdraw:
            address = f"/accounts/{quote(str(options.files[0]))}?{urlencode({'reason': options.withdraw})}"
            status, told = _ask(options.url, "DELETE", address, headers, None)
        else:
            status, told = _publish(options, headers)
    except (OSError, ValueError, http.client.HTTPException) as error:
        print(f"publish: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _show(told)
    is_refused = any(each["state"] == "REFUSED" and each["code"] != "NO_ACCOUNT" for each in told.get("accounts", ()))
    return 0 if status < 300 and not is_refused else 1


def _token(file: Path | None) -> str:
    token = file.read_text("utf-8").strip() if file is not None else os.environ.get(TOKEN, "")
    if not token or not token.isascii() or not token.isprintable():
        raise ValueError(f"no token: give --token-file, or set {TOKEN}")
    return token


def _publish(options: argparse.Namespace, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
    fields = {name: getattr(options, name) for name in ("division", "department", "name", "year", "superior", "kind")}
    fields |= {"dryRun": "1" if options.dry_run else None, "partial": "1" if options.partial else None}
    query = urlencode({name: value for name, value in fields.items() if value is not None})
    with tempfile.TemporaryFile() as archive:
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
            for path, name in _named(options.files):
                opened.write(path, name)
        size = archive.tell()
        archive.seek(0)
        headers = {
            **headers, "content-type": "application/zip", "content-length": str(size), "accept": "text/event-stream"
        }  # fmt: skip
        return _ask(options.url, "POST", f"/accounts?{query}", headers, archive)


def _named(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """The files, each with its name in the archive: unlike, and with the folders that it lies in."""
    for number, path in enumerate(paths):
        if not path.exists():
            raise ValueError(f"{path} is not there")
        below = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
        top = path if path.is_dir() else path.parent
        for each in below:
            if not each.name.startswith((".", "~$")):
                yield each, f"{number}/{each.relative_to(top).as_posix()}"


def _ask(
    url: str, method: str, address: str, headers: dict[str, str], body: IO[bytes] | None
) -> tuple[int, dict[str, Any]]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url!r} is no address such as https://data.example.gov.cn")
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=_TIMEOUT)
    try:
        with contextlib.suppress(BrokenPipeError):  # refused before the end of the body: the reply says why
            connection.request(method, parts.path.rstrip("/") + address, body, headers)
        reply = connection.getresponse()
        if reply.headers.get_content_type() == "text/event-stream":
            return _followed(reply)
        return reply.status, _json(reply.read(), reply.status)
    finally:
        connection.close()


def _followed(reply: http.client.HTTPResponse) -> tuple[int, dict[str, Any]]:
    """What the last event says; the others are shown as they come."""
    name = ""
    for line in reply:
        text = line.decode().rstrip("\n")
        if text.startswith("event: "):
            name = text[7:]
        elif text.startswith("data: "):
            told = json.loads(text[6:])
            if name == "result":
                return told.pop("status"), told
            print(f"{told['what']} {told['done']}/{told['of']}", file=sys.stderr)
    raise ValueError("the service ended before it said what came of it; ask /accounts what is there")


def _json(data: bytes, status: int) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except ValueError:
        raise ValueError(f"the service answered {status} with something else than JSON") from None
    if not isinstance(found, dict):
        raise ValueError(f"the service answered {status} with something else than an object")
    return found


def _show(told: dict[str, Any]) -> None:
    for each in told.get("accounts", ()):
        named = each.get("id") or " + ".join(each["documents"])
        print(f"{each['state']}: {named}{': ' + each['reason'] if 'reason' in each else ''}")
        if each.get("ledger"):
            ledger = each["ledger"]
            whole = "read whole" if ledger["whole"] else f"read in part, {len(ledger['gaps'])} gaps"
            print(f"  {whole}, {ledger['figures']} figures, {len(each['findings'])} findings")
    for error in told.get("errors", ()):
        print(f"{error['extensions']['code']}: {error['message']}", file=sys.stderr)
    if told.get("withdrawn"):
        print(f"withdrawn: {told['id']}")
