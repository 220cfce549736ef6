"""What makes an answer the same answer: the dataset's version and everything that was asked."""

from __future__ import annotations

import hashlib

import orjson

from serving.errors import DEPTH_LIMIT_EXCEEDED, HttpRefusalError
from serving.requests import Question


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
