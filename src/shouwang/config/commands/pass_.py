"""Issue and verify passes by hand, with no database and no network. The format: docs/pass-format.md."""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import sys
import uuid
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shouwang.config import datadir
from shouwang.config.cli import Problem
from shouwang.gates.enums import PassKind, PassState
from shouwang.gates.rules.token import (
    Issuer,
    PassClaims,
    TokenRefused,
    TrustedKey,
    TrustError,
    read_trust,
    verify_token,
    write_key,
)
from shouwang.gates.rules.token.cbor import LARGEST
from shouwang.gates.rules.token.claims import LABEL_LIMIT
from shouwang.gates.rules.token.cose import KEY_ID_BYTES
from shouwang.kernel.areas import Level, level_of, span
from shouwang.kernel.errors import Refused

KEY = "pass-signing"
ZONE = ZoneInfo("Asia/Shanghai")  # as in the settings; to read them would make keys that a pass does not need
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_FOR_EVER = 2**40
_REFUSALS = {
    "not_a_pass": "this is no pass: give the whole text of its QR code, which begins with SW1:",
    "damaged": "the text is damaged: scan the code again, or have the card replaced",
    "unknown_key": "none of the trusted keys signed it: is the trust file the newest one?",
    "forged": "the signature is false, or its key may not sign for this place and time: keep it, tell the office",
}


def run(options: argparse.Namespace) -> int:
    return {"issue": issue, "verify": verify, "trust": trust}[options.verb](options)


def issue(options: argparse.Namespace) -> int:
    """Print a new pass. It is signed, not registered: the desk's list of passes does not know it."""
    begins = moment(options.begins) if options.begins else now()
    if not 1 <= options.days <= 3660:
        raise Problem("--days is 1 to 3660")
    ends = moment(options.until, last=True) if options.until else begins + dt.timedelta(days=options.days)
    if ends < begins:
        raise Problem("the pass would end before it begins; look at --from and --until")
    if _area(options.community)[0] is not Level.COMMUNITY:
        raise Problem(f"{options.community} is not a community; the code of one does not end in 000")
    if not 0 <= options.household <= LARGEST:
        raise Problem("--household is a whole number, 0 for none")
    if len(options.label) > LABEL_LIMIT or not options.label.isprintable():
        raise Problem(
            f"--label has at most {LABEL_LIMIT} letters, all of them printable, such as 张* or the end of a plate"
        )
    claims = PassClaims(
        uuid.uuid4(), PassKind(options.kind), options.community, seconds(begins), seconds(ends),
        options.household, options.label,
    )  # fmt: skip
    private = signing_key()
    token = Issuer(key_id(private), private).sign(claims)
    show(options, {"token": token, "key_id": key_id(private).hex(), "claims": written(claims)}, token)
    return 0


def verify(options: argparse.Namespace) -> int:
    """Say whether a pass is genuine and in its time; exit code 0 only if both."""
    keys = read_file(options.trust) if options.trust else own_keys()
    at = moment(options.at) if options.at else now()
    try:
        claims = verify_token(piped() if options.text == "-" else options.text, keys)
    except TokenRefused as refused:
        hint = _REFUSALS[refused.code]
        show(options, {"result": refused.code, "hint": hint}, f"{refused.code}: {hint}")
        return 1
    state = PassState.VALID
    if seconds(at) < claims.not_before:
        state = PassState.EARLY
    elif seconds(at) > claims.expires:
        state = PassState.EXPIRED
    words = f"ok, {state}: {claims.kind} pass {claims.pass_id} of {claims.area}, "
    words += f"{local(claims.not_before)} to {local(claims.expires)} {claims.label}".rstrip()
    show(options, {"result": "ok", "state": state, "claims": written(claims)}, words)
    return 0 if state is PassState.VALID else 1


def trust(options: argparse.Namespace) -> int:
    """Print the trust file of this installation's key, for the verifiers of one area."""
    first, last = _area(options.area)[1]
    begins, ends = moment(options.begins), moment(options.until, last=True)
    if ends < begins:
        raise Problem("the key would end before it begins; look at --from and --until")
    private = signing_key()
    key = TrustedKey(key_id(private), private.public_key(), first, last, seconds(begins), seconds(ends))
    print(json.dumps({"keys": [write_key(key)]}, indent=1))
    return 0


def signing_key() -> ec.EllipticCurvePrivateKey:
    """The key of this installation, from `keys/pass-signing`, which is made at the first call (mode 600)."""
    path = datadir.data_dir() / "keys" / KEY
    try:
        secret = datadir.key(KEY)
    except OSError as error:
        raise Problem(f"{path} cannot be read or made: {error.strerror}") from error
    if len(secret) != 32:
        raise Problem(f"{path} is damaged: it must have 32 bytes; put it back from your copy")
    # 384 bits reduced to the range 1 … n-1 (FIPS 186-5, A.2.1): no private key is likelier than another.
    drawn = HKDF(SHA256(), length=48, salt=None, info=b"shouwang pass signing").derive(secret)
    return ec.derive_private_key(int.from_bytes(drawn, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def key_id(private: ec.EllipticCurvePrivateKey) -> bytes:
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return hashlib.sha256(point).digest()[:KEY_ID_BYTES]


def own_keys() -> dict[bytes, list[TrustedKey]]:
    if not (datadir.data_dir() / "keys" / KEY).exists():
        raise Problem("no pass was ever issued here, so there is no key to verify with; give --trust FILE")
    private = signing_key()
    key = TrustedKey(key_id(private), private.public_key(), 0, LARGEST, 0, _FOR_EVER)
    return {key.key_id: [key]}


def read_file(name: str) -> dict[bytes, list[TrustedKey]]:
    try:
        content = json.loads(Path(name).read_text(encoding="utf-8"))
        return read_trust(content.get("keys") if isinstance(content, dict) else content)
    except OSError as error:
        raise Problem(f"{name} cannot be read: {error.strerror}") from error
    except TrustError as error:
        raise Problem(f"{name} is no trust file: {error}") from error
    except ValueError as error:
        raise Problem(f"{name} is no trust file: it is not JSON") from error


def _area(code: int) -> tuple[Level, tuple[int, int]]:
    try:
        return level_of(code), span(code)
    except Refused as refused:
        raise Problem(str(refused)) from refused


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def moment(text: str, *, last: bool = False) -> dt.datetime:
    """A time; without a zone it is the installation's. A day alone is its first second, or its ``last``."""
    try:
        told = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Problem(f"{text!r} is no time: write 2020-03-20, or 2020-03-20T18:00") from None
    if last and len(text) == len("2020-03-20"):
        told += dt.timedelta(days=1, seconds=-1)
    told = told if told.tzinfo else told.replace(tzinfo=ZONE)
    if not 1970 < told.year < 2200:
        raise Problem(f"{text} does not lie between 1971 and 2199")
    return told


def piped() -> str:
    """One line of standard input; what is no text in it makes no pass."""
    return sys.stdin.buffer.readline().decode(errors="replace").rstrip("\r\n")


def seconds(at: dt.datetime) -> int:
    return int(at.timestamp())


def local(at: int) -> str:
    try:
        return f"{dt.datetime.fromtimestamp(at, ZONE):%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError, OSError):  # a trusted key may sign for any year
        return f"second {at}"


def written(claims: PassClaims) -> dict[str, Any]:
    return asdict(claims) | {"pass_id": str(claims.pass_id)}


def show(options: argparse.Namespace, answer: dict[str, Any], words: str) -> None:
    print(json.dumps(answer, ensure_ascii=False) if options.json else words)
