"""The shapes of what is entered about rounds."""
