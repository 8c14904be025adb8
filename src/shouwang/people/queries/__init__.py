"""The ways to read who lives where."""
