"""The ways to read at the door."""
