"""The sampling list and the cohort bundle."""

import csv
import math
import random
import zipfile
from collections import Counter
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkthrough.storage.audit import digest
from talkthrough.storage.records.bundle import LIST_NAME, TooLargeError, bundle
from talkthrough.storage.records.model import RenderedFile
from talkthrough.storage.records.sampling import Sampleable, sampling_list

ENTRIES = st.lists(
    st.builds(
        Sampleable,
        st.integers(1, 500),
        st.sampled_from("ABCDE"),
        st.sampled_from(["X", "Y", None]),
        st.sampled_from(["practice", "mock"]),
    ),
    unique_by=lambda entry: entry.discussion,
    max_size=40,
)


@settings(max_examples=80, deadline=None)
@given(entries=ENTRIES, seed=st.text(max_size=5), share=st.floats(0, 1))
def test_every_assessor_and_method_is_sampled_and_the_list_is_no_longer_than_the_share_asks_for(entries, seed, share):
    sampled = [entry.entry for entry in sampling_list(entries, seed=seed, share=share)]
    for name in ("assessor", "method"):
        assert {getattr(entry, name) for entry in sampled} == {getattr(entry, name) for entry in entries}
    few = len({entry.assessor for entry in entries}) + len({entry.method for entry in entries})
    assert share * len(entries) <= len(sampled) <= max(math.ceil(share * len(entries)), few)
    assert len({entry.discussion for entry in sampled}) == len(sampled)


def test_a_tenth_of_forty_learners_with_one_log_each_is_four():
    entries = [Sampleable(number, f"L{number}", None, "mock") for number in range(40)]
    assert len(sampling_list(entries, seed="2026", share=0.1)) == 4


def test_the_share_is_spread_over_as_many_learners_as_it_can():
    entries = [Sampleable(number, "ABCD"[number % 4], "X", "mock") for number in range(40)]
    for share, learners in ((0.05, 2), (0.1, 4), (0.25, 4)):
        sampled = sampling_list(entries, seed="2026", share=share)
        assert len({entry.entry.learner for entry in sampled}) == learners
    counts = Counter(entry.entry.learner for entry in sampling_list(entries, seed="2026", share=0.25))
    assert sorted(counts.values()) == [2, 2, 3, 3]


@settings(max_examples=50, deadline=None)
@given(entries=ENTRIES, shuffled=st.randoms(use_true_random=False))
def test_the_list_depends_on_the_seed_and_not_on_the_order(entries, shuffled):
    other = list(entries)
    shuffled.shuffle(other)
    assert sampling_list(entries, seed="2026", share=0.3) == sampling_list(other, seed="2026", share=0.3)


def test_another_seed_draws_another_list():
    entries = [Sampleable(number, "A", "X", "mock") for number in range(1, 200)]
    assert sampling_list(entries, seed="a", share=0.1) != sampling_list(entries, seed="b", share=0.1)


def file(name, size, fill=b"x"):
    return RenderedFile(name, "text/plain", fill * size)


def contents(part):
    with zipfile.ZipFile(BytesIO(part.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_all_files_arrive_whole_and_listed_with_their_hash():
    files = [file(f"{number}.pdf", 1000 + number) for number in range(5)]
    (part,) = bundle(files, "cohort-a")
    held = contents(part)
    rows = list(csv.DictReader(StringIO(held.pop(LIST_NAME).decode("utf-8-sig"))))
    assert held == {entry.name: entry.content for entry in files}
    assert {row["file"]: row["sha256"] for row in rows} == {name: digest(content) for name, content in held.items()}
    assert part.name == "cohort-a_part1.zip"


@settings(max_examples=40, deadline=None)
@given(sizes=st.lists(st.integers(0, 20_000), min_size=1, max_size=12), seed=st.integers(0, 99))
def test_no_part_is_larger_than_allowed_and_nothing_is_lost(sizes, seed):
    noise = random.Random(seed)
    files = [RenderedFile(f"{number}.pdf", "", noise.randbytes(size)) for number, size in enumerate(sizes)]
    parts = list(bundle(files, "c", largest=30_000))
    assert all(len(part.content) <= 30_000 for part in parts)
    held = [content for part in parts for name, content in contents(part).items() if name != LIST_NAME]
    assert held == [entry.content for entry in files]


def test_two_files_of_one_name_both_arrive():
    (part,) = bundle([file("a.pdf", 1), file("a.pdf", 2)], "c")
    assert set(contents(part)) == {"a.pdf", "a-2.pdf", LIST_NAME}


def test_the_same_files_give_the_same_bytes():
    files = [file("a.pdf", 9), file("b.pdf", 8)]
    assert [part.content for part in bundle(files, "c")] == [part.content for part in bundle(files, "c")]


def test_a_file_that_fits_no_part_is_named():
    with pytest.raises(TooLargeError, match=r"big\.mp4 alone is larger"):
        list(bundle([file("big.mp4", 50_000)], "c", largest=30_000))
