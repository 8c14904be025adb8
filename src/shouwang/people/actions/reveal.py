"""Show a sealed field of one person, on record."""

from enum import StrEnum

from shouwang.access.actions import reveal
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.people.models import Resident


class SealedField(StrEnum):
    ID_NUMBER = "id_number"
    PHONE = "phone"


def reveal_resident(scope: Scope, *, resident_id: int, field: SealedField | str) -> str:
    """The plain text of a resident's ID number or phone. Each look is audited.

    Raises ``NotFound`` outside the jurisdiction, ``Forbidden`` without the permission, ``Refused`` if none is recorded.
    """
    try:
        name = SealedField(field)
    except ValueError:
        raise NotFound("field", field) from None
    resident = Resident.objects.filter(pk=resident_id).first()
    if resident is None:
        raise NotFound("resident", resident_id)
    return reveal(
        scope,
        community=resident.community,
        subject_kind="resident",
        subject_id=resident.pk,
        field=name.value,
        sealed=getattr(resident, name.value),
    )
