"""Every setting of the service: an option of `server.py`, and the same as JUESUAN_… in the environment."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from graph_data.core.errors import QuestionError
from graph_data.index.engines import check_engine

ROOT = Path(__file__).resolve().parent.parent.parent


class Settings(BaseSettings):
    """What the service runs with. A list in the environment is separated as PATH is, or, of origins, by commas."""

    model_config = SettingsConfigDict(env_prefix="JUESUAN_", frozen=True, extra="forbid")

    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="port to listen on; 0 takes any free one")
    packages: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(ROOT / "graph_data" / "packages",), description="package folders, or folders of package folders"
    )
    strict: bool = Field(default=False, description="refuse to start where any package is refused")
    engine: str = Field(
        default="memory", description="what groups figures of an index: memory, duckdb, spark://…, postgresql://…"
    )
    watch: int = Field(
        default=0, ge=0, description="seconds between looks at the packages for a change to reload; 0 for SIGHUP alone"
    )
    publish: Path | None = Field(
        default=None, description="folder in which accounts are kept that clients publish; without, nobody may publish"
    )
    clients: Path | None = Field(
        default=None,
        description="file of the clients with tokens; clients.json in the folder of --publish where left out",
    )
    client_header: str = Field(
        default="",
        description="header in which a proxy of --forwarded-by names the client, and which it lets nobody else send",
    )
    max_upload: int = Field(default=256 << 20, ge=1, description="bytes of the largest publication that is taken in")
    upload_timeout: int = Field(default=600, ge=1, description="seconds in which a publication must have arrived")
    max_publishing: int = Field(default=4, ge=1, description="publications that are taken in and read at once")
    webhook: str = Field(default="", description="address that each change is sent to, signed; empty for none")
    webhook_secret: str = Field(default="", description="what is sent to --webhook is signed with (HMAC-SHA256)")
    examples: Path = Field(
        default=ROOT / "examples", description="folder of the .graphql files that the playground offers"
    )
    web: Path = Field(default=ROOT / "web" / "dist", description="folder of the built explorer and IDE")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="least level that is logged; info has a line for each request"
    )
    graceful_timeout: int = Field(
        default=10, ge=0, description="seconds that requests in flight get when the service stops"
    )
    forwarded_by: str = Field(
        default="127.0.0.1",
        description="proxies whose X-Forwarded-For and --client-header are believed, separated by commas; * for any",
    )

    workers: int = Field(default=1, ge=1, le=64, description="processes that serve behind one socket")

    playground: bool = Field(default=True, description="show a page at /graphql to browsers")
    introspection: bool = Field(default=True, description="answer questions about the schema itself")
    get: bool = Field(default=True, description="answer GET /graphql?query=…; POST always is")
    mcp: bool = Field(default=True, description="answer assistants at /mcp (Model Context Protocol)")
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="origins whose pages may ask, such as https://data.example.gov.cn; * for any"
    )
    compression: bool = Field(default=True, description="compress replies (zstd, br, gzip) for those who accept it")

    fast_path: bool = Field(
        default=True, description="answer plain repeated requests before the framework; answers are the same"
    )

    max_connections: int = Field(
        default=1_024, ge=0, description="connections that one client may have open; 0 for no such limit"
    )
    max_body: int = Field(default=1 << 20, ge=1, description="bytes of the longest request body that is read")
    body_timeout: int = Field(default=10, ge=1, description="seconds in which a request body must have arrived")
    max_tokens: int = Field(default=7_500, ge=1, description="tokens of the longest document that is parsed")
    max_depth: int = Field(default=15, ge=1, description="fields inside each other; 15 is what introspection needs")
    max_aliases: int = Field(default=100, ge=0, description="aliases in a document, fragments written out")
    max_fields: int = Field(default=10_000, ge=1, description="fields in a document, fragments written out")
    max_definitions: int = Field(
        default=500, ge=1, description="operations, fragments and variables that a document defines"
    )
    max_directives: int = Field(default=50, ge=0, description="directives in a document, fragments written out")
    max_ids: int = Field(default=100, ge=1, le=100, description="ids that `nodes` is asked for at once")
    max_cost: int = Field(
        default=5_000_000,
        ge=1,
        description="cost of the most expensive question: the fields it asks for, lists counted",
    )
    execution_timeout: int = Field(default=10, ge=1, description="seconds that one question may run or wait to run")
    max_exports: int = Field(
        default=4, ge=1, description="exports that are downloaded at once, half of them at most by one client"
    )
    max_executing: int = Field(default=4, ge=1, description="questions that run at once; the others wait")
    rate: int = Field(
        default=500_000_000, ge=0, description="cost that one client may spend in a minute; 0 for no such limit"
    )

    cache_control: str = Field(default="no-cache", description="Cache-Control of an answer without errors")
    compiled: bool = Field(
        default=True, description="run documents that are asked again as compiled Python; answers are the same"
    )
    document_cache: int = Field(
        default=1 << 20, ge=0, description="bytes of document text that is kept parsed and validated; 0 for none"
    )
    fragment_cache: int = Field(
        default=32 << 20, ge=0, description="bytes of parts of answers that compiled documents keep; 0 for none"
    )
    response_cache: int = Field(default=64 << 20, ge=0, description="bytes of whole answers that are kept; 0 for none")
    persisted_cache: int = Field(
        default=4 << 20, ge=0, description="bytes of automatic persisted queries that are kept; 0 for none"
    )
    trusted_documents: Path | None = Field(
        default=None, description="folder of .graphql files that may be asked for by their name or SHA-256"
    )
    only_trusted: bool = Field(default=False, description="answer nothing but the trusted documents")

    metrics_token: str = Field(
        default="", description="who asks /metrics has to send it as Authorization: Bearer …; empty for nobody has to"
    )
    mcp_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="origins whose pages may ask /mcp; without, no page of another origin may; * for any"
    )
    mcp_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="names that /mcp is asked under, such as data.example.gov.cn; without, any"
    )
    otlp_endpoint: str = Field(default="", description="where OpenTelemetry traces go (OTLP over HTTP); empty for none")

    @field_validator("packages", mode="before")
    @classmethod
    def _split_paths(cls, value: object) -> object:
        return tuple(part for part in value.split(os.pathsep) if part) if isinstance(value, str) else value

    @field_validator("cors_origins", "mcp_origins", "mcp_hosts", mode="before")
    @classmethod
    def _split_origins(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("packages")
    @classmethod
    def _at_least_one(cls, value: tuple[Path, ...]) -> tuple[Path, ...]:
        if not value:
            raise ValueError("name at least one folder, such as graph_data/packages")
        return value

    @field_validator("webhook")
    @classmethod
    def _an_address(cls, value: str) -> str:
        if value and not (urlsplit(value).scheme in ("http", "https") and urlsplit(value).hostname):
            raise ValueError("give an address such as https://example.gov.cn/changed")
        return value

    @model_validator(mode="after")
    def _go_together(self) -> Self:
        if self.webhook and (self.publish is None or not self.webhook_secret):
            raise ValueError("a webhook needs --publish, which keeps what changed, and JUESUAN_WEBHOOK_SECRET")
        return self

    @field_validator("engine")
    @classmethod
    def _an_engine(cls, value: str) -> str:
        try:
            return check_engine(value)
        except QuestionError as error:
            raise ValueError(str(error)) from None

    @field_validator("trusted_documents")
    @classmethod
    def _a_folder(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError(f"{value} is no folder; name one that holds .graphql files")
        return value


def from_arguments(arguments: Sequence[str]) -> Settings:
    """Settings from the command line over the environment over the defaults.

    Raises pydantic's ValidationError for a value out of bounds; exits with 2 for an unknown option.
    """
    given = {name: value for name, value in vars(_parser().parse_args(arguments)).items() if value is not None}
    return Settings(**given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "server.py", description="Juesuan 决算: published final accounts over GraphQL", allow_abbrev=False
    )
    for name, field in Settings.model_fields.items():
        help_text = f"{field.description} (JUESUAN_{name.upper()}; default {field.default!s})".replace("%", "%%")
        option = f"--{name.replace('_', '-')}"
        if isinstance(field.default, bool):
            parser.add_argument(option, action=argparse.BooleanOptionalAction, default=None, help=help_text)
        elif isinstance(field.default, tuple):
            metavar = "DIR" if name == "packages" else "ORIGIN"
            parser.add_argument(option, nargs="+", metavar=metavar, help=help_text)
        else:
            parser.add_argument(option, help=help_text)
    return parser
