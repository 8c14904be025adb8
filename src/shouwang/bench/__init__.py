"""What `shouwang bench` measures: one module a measurement, each a ratio to something run beside it."""
