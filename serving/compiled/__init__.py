"""Documents compiled to straight Python: what a valid question reads, in one function for each object it asks for.

A plan answers a question only where everything goes well. Wherever anything does not (an exception, a null where none
may be, a value that a type refuses) it gives up without a word, and the question is run by graphql-core, which alone
says what went wrong, where, and in which order. So the two never differ in an error, and a plan needs no paths.
That takes resolvers which may be asked twice: plain functions that read and change nothing.

Left to graphql-core from the start: introspection, mutations, subscriptions, async resolvers, fields with extensions.
Objects that `strawberry.cast` has marked are not looked for.
"""

from __future__ import annotations

from serving.compiled.plan import Operation
from serving.compiled.plans import Plans

__all__ = ["Operation", "Plans"]
