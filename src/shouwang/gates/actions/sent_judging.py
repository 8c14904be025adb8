"""Judging what phones send without a verdict: verified, looked up together, each as of when it was made."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from shouwang.access.prepared import Asked, together
from shouwang.gates.actions.judging import locking_households
from shouwang.gates.actions.sent_form import SentCheck
from shouwang.gates.enums import Direction, PassKind
from shouwang.gates.queries.facts import Shown, asking_outings, asking_passes, claimed_facts, read_passes
from shouwang.gates.queries.holds import Held, asking_holds, hold_until
from shouwang.gates.queries.trust import bundle
from shouwang.gates.queries.wide import wide_passes
from shouwang.gates.rules.token import PassClaims, TokenRefused, verify_token
from shouwang.gates.rules.verdict import Facts, GateFacts, Judgement, PassFacts, judge
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.scope import Scope


def read_tokens(checks: Sequence[SentCheck]) -> tuple[dict[UUID, PassClaims], dict[UUID, str]]:
    """Verify the tokens among ``checks``: what they claim, and why others are none, by the id of the check.

    A token whose phone has judged is read as well, for its pass; being forged changes nothing of what happened.
    """
    scanned = [check for check in checks if check.token]
    if not scanned:
        return {}, {}
    keys = bundle().by_id()
    claims: dict[UUID, PassClaims] = {}
    unread: dict[UUID, str] = {}
    for check in scanned:
        try:
            told = claims[check.sent.id] = verify_token(check.token, keys)
        except TokenRefused as refused:
            unread[check.sent.id] = refused.code
            continue
        check.pass_id, check.pass_kind, check.household = told.pass_id, told.kind, told.household or None
    return claims, unread


def asking_passes_of(checks: Sequence[SentCheck]) -> list[Asked]:
    """The statements that look for the registered passes of ``checks``."""
    return asking_passes(
        pass_ids={check.pass_id for check in checks if check.pass_id is not None},
        codes={(check.device.community, check.code) for check in checks if check.code},
    )


def give_passes(checks: Sequence[SentCheck], found: Iterable[Iterable[tuple[Any, ...]]]) -> dict[UUID, Shown]:
    """The registered passes of ``checks``, by the id of the check; each check learns who it was."""
    by_id, by_code = read_passes(found)
    given = {}
    for check in checks:
        shown = (
            by_id.get(check.pass_id) if check.pass_id else by_code.get((check.device.community, check.code))
        )
        if shown is not None:
            _give(check, shown)
            given[check.sent.id] = shown
    return given


def give_wide_passes(scope: Scope, checks: Iterable[SentCheck]) -> dict[UUID, Shown]:
    """As `give_passes`, of ``checks`` to be judged whose pass is not the community's: the areas' above it."""
    asking: dict[int, list[SentCheck]] = {}
    for check in checks:
        if check.pass_id or check.code:
            asking.setdefault(check.device.community, []).append(check)
    given = {}
    for community, some in asking.items():
        codes = {check.code for check in some if not check.pass_id}
        pass_ids = {check.pass_id for check in some if check.pass_id}
        found = wide_passes(scope, community=community, codes=codes, pass_ids=pass_ids)
        by_id = {wide.shown.pass_id: wide.shown for wide in found}
        by_code = {wide.code: wide.shown for wide in found}
        for check in some:
            shown = by_id.get(check.pass_id) if check.pass_id else by_code.get(check.code)
            if shown is not None:
                _give(check, shown)
                given[check.sent.id] = shown
    return given


def _give(check: SentCheck, shown: Shown) -> None:
    check.pass_id, check.pass_kind, check.pass_number = shown.pass_id, shown.facts.kind, shown.number
    check.resident, check.household = shown.resident, shown.household


def judge_checks(
    checks: Sequence[SentCheck],
    passes: Mapping[UUID, Shown],
    claims: Mapping[UUID, PassClaims],
    unread: Mapping[UUID, str],
    gates: Mapping[int, GateFacts],
    profiles: Mapping[int, DiseaseProfile],
) -> dict[UUID, Judgement]:
    """Judge ``checks``, in the order in which they were made, and give each its verdict and reason."""
    checks = sorted(checks, key=lambda check: (check.sent.made_at, check.sent.id))
    holds, gone = _known(checks, profiles)
    answers = {}
    for check in checks:
        sent, profile = check.sent, profiles[check.device.community]
        at = timezone.localtime(sent.made_at)
        outings = gone.setdefault(check.household or 0, [])
        answer = judge(
            Facts(
                at=at,
                direction=check.direction,
                gate=gates[check.entrance],
                presented=_presented(passes.get(sent.id), claims.get(sent.id)),
                outings=tuple(timezone.localdate(moment) for moment in outings if moment <= sent.made_at),
                temperature=check.temperature,
                masked=check.masked,
                emergency=check.emergency,
                hold_until=hold_until(
                    holds.get(check.household or 0, ()), resident=check.resident, day=at.date()
                ),
                unread=unread.get(sent.id, ""),
                registered=check.visit is not None,
            ),
            profile,
        )
        check.verdict, check.reason = answer.verdict, answer.reason
        if check.household and _goes(check) and answer.lets_pass:
            outings.append(sent.made_at)
        answers[sent.id] = answer
    return answers


def _goes(check: SentCheck) -> bool:
    """Whether it uses up a turn of the household."""
    return (
        check.direction is Direction.OUT
        and not check.emergency
        and check.pass_kind in ("", PassKind.RESIDENT)
    )


def _known(
    checks: Sequence[SentCheck], profiles: Mapping[int, DiseaseProfile]
) -> tuple[dict[int, list[Held]], dict[int, list[dt.datetime]]]:
    """Of the households of ``checks``: who must stay in, and when somebody was let out in the cycle before them.

    Those that go out are locked before, and stay so.
    """
    moments = [check.sent.made_at for check in checks]
    since = {
        (check.device.community, check.household): min(moments)
        - dt.timedelta(days=max(profiles[check.device.community].outing_every_days, 1))
        for check in checks
        if check.household is not None
    }
    if not since:
        return {}, {}
    going = {check.household for check in checks if check.household is not None and _goes(check)}
    _, held, let_out = together(
        locking_households(going),
        asking_holds({household for _, household in since}),
        asking_outings(since, until=max(moments)),
    )
    holds: dict[int, list[Held]] = {}
    for row in held:
        holds.setdefault(row[1], []).append(Held(*row))
    gone: dict[int, list[dt.datetime]] = {}
    for household, moment in let_out:
        gone.setdefault(household, []).append(moment)
    return holds, gone


def _presented(shown: Shown | None, claims: PassClaims | None) -> PassFacts | None:
    """The register knows more than the token; where it does not know the pass, the token speaks."""
    if shown is not None:
        return shown.facts
    return claimed_facts(claims) if claims is not None else None
