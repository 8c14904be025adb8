"""The domains that serve pages or an API, and where. reporting is the front page."""

PREFIXES = {
    "access": "accounts/",
    "sync": "sync/",
    "places": "places/",
    "people": "people/",
    "workforce": "workforce/",
    "screening": "screening/",
    "gates": "gates/",
    "supplies": "supplies/",
    "grievances": "grievances/",
    "demo": "demo/",
    "field": "field/",
    "door": "d/",
    "reporting": "",
}
