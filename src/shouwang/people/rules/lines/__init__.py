"""Lists of returnees from above, as they really come."""

from shouwang.people.rules.lines.reading import Line, Lines, read_list

__all__ = ["Line", "Lines", "read_list"]
