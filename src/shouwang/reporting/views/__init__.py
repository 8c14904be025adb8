"""Pages of the day: Today, and the daily report."""
