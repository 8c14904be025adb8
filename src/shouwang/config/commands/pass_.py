"""Issue, verify and revoke passes by hand. The format: docs/pass-format.md.

Exit codes: 0 done, or genuine and in force; 1 not done, the message says why; 3 genuine, but early, expired or revoked;
4 not genuine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import time
import uuid
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shouwang.config.cli import Problem
from shouwang.config.commands.register import SYSTEM, coded, has_database, need_database, registered
from shouwang.config.commands.times import local, moment, now, seconds
from shouwang.config.datadir import data_dir
from shouwang.gates.enums import PassKind, PassState
from shouwang.gates.rules.token import (
    Keyring,
    KeyringError,
    Keys,
    PassClaims,
    TokenRefused,
    TrustError,
    read_trust,
    verify_token,
    write_key,
)
from shouwang.gates.rules.token.cbor import LARGEST
from shouwang.gates.rules.token.claims import LABEL_LIMIT
from shouwang.gates.rules.token.keyring import BUNDLE, read_keyring
from shouwang.kernel.areas import Level, level_of, span
from shouwang.kernel.errors import Refused, ShouwangError

if TYPE_CHECKING:
    from shouwang.gates.models import Pass

ENDED, NOT_GENUINE = 3, 4
_REFUSALS = {
    "not_a_pass": "this is no pass: give the whole text of its QR code, which begins with SW1:",
    "damaged": "the text is damaged: scan the code again, or have the card replaced",
    "unknown_key": "none of the trusted keys signed it: is the trust file the newest one?",
    "forged": "the signature is false, or its key may not sign for this place and time: keep it, tell the office",
}
# What has to be said of whom a pass is for.
_NEEDS = {
    PassKind.RESIDENT: ("resident",),
    PassKind.EMERGENCY: ("resident",),
    PassKind.VEHICLE: ("household", "plate"),
    PassKind.VISITOR: ("area", "visit"),
    PassKind.RESPONDER: ("area", "holder", "purpose"),
    PassKind.SUPPLY: ("area", "holder", "plate"),
}


def run(options: argparse.Namespace) -> int:
    verbs = {"issue": issue, "verify": verify, "revoke": revoke, "trust": trust}
    try:
        return verbs[options.verb](options)
    except KeyringError as error:
        raise Problem(str(error)) from error
    except OSError as error:
        raise Problem(f"{error.filename}: {error.strerror}") from error


def issue(options: argparse.Namespace) -> int:
    """Print the text of a pass: the open one of whom it is for, or a new one, entered in the register."""
    if options.unregistered:
        return issue_unregistered(options)
    kind = PassKind(options.kind)
    if missing := [word for word in _NEEDS[kind] if not getattr(options, word)]:
        words = ", ".join(f"--{word}" for word in missing)
        raise Problem(
            f"a {kind} pass needs {words}; or sign one without the register: --unregistered --area CODE"
        )
    if kind is PassKind.VISITOR:
        visit(options.visit)
    need_database()
    from shouwang.access.wall import acting
    from shouwang.gates.actions import sign_pass

    try:
        with acting(SYSTEM):
            made = _issued(kind, options)
            token = sign_pass(made)
    except ShouwangError as refused:
        raise Problem(str(refused)) from refused
    show(
        options,
        {"token": token, "code": made.code, "claims": written(verify_token(token, own_keys()))},
        token,
    )
    return 0


def _issued(kind: PassKind, options: argparse.Namespace) -> Pass:
    from shouwang.gates import actions

    days, area = options.days, options.area
    if kind is PassKind.VEHICLE:
        return actions.issue_vehicle_pass(
            SYSTEM, household_id=options.household, plate=options.plate, valid_days=days
        )
    if kind is PassKind.SUPPLY:
        return actions.issue_supply_pass(
            SYSTEM, area=area, plate=options.plate, firm=options.holder, purpose=options.purpose, valid_days=days
        )  # fmt: skip
    if kind is PassKind.RESPONDER:
        return actions.issue_responder_pass(
            SYSTEM, area=area, name=options.holder, agency=options.purpose, valid_days=days
        )
    if kind is PassKind.VISITOR:
        return actions.issue_visitor_pass(
            SYSTEM, community=area, visit_id=visit(options.visit), valid_days=days
        )
    return actions.issue_pass(SYSTEM, resident_id=options.resident, kind=kind, valid_days=days)


def visit(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Problem(f"{text!r} is no id of a registration") from None


def issue_unregistered(options: argparse.Namespace) -> int:
    """Print a pass that is signed but stands in no register: where there is no database, for a trial."""
    begins = moment(options.begins) if options.begins else now()
    days = 30 if options.days is None else options.days
    if not 1 <= days <= 3660:
        raise Problem("--days is 1 to 3660")
    ends = moment(options.until, last=True) if options.until else begins + dt.timedelta(days=days)
    if ends < begins:
        raise Problem("the pass would end before it begins; look at --from and --until")
    if not options.area:
        raise Problem("say where it is good: --area CODE")
    first, last = area_of(options.area)[1]
    if not 0 <= options.household <= LARGEST:
        raise Problem("--household is a whole number, 0 for none")
    if len(options.label) > LABEL_LIMIT or not options.label.isprintable():
        raise Problem(
            f"--label has at most {LABEL_LIMIT} letters, all of them printable, such as 张* or the end of a plate"
        )
    claims = PassClaims(
        uuid.uuid4(), PassKind(options.kind), options.area, seconds(begins), seconds(ends),
        options.household, options.label,
    )  # fmt: skip
    issuer = ring().issuer(first, last, claims.not_before, claims.expires)
    if issuer is None:
        raise Problem("no key of this server may sign for this area and time; see: shouwang trust status")
    token = issuer.sign(claims)
    show(options, {"token": token, "key_id": issuer.key_id.hex(), "claims": written(claims)}, token)
    return 0


def verify(options: argparse.Namespace) -> int:
    """Say whether a pass is genuine, in its time and not revoked. With --trust no database is asked."""
    keys = read_file(options.trust) if options.trust else own_keys()
    at = moment(options.at) if options.at else now()
    try:
        claims = verify_token(piped() if options.text == "-" else options.text, keys)
    except TokenRefused as refused:
        hint = _REFUSALS[refused.code]
        show(options, {"result": refused.code, "hint": hint}, f"{refused.code}: {hint}")
        return NOT_GENUINE
    found = None if options.trust or not has_database() else registered(claims.pass_id)
    state = PassState.VALID
    if found and found.revoked_at:
        state = PassState.REVOKED
    elif seconds(at) < claims.not_before:
        state = PassState.EARLY
    elif seconds(at) > claims.expires:
        state = PassState.EXPIRED
    words = f"ok, {state}: {claims.kind} pass {claims.pass_id} of {claims.area}, "
    words += f"{local(claims.not_before)} to {local(claims.expires)} {claims.label}".rstrip()
    answer = {
        "result": "ok",
        "state": state,
        "code": found.code if found else None,
        "claims": written(claims),
    }
    show(options, answer, words)
    return 0 if state is PassState.VALID else ENDED


def revoke(options: argparse.Namespace) -> int:
    """End a pass at once and put it on the list that gates carry."""
    need_database()
    from shouwang.access.wall import acting
    from shouwang.gates.actions import revoke_pass

    found = (
        registered(options.what) if isinstance(options.what, uuid.UUID) else coded(options.what, options.area)
    )
    if found is None:
        raise Problem("the register has no such pass")
    try:
        with acting(SYSTEM):
            ended = revoke_pass(SYSTEM, pass_id=found.pk, reason=options.reason)
    except ShouwangError as refused:
        raise Problem(str(refused)) from refused
    at = ended.revoked_at.isoformat() if ended.revoked_at else None
    answer = {"pass_id": str(ended.pass_id), "code": ended.code, "revoked_at": at}
    show(options, answer, f"revoked: {ended.kind} pass {ended.code} ({ended.pass_id})")
    return 0


def trust(options: argparse.Namespace) -> int:
    """Print the keys that passes of this installation are verified with, for `verify --trust` on another machine."""
    print(json.dumps({"keys": [write_key(key) for key in ring().bundle.keys]}, indent=1))
    return 0


def ring() -> Keyring:
    return read_keyring(data_dir() / "keys", int(time.time()))


def own_keys() -> Keys:
    if not (data_dir() / "keys" / BUNDLE).exists():
        raise Problem("no pass was ever issued here, so there is no key to verify with; give --trust FILE")
    return ring().bundle.by_id()


def read_file(name: str) -> Keys:
    try:
        content = json.loads(Path(name).read_text(encoding="utf-8"))
        return read_trust(content.get("keys") if isinstance(content, dict) else content)
    except OSError as error:
        raise Problem(f"{name} cannot be read: {error.strerror}") from error
    except TrustError as error:
        raise Problem(f"{name} is no trust file: {error}") from error
    except ValueError as error:
        raise Problem(f"{name} is no trust file: it is not JSON") from error


def area_of(code: int) -> tuple[Level, tuple[int, int]]:
    try:
        return level_of(code), span(code)
    except Refused as refused:
        raise Problem(str(refused)) from refused


def piped() -> str:
    """One line of standard input; what is no text in it makes no pass."""
    return sys.stdin.buffer.readline().decode(errors="replace").rstrip("\r\n")


def written(claims: PassClaims) -> dict[str, Any]:
    return asdict(claims) | {"pass_id": str(claims.pass_id)}


def show(options: argparse.Namespace, answer: dict[str, Any], words: str) -> None:
    print(json.dumps(answer, ensure_ascii=False) if options.json else words)
