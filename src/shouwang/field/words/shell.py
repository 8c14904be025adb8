"""Words of the app around its screens: signing on, sending, storage, languages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "shell.language": _("Language"),
}
