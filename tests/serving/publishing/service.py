"""A real service that takes publications in, its clients, and small documents to publish."""

from __future__ import annotations

import http.client
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from graph_data.package import package_files, write_package
from graph_data.store.clients import Clients
from tests.conformance.service import served
from tests.graph_data.test_sources import ARCHIVES, WEATHER

TABLE = (
    "支出决算表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n"
    "合计\t\t{total}\t\t{total}\n201\t一般公共服务支出\t{total}\t\t{total}\n"
)


def document(name: str, year: int = 2022, total: int = 706) -> bytes:
    return f"{name}{year}年度部门决算\n{TABLE.format(total=total)}".encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in files.items():
            opened.writestr(name, data)
    return target.getvalue()


ARCHIVES_ZIP = zipped(package_files([ARCHIVES], "a"))


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        found: str = self.json()["errors"][0]["extensions"]["code"]
        return found


@dataclass(frozen=True, slots=True)
class Service:
    """`tokens` are those of the clients: "finance" for 370300 and 990100, "office" for 370300 102 alone, "reader"."""

    address: str
    store: Path
    tokens: Mapping[str, str]
    pid: int

    def ask(self, method: str, path: str, body: bytes | None = None, client: str = "", **headers: str) -> Reply:
        parts = urlsplit(self.address)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        if client:
            headers["authorization"] = f"Bearer {self.tokens.get(client, client)}"
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            reply = connection.getresponse()
            return Reply(reply.status, dict(reply.headers), reply.read())
        finally:
            connection.close()

    def publish(self, files: Mapping[str, bytes], client: str = "finance", **fields: str) -> Reply:
        query = urlencode({"division": "370300"} | fields)
        return self.ask("POST", f"/accounts?{query}", zipped(files), client, content_type="application/zip")

    def states(self, reply: Reply) -> list[str]:
        return [each.get("code", each["state"]) for each in reply.json()["accounts"]]

    def withdraw(self, id: str, client: str = "finance", reason: str = "a mistake") -> Reply:
        return self.ask("DELETE", f"/accounts/{quote(id)}?{urlencode({'reason': reason})}", client=client)

    def listing(self) -> dict[str, str]:
        return {each["id"]: each["digest"] for each in self.ask("GET", "/accounts").json()["accounts"]}


@contextmanager
def service(folder: Path, *arguments: str) -> Iterator[Service]:
    """A service that serves one package, in which nothing was published yet."""
    store = folder / "store"
    store.mkdir(parents=True, exist_ok=True)
    if not (folder / "packages").exists():
        write_package([WEATHER], folder / "packages" / "weather")
    clients = Clients(store / "clients.json")
    known = {
        "finance": (["370300", "990100"], []),
        "office": (["370300"], ["102", "乙局"]),
        "reader": ([], []),
    }
    tokens = {name: clients.add(name, *scope) for name, scope in known.items()} if not clients.all() else {}
    options = ("--packages", str(folder / "packages"), "--publish", str(store), *arguments)
    with served(*options) as (address, running):
        yield Service(address, store, tokens, running.pid)
