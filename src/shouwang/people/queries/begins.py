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
        behind = _behind(first)
        if not behind:
            return f"{column} ~>=~ %s", (*params, first)
        return f"({column} ~>=~ %s AND {column} ~<~ %s)", (*params, first, *params, behind)


def _behind(text: str) -> str:
    """The first text that sorts behind all that begin with `text`; empty if there is none.

    In these indexes a character ranks by its code; the codes of surrogates are no characters.
    """
    while text:
        code = ord(text[-1]) + 1
        if code <= 0x10FFFF:
            return text[:-1] + chr(0xE000 if 0xD800 <= code < 0xE000 else code)
        text = text[:-1]
    return ""
