"""Where somebody came from, and what the profile makes of it."""

from shouwang.kernel.profile import DiseaseProfile
from shouwang.people.enums import Risk


def risk_of(code: int | None, profile: DiseaseProfile) -> Risk:
    """The risk of having been in the area ``code`` (12 digits). The profile names areas by their first digits; the
    longest that fits decides, so that a district may differ from its city. Whoever comes from elsewhere is low."""
    if code is None:
        return Risk.UNKNOWN
    named = {
        prefix: risk
        for risk, prefixes in ((Risk.MIDDLE, profile.origins_middle), (Risk.HIGH, profile.origins_high))
        for prefix in prefixes
    }
    text = str(code)
    fitting = max((prefix for prefix in named if text.startswith(prefix)), key=len, default=None)
    return named[fitting] if fitting else Risk.LOW
