"""The assessor's review: a page filled in offline, checked on the way in, signed, stored beside the log."""

import csv
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from lxml import html

from talkthrough.storage.audit import AuditError
from talkthrough.storage.records.decision_words import Body, words_for
from talkthrough.storage.records.html import as_html
from talkthrough.storage.records.review import (
    MAX_REVIEW_BYTES,
    REVIEW_SCHEMA,
    ReviewError,
    discussion_in,
    is_form,
    is_review,
    read_review,
    review_form,
    reviews_table,
    signed_review,
)
from talkthrough.storage.records.verification import verify_file
from tests.storage.records.examples import KEY, hostile_log, log

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOG = log()
TODAY = date(2026, 11, 23)
WORDS = Body(name="your centre", words=("Agreed", "Action needed", "Not looked at"), source="settings")


def answer(**changes):
    values = {
        "schema_": REVIEW_SCHEMA,
        "discussion": LOG.discussion,
        "head": LOG.integrity.head,
        "reviewer": "A. Assessor",
        "dated": "2026-11-23",
        "transcript_is_true": True,
        "authenticity": "I asked about turn 6.",
        "decisions": [{"number": "3.6", "decision": "Agreed", "reason": "Turns 4 and 6."}],
        "feedback": "Clear example.",
        "next_action": "Bring the report.",
    }
    return json.dumps(values | changes).encode()


def test_a_review_is_read_as_it_was_written():
    review = read_review(answer(), LOG, WORDS, TODAY)
    assert (review.reviewer, review.transcript_is_true) == ("A. Assessor", True)
    assert review.decisions[0].reason == "Turns 4 and 6."


def decision(**changes):
    return [{"number": "3.6", "decision": "Agreed", "reason": "because", **changes}]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (answer(discussion=99), "about another discussion"),
        (answer(head="0" * 64), "about another discussion"),
        (answer(reviewer="  "), "no name"),
        (answer(dated=""), "no date"),
        (answer(dated="2031-01-01"), "dated in the future"),
        (answer(dated="2026-11-24"), "dated in the future"),
        (answer(dated="2026-11-21"), "dated before the discussion"),
        (answer(decisions=decision(decision="Brilliant")), "not one of your decision words"),
        (answer(decisions=decision(reason=" ")), "A decision needs a reason"),
        (answer(decisions=decision() * 2), "names a criterion twice"),
        (answer(decisions=decision(number="9.9")), "not in this discussion"),
        (answer(surprise="x"), "not a review"),
        (answer(feedback="x" * 10_001), "not a review"),
        (b"hello", "not a review"),
        (b"[]", "not a review"),
        (b" " * (MAX_REVIEW_BYTES + 1), "too large"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(ReviewError, match=sentence):
        read_review(content, LOG, WORDS, TODAY)


def test_the_awarding_bodys_own_words_are_used():
    cmi = words_for(replace(LOG.cover, awarding_body="Chartered Management Institute (CMI)"), WORDS.words)
    page = html.document_fromstring(review_form(LOG, cmi).content)
    assert page.xpath("(//select)[1]/option/text()") == ["None yet", "Pass", "Refer"]
    assert "Pass, Refer (words of CMI)" in page.text_content()
    taken = read_review(answer(decisions=decision(decision="Refer")), LOG, cmi, TODAY)
    assert taken.decisions[0].decision == "Refer"
    with pytest.raises(ReviewError, match=r"'Agreed' is not one of your decision words \(Pass, Refer\)"):
        read_review(answer(), LOG, cmi, TODAY)


def test_a_signed_review_shows_any_change():
    signed = signed_review(read_review(answer(), LOG, WORDS, TODAY), KEY)
    assert verify_file(json.dumps(signed).encode(), KEY.public).signature == "valid"
    assert verify_file(json.dumps(signed).encode()).holds
    altered = verify_file(json.dumps(signed | {"feedback": "better"}).encode(), KEY.public)
    assert altered.findings == ("Something in this file was altered.",)
    assert not altered.holds


def test_a_review_without_a_signature_or_with_another_key_says_so():
    with pytest.raises(AuditError, match="not signed"):
        verify_file(answer())
    signed = json.dumps(signed_review(read_review(answer(), LOG, WORDS, TODAY), KEY)).encode()
    other = Ed25519PrivateKey.generate().public_key()
    assert verify_file(signed, other).signature == "other key"


@pytest.mark.parametrize(
    "change",
    [
        lambda signed: signed | {"schema_": "something else"},
        lambda signed: {name: value for name, value in signed.items() if name != "schema_"},
        lambda signed: signed | {"turns": []},
        lambda signed: signed | {"seal": {**signed["seal"], "signature": "AAAA"}},
    ],
)
def test_a_signed_review_is_checked_by_its_seal_however_it_was_altered(change):
    signed = signed_review(read_review(answer(), LOG, WORDS, TODAY), KEY)
    assert verify_file(json.dumps(change(signed)).encode()).signature == "invalid"


def test_a_sealed_file_that_cannot_be_read_any_more_is_called_changed():
    signed = json.dumps(signed_review(read_review(answer(), LOG, WORDS, TODAY), KEY))
    for content in (signed[:-1], signed.replace("Clear", 'Cl"ear')):
        with pytest.raises(AuditError, match="has a seal, and it was changed"):
            verify_file(content.encode())


def test_the_form_itself_is_told_from_what_it_saves_and_from_a_log():
    assert is_form(review_form(LOG, WORDS).content)
    for content in (answer(), as_html(LOG), f"<p>{REVIEW_SCHEMA}</p>".encode(), b"<", b"", b"<\x00>"):
        assert not is_form(content)


def test_a_table_of_reviews_has_a_row_for_each_criterion_and_one_where_none_is_named():
    reviews = [
        signed_review(read_review(answer(**changes), LOG, WORDS, TODAY), KEY)
        for changes in ({}, {"decisions": [], "feedback": "=1+1"})
    ]
    table = reviews_table(reviews, "401_reviews")
    first, second = csv.DictReader(StringIO(table.content.decode("utf-8-sig")))
    assert (table.name, first["criterion"], first["decision"]) == ("401_reviews.csv", "3.6", "Agreed")
    assert first["how authenticity was confirmed"] == "I asked about turn 6."
    assert (second["criterion"], second["feedback"], second["transcript is true"]) == ("", "'=1+1", "yes")


def test_only_a_file_that_says_so_itself_is_a_review():
    assert is_review(answer())
    assert discussion_in(answer(discussion=7)) == 7
    assert discussion_in(answer(discussion="7")) == discussion_in(b"[1]") == 0
    for content in (json.dumps({"text": REVIEW_SCHEMA}), f'<p>"schema_": "{REVIEW_SCHEMA}"</p>', "[" * 100_000):
        assert not is_review(content.encode())


def test_decisions_are_never_in_the_log():
    assert b"Clear example" not in as_html(LOG)
    assert b"Action needed" not in as_html(LOG)


def test_the_form_asks_nothing_of_the_network_and_prefills_nothing():
    page = html.document_fromstring(review_form(hostile_log(), WORDS).content)
    assert not page.xpath("//@src | //@href | //link | //@action")
    assert not page.xpath("//input[@value] | //input[@checked] | //option[@selected]")
    assert "".join(page.xpath("//textarea//text()")).strip() == ""
    fields = page.xpath("//textarea | //select | //input")
    assert all(page.xpath(f"//label[@for='{field.get('id')}']") for field in fields)


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_what_the_page_saves_is_what_the_bot_reads(tmp_path):
    fill = """<script>
    document.getElementById("reviewer").value = "A. Assessor";
    document.getElementById("dated").value = "2026-11-23";
    document.getElementById("transcript_is_true").checked = true;
    document.querySelectorAll(".decision")[2].value = "Action needed";
    document.querySelectorAll(".reason")[2].value = "Says <what>, not \\"why\\"";
    var out = document.createElement("pre"); out.id = "out"; out.textContent = JSON.stringify(review());
    document.body.appendChild(out);
    </script></body>"""
    page = tmp_path / "form.html"
    page.write_bytes(review_form(LOG, WORDS).content.replace(b"</body>", fill.encode()))
    command = [CHROMIUM, *QUIET, f"--user-data-dir={tmp_path}/profile", "--dump-dom", page.as_uri()]
    shown = subprocess.run(command, check=True, capture_output=True, timeout=120).stdout
    (saved,) = html.document_fromstring(shown).xpath("//pre[@id='out']/text()")
    review = read_review(saved.encode(), LOG, WORDS, TODAY)
    assert [entry.number for entry in review.decisions] == ["3.1", "3.5", "3.6"]
    assert review.decisions[2].reason == 'Says <what>, not "why"'
