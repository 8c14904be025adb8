"""What a household asks of its caller, where it stands, and why it moves. No framework."""
