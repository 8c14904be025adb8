"""The pages of the door: those of the household behind a link, and the office's."""
