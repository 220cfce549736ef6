"""Every setting of the service: an option of `server.py`, and the same as JUESUAN_… in the environment."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What the service runs with. A list of folders in the environment is separated as PATH is."""

    model_config = SettingsConfigDict(env_prefix="JUESUAN_", frozen=True, extra="forbid")

    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="port to listen on; 0 takes any free one")
    packages: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(ROOT / "graph_data" / "packages",), description="package folders, or folders of package folders"
    )
    strict: bool = Field(default=False, description="refuse to start where any package is refused")
    examples: Path = Field(
        default=ROOT / "examples", description="folder of the .graphql files that the playground offers"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="least level that is logged"
    )
    graceful_timeout: int = Field(
        default=10, ge=0, description="seconds that requests in flight get when the service stops"
    )
    max_body: int = Field(default=1 << 20, ge=1, description="bytes of the longest request body that is read")

    @field_validator("packages", mode="before")
    @classmethod
    def _split_paths(cls, value: object) -> object:
        return tuple(part for part in value.split(os.pathsep) if part) if isinstance(value, str) else value

    @field_validator("packages")
    @classmethod
    def _at_least_one(cls, value: tuple[Path, ...]) -> tuple[Path, ...]:
        if not value:
            raise ValueError("name at least one folder, such as graph_data/packages")
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
            parser.add_argument(option, action="store_true", default=None, help=help_text)
        elif isinstance(field.default, tuple):
            parser.add_argument(option, nargs="+", metavar="DIR", help=help_text)
        else:
            parser.add_argument(option, help=help_text)
    return parser
