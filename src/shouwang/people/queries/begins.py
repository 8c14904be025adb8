"""``name__begins="张"``: how a text begins, found by index behind the wall.

PostgreSQL does not let LIKE use an index on a table with row-level security, because it cannot know that LIKE gives
nothing away (``proleakproof``). It knows it of the comparisons that the indexes of ``text_pattern_ops`` answer.
"""

from typing import Any

from django.db.models import CharField, Lookup


@CharField.register_lookup
class Begins(Lookup):
    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        first = str(self.rhs)
        # The first text that sorts behind all that begin so; a character's code is its rank in these indexes.
        behind = first[:-1] + chr(ord(first[-1]) + 1)
        return f"({column} ~>=~ %s AND {column} ~<~ %s)", (*params, first, *params, behind)
