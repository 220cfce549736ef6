"""GraphQL over HTTP: requests in, coded replies out. Knows Starlette and the schema, and no domain words."""
