"""What makes an answer the same answer: the dataset's version and everything that was asked."""

from __future__ import annotations

import hashlib

import orjson

from serving.errors import DATASET_CHANGED, DEPTH_LIMIT_EXCEEDED, HttpRefusalError
from serving.requests import Question

VERSION_HEADER = "x-dataset-version"  # of a reply: what it was answered from; of a request: what it has to be


def require_version(wanted: str | None, served: str) -> None:
    """Raises HttpRefusalError for a client that wants another dataset than this service has: 412."""
    if wanted is not None and wanted.strip() != served:
        message = f"this service has dataset {served}, not {wanted.strip()[:64]!r}; ask another one, or begin anew"
        raise HttpRefusalError(412, DATASET_CHANGED, message, {VERSION_HEADER: served})


def tag_of(version: str, question: Question) -> str:
    """A weak entity tag: equal questions to the same version have the same, whatever encoding the reply travels in.

    Raises HttpRefusalError for variables that are nested deeper than any argument.
    """
    asked = [version, question.query, question.operation_name, question.variables or {}]
    try:
        text = orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:
        raise HttpRefusalError(400, DEPTH_LIMIT_EXCEEDED, "the variables are nested too deeply") from error
    return f'W/"{hashlib.blake2b(text, digest_size=16).hexdigest()}"'


def holds(if_none_match: str, tag: str) -> bool:
    """Does the client say that it has the answer of this tag? `*` names no answer and is no match."""
    return any(entry.strip().removeprefix("W/") == tag.removeprefix("W/") for entry in if_none_match.split(","))
