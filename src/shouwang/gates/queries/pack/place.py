"""Where the phone stands, and by which rules it judges."""

from dataclasses import asdict
from decimal import Decimal

from django.conf import settings

from shouwang.access.enums import Permission
from shouwang.gates.queries.gates import gates
from shouwang.gates.queries.pack.versions import whole
from shouwang.kernel.scope import Scope
from shouwang.places import queries as places
from shouwang.sync.rules.pack import Part
from shouwang.sync.rules.records import DeviceHere


def place(scope: Scope, device: DeviceHere, have: str) -> Part | None:
    """The community with all its ways in, and whom to call, the nearest first."""
    scope.require(Permission.RECORD_CHECK, device.community)
    ways = [
        {
            "id": way.id,
            "name": way.name,
            "compound": way.facts.compound,
            "compound_name": way.compound_name,
            "status": way.facts.status,
        }
        for way in gates(scope, device.community)
    ]
    phones = [
        {"name": line.called, "phone": line.phone} for line in places.duty_phones(scope, device.community)
    ]
    name = places.area_name(device.community)
    return whole({"community": device.community, "name": name, "gates": ways, "phones": phones}, have)


def profile(scope: Scope, device: DeviceHere, have: str) -> Part | None:
    """The numbers of the disease profile, decimals as strings, and the zone in which its hours and days are meant."""
    scope.require(Permission.RECORD_CHECK, device.community)
    numbers = asdict(places.profile_for(scope, device.community))
    said = {name: str(value) if isinstance(value, Decimal) else value for name, value in numbers.items()}
    return whole(said | {"zone": settings.TIME_ZONE}, have)
