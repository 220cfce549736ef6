"""The accounts that clients published: every version, which one is served, who may publish, and what changed when.

    Store(folder)       packages by the digest of what they say, and a journal that says which of them count
    Clients(file)       names, hashed tokens, and for which divisions and departments each may publish
    Changes(file)       what differed from one served dataset to the next

All of it is files that only grow or are put in place whole, so that a process that is killed at any moment loses
nothing that was promised. This room knows packages; it knows no documents, no graph and no HTTP.
"""
