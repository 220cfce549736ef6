"""/accounts: accounts come, are replaced and withdrawn by named clients; anybody may list and fetch them.

`endpoint` is the way through; `uploads` takes a body in; `publication` reads, judges and keeps what came; `packages`
lists and sends what is served; `feed` tells what changed, `webhook` to one address that the operator sets.
"""
