"""What a device sends, and what it is answered. Knows no framework."""
