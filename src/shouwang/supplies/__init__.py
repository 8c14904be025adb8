"""Supplies: what households need, from a shout in the chat to the door."""
