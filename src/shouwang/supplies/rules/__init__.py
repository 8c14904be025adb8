"""Rules of the supplies: pure, without a database."""
