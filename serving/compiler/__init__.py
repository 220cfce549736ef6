"""Valid GraphQL documents compiled to Python: one function for the root and one for each shape of object below it.

`plans` makes and caches plans, `code_writer` writes their source, `selections` collects what is asked, `fields` tells
how a field is resolved and which type an object is of, `scalars` how a scalar is written, and `fragment_cache` stores
parts of answers as JSON.

A plan answers only where everything goes well. Wherever anything does not (an exception, a null where none may be, a
value that a type refuses) it gives up, and graphql-core runs the question and reports the error. So the two never
differ in an error, and a plan needs no paths. That takes resolvers which may be called twice: plain functions that
read and change nothing.

Left to graphql-core from the start: introspection, mutations, subscriptions, async resolvers, fields with extensions,
and schemas with an info class of their own. Objects that `strawberry.cast` has marked are not looked for. The compiler
knows any Strawberry schema, and neither this schema, nor its data, nor HTTP.
"""

from __future__ import annotations

from serving.compiler.plans import Operation, PlanCache

__all__ = ["Operation", "PlanCache"]
