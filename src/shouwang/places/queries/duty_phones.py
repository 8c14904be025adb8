"""Whom a gate calls."""

from typing import NamedTuple

from shouwang.kernel import areas
from shouwang.kernel.scope import Scope
from shouwang.places.models import DutyPhone


class DutyLine(NamedTuple):
    """The telephone of an area: the area's name, who answers, the number."""

    area: str
    name: str
    phone: str

    @property
    def called(self) -> str:
        """Who answers, for those who do not know where: with the area's name, unless it stands there already."""
        return self.name if self.area in self.name else f"{self.area} {self.name}"


def duty_phones(scope: Scope, community: int) -> list[DutyLine]:
    """Whom the gates of ``community`` call, the nearest first: its own office, then the town's, then the city's.

    The numbers hang on posters, so this asks for no jurisdiction.
    """
    rows = DutyPhone.objects.filter(area__in=[community, *areas.ancestors_of(community)])
    return [
        DutyLine(row.area.name, row.name, row.phone)
        for row in rows.select_related("area").order_by("-area__level")
    ]


def duty_phone(scope: Scope, area: int) -> DutyPhone | None:
    """The telephone of the area itself."""
    return DutyPhone.objects.filter(pk=area).first()
