"""Pages of the supplies."""
