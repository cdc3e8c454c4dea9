"""Integrity of a discussion: turns in a salted hash chain, a signature (Ed25519) over its head, a seal on each record.

What a turn says enters the chain only as a salted hash, so it can be erased on request and the rest still verifies.
Everything that is hashed or signed is first written as canonical JSON (RFC 8785).
"""

import base64
import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import BaseModel, Field, ValidationError

from talkthrough.errors import UserError

GENESIS = "0" * 64
KEY_FILE = "signing-key.pem"
MAX_RECORD_BYTES = 50_000_000
MAX_TURNS = 10_000

SignatureState = Literal["valid", "invalid", "unsigned", "other key"]


class AuditError(UserError):
    """A file that cannot be used; the message says what to give instead."""


@dataclass(frozen=True, slots=True)
class TurnHashes:
    """The links of one turn: its salted text hash, the hash before it, and its own."""

    text_hash: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The installation's Ed25519 key. `key_id` is the short name that every record carries."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> Ed25519PublicKey:
        """The half that may be handed out."""
        return self.private.public_key()

    @property
    def key_id(self) -> str:
        """The first 16 hex digits of the public key's SHA-256."""
        return key_id(self.public)

    def sign(self, statement: Mapping[str, Any]) -> str:
        """Base64 of the signature over the statement as canonical JSON."""
        return base64.b64encode(self.private.sign(canonical(statement))).decode()


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking a record showed. `findings` are sentences, empty where nothing was altered.

    `without_text`: numbers of turns whose text was erased or kept out; their hashes still verify.
    `head`: the last hash of the chain; None where the discussion was still open.
    """

    turns: int
    findings: tuple[str, ...]
    signature: SignatureState
    without_text: tuple[int, ...] = ()
    key_id: str | None = None
    head: str | None = None

    @property
    def holds(self) -> bool:
        """True where nothing was altered and the signature is not a wrong one."""
        return not self.findings and self.signature in ("valid", "unsigned")


def canonical(value: Mapping[str, Any]) -> bytes:
    """The value as canonical JSON (RFC 8785)."""
    return rfc8785.dumps(dict(value))


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def fingerprint(head: str) -> str:
    """The first 16 hex digits of a head in groups of four: what two people can compare by eye; the log prints all."""
    return " ".join(head[start : start + 4] for start in range(0, 16, 4))


def stamp(at: datetime) -> str:
    """A time as it is hashed: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def turn_hashes(  # what is hashed is spelled out, so that a reader of a record can recompute it
    *,
    discussion_id: int,
    number: int,
    speaker: str,
    at: datetime,
    text: str,
    facts: Mapping[str, Any],
    salt: str,
    previous_hash: str,
) -> TurnHashes:
    """The hashes of a new turn. `facts`: criterion keys, move, rule, wish and flags as JSON values; `salt` in hex."""
    text_hash = salted(text, facts, salt)
    entry = {"discussion": discussion_id, "number": number, "speaker": speaker, "at": stamp(at)}
    return TurnHashes(text_hash, previous_hash, _link(entry, text_hash, previous_hash))


def salted(text: str, facts: Mapping[str, Any], salt: str) -> str:
    """The hash that stands in the chain for a text and what the tool noted about it."""
    return digest(bytes.fromhex(salt) + canonical({"text": text, "facts": dict(facts)}))


def _link(entry: Mapping[str, Any], text_hash: str, previous_hash: str) -> str:
    return digest(canonical({"v": 1, **entry, "text": text_hash, "previous": previous_hash}))


def head_statement(
    *, discussion_id: int, turns: int, head: str, plan_sha256: str, closed_at: datetime
) -> dict[str, Any]:
    """What is signed at close: how many turns there are, the last hash, and the plan that they followed."""
    closed = stamp(closed_at)
    return {"v": 1, "discussion": discussion_id, "turns": turns, "head": head, "plan": plan_sha256, "closed_at": closed}


def sign_head(key: SigningKey, statement: Mapping[str, Any]) -> str:
    """The signature over a head statement, in base64."""
    return key.sign(statement)


def sealed(record: Mapping[str, Any], key: SigningKey) -> dict[str, Any]:
    """The record (JSON values) with a seal: one signature over everything in it, names and index included."""
    body = {name: value for name, value in record.items() if name != "seal"}
    public = base64.b64encode(key.public.public_bytes_raw()).decode()
    return {**body, "seal": {"key_id": key.key_id, "public_key": public, "signature": key.sign(body)}}


def is_sealed_by(record: Mapping[str, Any], public: Ed25519PublicKey) -> bool:
    """Whether the seal on a record (JSON values) was made with this key over exactly what the record says."""
    body = {name: value for name, value in record.items() if name != "seal"}
    seal = record.get("seal")
    return isinstance(seal, dict) and _is_signed(public, str(seal.get("signature", "")), body)


def key_id(public: Ed25519PublicKey) -> str:
    """The short name of a public key."""
    return digest(public.public_bytes_raw())[:16]


# --- keys on disk ---------------------------------------------------------------------------------------------------


def signing_key(data_folder: Path, given: Path | None = None) -> SigningKey:
    """The key in `given` or in the data folder; made there, readable by its owner only, at the first start.

    The public half of every key ever used is kept as `public-keys/<key id>.pem`.
    """
    path = given or data_folder / KEY_FILE
    if given is None and not path.exists():
        _write_new_key(path)
    key = _read_key(path)
    _keep_public_half(data_folder, key)
    return key


def _write_new_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    fresh = path.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(pem)
    try:
        os.link(fresh, path)  # a link never overwrites: a key that another process has just made stays
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _read_key(path: Path) -> SigningKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise AuditError(f"The signing key {path} cannot be read. Give a PEM file with an Ed25519 key.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise AuditError(f"The signing key {path} is not an Ed25519 key. Make one: openssl genpkey -algorithm ed25519.")
    return SigningKey(key)


def _keep_public_half(data_folder: Path, key: SigningKey) -> None:
    path = data_folder / "public-keys" / f"{key.key_id}.pem"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(public_pem(key.public))


def public_pem(public: Ed25519PublicKey) -> bytes:
    """A public key as the PEM text that other programs read."""
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def read_public_key(path: Path) -> Ed25519PublicKey:
    """A public key from a PEM file; AuditError with a sentence where it is none."""
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise AuditError(f"{path} is not a public key. Give the PEM file that your centre published.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise AuditError(f"{path} is not an Ed25519 public key. Give the PEM file that your centre published.")
    return key


# --- verification ---------------------------------------------------------------------------------------------------


class _Turn(BaseModel):
    number: int = Field(ge=1, le=MAX_TURNS)
    speaker: str
    at: datetime
    text: str | None
    salt: str | None = Field(pattern=r"^([0-9a-f]{2})*$")
    facts: dict[str, Any] | None
    text_hash: str
    previous_hash: str
    hash: str


class _Head(BaseModel):
    turns: int = Field(ge=0, le=MAX_TURNS)
    head: str | None
    signature: str | None
    key_id: str | None
    closed_at: datetime | None
    plan: dict[str, Any]


class _Seal(BaseModel):
    key_id: str
    public_key: str
    signature: str


class _Record(BaseModel):
    discussion: int
    turns: list[_Turn]
    integrity: _Head
    seal: _Seal | None = None


def verify(record_json: bytes | str, public_key: Ed25519PublicKey | None = None) -> Verification:
    """Check a discussion log in JSON: every turn, their order, the signed head and the seal.

    Without `public_key` the key inside the record is used, which shows that nothing was altered since sealing but not
    whose key it is. AuditError with a sentence where the text is no discussion log.
    """
    raw, record = _read_record(record_json)
    findings = _chain_findings(record)
    public = public_key or _enclosed_key(record.seal)
    signature = _signature_state(raw, record, public)
    if signature == "invalid" and not findings:
        findings = ["The turns fit together, but something around them (plan, names or index) was altered."]
    without_text = tuple(turn.number for turn in record.turns if turn.text is None)
    signer = record.integrity.key_id or (record.seal.key_id if record.seal else None)
    return Verification(len(record.turns), tuple(findings), signature, without_text, signer, record.integrity.head)


def verify_sealed(sealed_json: bytes | str, public_key: Ed25519PublicKey | None = None) -> Verification:
    """Check JSON that is sealed as one piece, such as an assessor's review; `public_key` as in `verify`.

    AuditError with a sentence where the text carries no seal.
    """
    try:
        raw = json.loads(sealed_json)
        seal = _Seal.model_validate(raw["seal"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise AuditError("This file is not signed. Give the signed copy that the bot sent back.") from error
    public = public_key or _enclosed_key(seal)
    if public is not None and key_id(public) != seal.key_id:
        return Verification(0, (), "other key", (), seal.key_id)
    if public is None or not is_sealed_by(raw, public):
        return Verification(0, ("Something in this file was altered.",), "invalid", (), seal.key_id)
    return Verification(0, (), "valid", (), seal.key_id)


def _read_record(record_json: bytes | str) -> tuple[dict[str, Any], _Record]:
    sentence = "This is not a Talkthrough discussion log. Give the JSON or HTML file that was exported."
    if len(record_json) > MAX_RECORD_BYTES:
        raise AuditError("This file is too large to be a discussion log.")
    try:
        raw = json.loads(record_json)
        return raw, _Record.model_validate(raw)
    except (ValueError, ValidationError, RecursionError) as error:
        raise AuditError(sentence) from error


def _chain_findings(record: _Record) -> list[str]:
    present = [turn.number for turn in record.turns]
    expected = max([record.integrity.turns, *present])
    findings = [f"Turn {number} is missing." for number in range(1, expected + 1) if number not in present]
    findings += [f"Turn {number} appears twice." for number, times in Counter(present).items() if times > 1]
    findings += [
        f"Turn {later} stands after turn {earlier}: the order was changed."
        for earlier, later in pairwise(present)
        if later < earlier
    ]
    hashes = {turn.number: turn.hash for turn in record.turns}
    for turn in sorted(record.turns, key=lambda turn: turn.number):
        findings += _turn_findings(record.discussion, turn, hashes.get(turn.number - 1))
    if not findings and record.turns and record.integrity.head not in (None, record.turns[-1].hash):
        findings.append(f"Turn {present[-1]} is not the turn that was signed as the last one.")
    return findings


def _turn_findings(discussion: int, turn: _Turn, hash_before: str | None) -> list[str]:
    before = GENESIS if turn.number == 1 else hash_before
    entry = {"discussion": discussion, "number": turn.number, "speaker": turn.speaker, "at": stamp(turn.at)}
    if turn.text is not None and (
        turn.salt is None or salted(turn.text, turn.facts or {}, turn.salt) != turn.text_hash
    ):
        return [f"Turn {turn.number} was altered: its words or its criteria are not those that were recorded."]
    if _link(entry, turn.text_hash, turn.previous_hash) != turn.hash:
        return [f"Turn {turn.number} was altered: its speaker, time or number was changed."]
    if before is not None and before != turn.previous_hash:
        return [f"Turn {turn.number} does not follow from turn {turn.number - 1}."]
    return []


def _enclosed_key(seal: _Seal | None) -> Ed25519PublicKey | None:
    if seal is None:
        return None
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(seal.public_key, validate=True))
    except ValueError:
        return None


def _signature_state(raw: dict[str, Any], record: _Record, public: Ed25519PublicKey | None) -> SignatureState:
    head, seal = record.integrity, record.seal
    if head.signature is None and seal is None:
        return "unsigned"
    if public is None:
        return "invalid"
    if key_id(public) not in {head.key_id, seal.key_id if seal else None}:
        return "other key"
    is_head_ours = head.signature is not None and key_id(public) == head.key_id
    holds = (seal is None or is_sealed_by(raw, public)) and (
        not is_head_ours or _is_signed(public, head.signature or "", _statement(record))
    )
    return "valid" if holds else "invalid"


def _statement(record: _Record) -> dict[str, Any]:
    head = record.integrity
    return head_statement(
        discussion_id=record.discussion,
        turns=head.turns,
        head=head.head or "",
        plan_sha256=digest(canonical(head.plan)),
        closed_at=head.closed_at or datetime.min.replace(tzinfo=UTC),
    )


def _is_signed(public: Ed25519PublicKey, signature: str, statement: Mapping[str, Any]) -> bool:
    try:
        public.verify(base64.b64decode(signature, validate=True), canonical(statement))
    except (InvalidSignature, ValueError):
        return False
    return True
