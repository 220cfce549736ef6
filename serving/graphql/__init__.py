"""POST and GET /graphql: reading a request, its document, what it costs, running it, and the reply.

`endpoint` is the way through; `request` reads what is asked and tags it; `documents` parses and validates; `cost`
weighs; `limits` says who may run what when; `executor` runs plans and graphql-core.
"""
