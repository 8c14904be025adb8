"""Words for what is stored as codes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from shouwang.supplies.enums import RequestSource, RequestState

STATES: Mapping[str, tuple[str, Any]] = {
    RequestState.OPEN: ("warn", pgettext_lazy("need", "nobody has taken it")),
    RequestState.TAKEN: ("running", pgettext_lazy("need", "taken")),
    RequestState.DONE: ("ok", pgettext_lazy("need", "done")),
    RequestState.DECLINED: ("closed", pgettext_lazy("need", "declined")),
}
SOURCES: Mapping[str, tuple[str, Any]] = {
    RequestSource.CALL: ("phone", pgettext_lazy("how a need was told", "on a call")),
    RequestSource.VISIT: ("door-enter", pgettext_lazy("how a need was told", "at the door")),
    RequestSource.DOOR: ("qrcode", pgettext_lazy("how a need was told", "on the household's page")),
    RequestSource.PHONE: ("phone-call", pgettext_lazy("how a need was told", "rang the office")),
    RequestSource.PROXY: ("user", pgettext_lazy("how a need was told", "written down for them")),
    RequestSource.CHAT: ("message", pgettext_lazy("how a need was told", "in the chat")),
}
