"""The ways to read what households need."""

from shouwang.supplies.queries.requests import (
    Line,
    counts,
    found_in,
    lines_of,
    open_in_areas,
    request_line,
    requests,
    requests_of,
    waiting_count,
)

__all__ = [
    "Line",
    "counts",
    "found_in",
    "lines_of",
    "open_in_areas",
    "request_line",
    "requests",
    "requests_of",
    "waiting_count",
]
