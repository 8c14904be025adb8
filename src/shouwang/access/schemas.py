"""What the API says about accounts."""

from ninja import Schema


class RoleHeld(Schema):
    """A role and the inclusive range of community codes it holds for."""

    role: str
    first: int
    last: int
    permissions: list[str]


class Me(Schema):
    id: int
    username: str
    name: str
    agency: str
    language: str
    roles: list[RoleHeld]
