"""What every room stands on: exact amounts, the field's terms, labels, records and errors; nothing above it."""
