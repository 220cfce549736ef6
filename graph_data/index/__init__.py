"""An index on disk: what a dataset of any size is served from, a shard a division. `layout` says which files it has."""
