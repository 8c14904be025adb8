"""The scene, 14 to 21 February 2020, played through the same actions as real use."""
