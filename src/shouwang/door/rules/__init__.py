"""What the door knows without a database: what links and codes look like, what a household may report."""
