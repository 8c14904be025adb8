"""Which door is meant by what was said."""

from shouwang.kernel.addresses import Address, address_from_parts, compound_key, read_address
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.places.queries import area, compounds


def read_door(scope: Scope, community: int, said: str, compound_id: int | None) -> tuple[int | None, Address]:
    """The compound and the door in it. Without ``compound_id`` the address names it, or the community has but one.

    Raises ``NotFound`` for a compound of elsewhere, ``Refused`` for what is not understood.
    """
    places = compounds(scope, community)
    address = read_address(said, above=(area(scope, community).name,))
    if compound_id is not None:
        chosen = next((place for place in places if place.pk == compound_id), None)
        if chosen is None:
            raise NotFound("compound", compound_id)
        parts = {name: getattr(address, name) for name in ("group", "building", "unit", "room")}
        return chosen.pk, address_from_parts(compound=chosen.name, **parts)
    if address.place:
        for place in places:
            if compound_key(place.name) == compound_key(address.place):
                return place.pk, address
        raise Refused(
            "address_place",
            gettext_noop("No compound or group of this name is known here: choose it from the list."),
        )
    if len(places) > 1:
        raise Refused("address_compound", gettext_noop("Choose the compound or group."))
    return (places[0].pk if places else None), address
