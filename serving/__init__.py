"""The service: GraphQL over HTTP, pages, exports and tools for assistants. Knows no domain words.

Rooms, from the top: `fast_path` answers plain repeated requests in the protocol and may be left out; `mcp` and `pages`
are the other routes; `graphql` is the endpoint; `http` is what surrounds every request; `process` holds settings, the
dataset that is served, logs and metrics; `compiler` turns documents into Python. None imports one above it.
"""
