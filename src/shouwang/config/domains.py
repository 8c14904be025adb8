"""The domains that serve pages or an API, and where. reporting is the front page."""

PREFIXES = {
    "access": "accounts/",
    "sync": "sync/",
    "places": "places/",
    "people": "people/",
    "screening": "screening/",
    "gates": "gates/",
    "demo": "demo/",
    "field": "field/",
    "reporting": "",
}
