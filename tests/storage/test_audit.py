"""The hash chain, the signature and the key file."""

import json
import stat
from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from talkthrough.storage import audit

START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
KEY = audit.SigningKey(Ed25519PrivateKey.from_private_bytes(b"k" * 32))
PLAN = {"outcome": "3", "criteria": ["3.6"]}


def chain(texts):
    turns, previous = [], audit.GENESIS
    for number, text in enumerate(texts, start=1):
        fields = {"number": number, "speaker": "learner", "at": START + timedelta(minutes=number), "text": text}
        facts = {"flags": [], "criterion_keys": ["c"]}
        hashes = audit.turn_hashes(discussion_id=7, **fields, facts=facts, salt="ab" * 16, previous_hash=previous)
        previous = hashes.hash
        turns.append(
            {**fields, "at": fields["at"].isoformat(), "facts": facts, "salt": "ab" * 16, "text_hash": hashes.text_hash}
            | {"previous_hash": hashes.previous_hash, "hash": hashes.hash}
        )
    return turns


def record(texts=("one", "two é", "three 😀", "four"), key=KEY):
    turns = chain(texts)
    statement = audit.head_statement(
        discussion_id=7,
        turns=len(turns),
        head=turns[-1]["hash"],
        plan_sha256=audit.digest(audit.canonical(PLAN)),
        closed_at=START,
    )
    integrity = {"turns": len(turns), "head": turns[-1]["hash"], "signature": audit.sign_head(key, statement)}
    integrity |= {"key_id": key.key_id, "closed_at": START.isoformat(), "plan": PLAN}
    return {"discussion": 7, "learner": "Sam", "turns": turns, "integrity": integrity}


def check(value, public=KEY.public):
    return audit.verify(json.dumps(value), public)


def test_an_untouched_record_holds_with_and_without_a_seal():
    assert check(record()).holds
    sealed = check(audit.sealed(record(), KEY))
    assert (sealed.holds, sealed.signature, sealed.turns) == (True, "valid", 4)


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (lambda r: r["turns"][1].update(text="better"), "Turn 2 was altered"),
        (lambda r: r["turns"][1].update(speaker="tool"), "Turn 2 was altered"),
        (lambda r: r["turns"][2].update(at="2026-11-22T09:00:00Z"), "Turn 3 was altered"),
        (lambda r: r["turns"][2]["facts"].update(flags=["x"]), "Turn 3 was altered"),
        (lambda r: r["turns"].pop(1), "Turn 2 is missing"),
        (lambda r: r["turns"].pop(), "Turn 4 is missing"),
        (lambda r: r["turns"].insert(0, r["turns"].pop()), "Turn 1 stands after turn 4"),
        (lambda r: r["turns"].append(r["turns"][1]), "Turn 2 appears twice"),
    ],
)
def test_verification_names_the_altered_missing_or_moved_turn(change, finding):
    value = record()
    change(value)
    result = check(value)
    assert not result.holds
    assert any(sentence.startswith(finding) for sentence in result.findings), result.findings


def test_turns_that_swapped_their_numbers_are_named():
    value = record()
    first, second = value["turns"][1], value["turns"][2]
    first["number"], second["number"] = 3, 2
    value["turns"][1:3] = [second, first]
    assert {sentence[:6] for sentence in check(value).findings} >= {"Turn 2", "Turn 3"}


def test_a_chain_rewritten_without_the_key_does_not_hold():
    forged = record(("one", "much better", "three 😀", "four"))
    forged["integrity"]["signature"] = record()["integrity"]["signature"]
    assert check(forged).signature == "invalid"
    assert not check(forged).holds


def test_a_record_signed_by_a_stranger_is_told_from_one_that_was_altered():
    stranger = audit.SigningKey(Ed25519PrivateKey.from_private_bytes(b"s" * 32))
    assert check(audit.sealed(record(key=stranger), stranger)).signature == "other key"


def test_the_plan_and_in_a_sealed_record_the_name_cannot_be_changed():
    altered_plan, altered_name = record(), audit.sealed(record(), KEY)
    altered_plan["integrity"]["plan"] = {"outcome": "4"}
    altered_name["learner"] = "Alex"
    assert not check(altered_plan).holds
    assert not check(altered_name).holds


def test_an_erased_text_keeps_the_rest_valid():
    value = record()
    value["turns"][2] |= {"text": None, "salt": None}
    result = check(value)
    assert (result.holds, result.without_text) == (True, (3,))


def test_an_open_discussion_is_consistent_but_unsigned():
    value = record()
    value["integrity"] |= {"head": None, "signature": None, "key_id": None, "closed_at": None}
    assert (check(value).holds, check(value).signature) == (True, "unsigned")


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, '{"discussion": 1, "turns": [{}], "integrity": {}}'])
def test_something_else_is_refused_with_a_sentence(text):
    with pytest.raises(audit.AuditError, match="not a Talkthrough discussion log"):
        audit.verify(text, KEY.public)


def test_a_claim_of_a_billion_turns_is_refused():
    value = deepcopy(record())
    value["integrity"]["turns"] = 10**9
    with pytest.raises(audit.AuditError):
        check(value)


def test_the_key_is_made_once_for_its_owner_only_and_public_halves_are_kept(tmp_path):
    first, again = audit.signing_key(tmp_path), audit.signing_key(tmp_path)
    assert first.key_id == again.key_id
    assert stat.S_IMODE((tmp_path / audit.KEY_FILE).stat().st_mode) == 0o600
    kept = tmp_path / "public-keys" / f"{first.key_id}.pem"
    assert audit.key_id(audit.read_public_key(kept)) == first.key_id


def test_a_given_key_file_is_used_and_a_wrong_one_refused_with_a_sentence(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    made = audit.signing_key(elsewhere)
    assert audit.signing_key(tmp_path / "data", elsewhere / audit.KEY_FILE).key_id == made.key_id
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("hello")
    with pytest.raises(audit.AuditError, match="Ed25519"):
        audit.signing_key(tmp_path / "data", wrong)
    with pytest.raises(audit.AuditError, match="not a public key"):
        audit.read_public_key(wrong)
