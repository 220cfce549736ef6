"""Questions over a Dataset: plain functions (dataset, …) → records. No Strawberry, no HTTP."""
