"""Figures that stay in a database, or in Parquet files: the same questions as expressions, asked through Ibis."""
