"""How compiling or running a plan ends without an answer."""

from __future__ import annotations


class UncompilableError(Exception):
    """A document that is left to graphql-core: it asks for something that plans do not do."""


class GaveUpError(BaseException):
    """A plan cannot answer: graphql-core has to. No Exception, so that no resolver takes it for its own."""


class OutOfTimeError(BaseException):
    """Execution has run for too long. No Exception, so that no field takes it for its own failure and goes on."""
