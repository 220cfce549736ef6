"""The commands of `python -m graph_data`: each adds its arguments to the parser and runs."""
