import json

import pytest
from fsrs import ReviewLog

from talkthrough.scheduler.review_log import as_csv, as_json, read_log

HEAD = "card_id,review_rating,review_time,review_duration\n"
OWN = read_log(
    (HEAD + "b/list-1,3,2026-07-02T02:30:00+00:00,\na/list-2,1,2026-07-01T10:00:00+01:00,2500\n").splitlines(),
    "Europe/London",
)


def test_a_log_is_read_in_order_of_time_on_local_days():
    assert [(review.card, review.rating, review.seconds) for review in OWN] == [
        ("a/list-2", 1, 2.5),
        ("b/list-1", 3, None),
    ]
    assert OWN[0].day == OWN[1].day  # half past three in the morning, local time, is still yesterday


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("card,rating\n", "lacks the columns card_id, review_rating, review_time"),
        (HEAD + "a,3,yesterday,\n", "Line 2"),
        (HEAD + "a\n", "Line 2"),
        (HEAD + "a,7,2026-07-01T10:00:00+00:00,\n", "Ratings are 1 to 4"),
        (HEAD + "a,3,2026-07-01T10:00:00,\n", "time zone"),
    ],
)
def test_a_file_that_is_no_log_is_explained(text, says):
    with pytest.raises(ValueError, match=says):
        read_log(text.splitlines(), "Europe/London")


def test_the_csv_of_a_learner_is_read_back_the_same_but_for_card_numbers():
    back = read_log(as_csv(OWN).splitlines(), "Europe/London")
    assert [(review.card, review.rating, review.at, review.seconds) for review in back] == [
        ("1", OWN[0].rating, OWN[0].at, OWN[0].seconds),
        ("2", OWN[1].rating, OWN[1].at, OWN[1].seconds),
    ]
    assert as_csv(OWN).splitlines()[1] == "1,1,2026-07-01T09:00:00+00:00,2500,a/list-2"


def test_the_json_of_a_learner_is_read_by_the_fsrs_library():
    logs = [ReviewLog.from_dict(each) for each in json.loads(as_json(OWN))]
    assert [(log.card_id, log.rating, log.review_datetime, log.review_duration) for log in logs] == [
        (1, 1, OWN[0].at, 2500),
        (2, 3, OWN[1].at, None),
    ]
