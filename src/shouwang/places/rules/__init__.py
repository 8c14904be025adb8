"""What holds for places, whoever asks: names and codes, division lists, ways in and out."""
