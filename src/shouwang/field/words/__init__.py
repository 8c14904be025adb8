"""Every word the Field app shows: one catalogue, declared here by key and translated by Django like all others.

A screen asks for ``word("shell.unsent", {count: 3})``; a text has ``%(name)s`` places. A key begins with its module.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext, override

from shouwang.field.words import calls, gate, shell
from shouwang.gates.rules.advice import ADVICE

LANGUAGES = ("zh-hans", "en")
WORDS: dict[str, Promise] = {**calls.WORDS, **gate.WORDS, **shell.WORDS}


def words(language: str) -> dict[str, str]:
    """All of them in one language; the advice of every reason is ``advice.<reason>.short``, ``.line`` and ``.next``."""
    with override(language):
        found = {key: str(text) for key, text in WORDS.items()}
        for reason, advice in ADVICE.items():
            for part, text in (("short", advice.short), ("line", advice.line), ("next", advice.next_step)):
                found[f"advice.{reason}.{part}"] = gettext(text)
    return found
