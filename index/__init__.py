"""Tagged reports become searchable and comparable."""
