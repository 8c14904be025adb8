"""The ways to read rounds, attempts and readings."""
