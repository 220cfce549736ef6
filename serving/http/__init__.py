"""HTTP around every route: the connection, the request as code reads it, coded errors, middleware. Knows no GraphQL
beyond the shape of its errors."""
