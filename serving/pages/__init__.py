"""The other routes: the explorer, the playground, health, metrics, the schema as text, and exports."""
