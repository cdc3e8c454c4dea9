"""The five published documents, exactly (assessment-practice.md section 4.2)."""

from talkthrough.question_bank.specification import EvidenceMethod, Specification, Unit
from tests.question_bank.reading.finders import criterion, links

CRITERIA_PER_OUTCOME = {
    "401": (7, 5, 8, 3, 5),
    "CS 37": (7, 5, 7, 5),
    "CS 38": (6, 4, 7),
    "CS 39": (7, 5, 4),
    "CS 40": (7, 6, 6, 6),
    "CS 41": (7, 3, 6, 5),
    "CS 42": (6, 8),
    "CS 43": (4, 5, 3),
    "CS 44": (3, 4, 5),
    "CS 45": (6, 8, 6),
    "CS 46": (5, 6, 4),
    "CS 47": (),
    "20": (3, 4, 6, 5),
    "323": (6, 6, 4),
    "CFACSB13": (4, 8, 5, 11),
}


def _units(specifications: tuple[Specification, ...]) -> list[Unit]:
    return [unit for specification in specifications for unit in specification.units]


def _evidence(unit: Unit) -> list[EvidenceMethod]:
    return [*unit.evidence_methods, *(method for outcome in unit.outcomes for method in outcome.evidence_methods)]


def test_every_unit_has_its_criteria_per_outcome(all_five: tuple[Specification, ...]) -> None:
    read = {unit.number: tuple(len(outcome.criteria) for outcome in unit.outcomes) for unit in _units(all_five)}
    assert read == CRITERIA_PER_OUTCOME


def test_there_are_15_units_48_outcomes_and_266_criteria(all_five: tuple[Specification, ...]) -> None:
    units = _units(all_five)
    assert len(units) == 15
    assert sum(len(unit.outcomes) for unit in units) == 48
    assert sum(len(unit.criteria) for unit in units) == 266


def test_there_are_63_guidance_items(all_five: tuple[Specification, ...]) -> None:
    listed = {
        (unit.number, item.span.first, item.text)
        for unit in _units(all_five)
        for each in unit.criteria
        for guidance in each.guidance
        for item in guidance.items
    }
    assert len(listed) == 63


def test_there_are_44_links_between_criteria_and_guidance(all_five: tuple[Specification, ...]) -> None:
    counts = {unit.number: len(links(unit)) for unit in _units(all_five) if links(unit)}
    assert counts == {"401": 9, "323": 17, "20": 18}


def test_there_are_82_evidence_methods_of_which_34_may_stay_at_work(all_five: tuple[Specification, ...]) -> None:
    methods = [method for unit in _units(all_five) for method in _evidence(unit)]
    assert len(methods) == 82
    assert sum(method.workplace_held for method in methods) == 34


def test_quantities_asked_for(unit_401: Unit, unit_20: Unit, all_five: tuple[Specification, ...]) -> None:
    asked = {
        (unit.number, each.number): each.required_items
        for unit in _units(all_five)
        for each in unit.criteria
        if each.required_items
    }
    assert asked == {("401", "1.2"): 3, ("401", "1.5"): 2, ("401", "4.1"): 6, ("20", "2.1"): 2}
    assert criterion(unit_401, "4.1").all_required


def test_links_of_401_are_the_marked_terms_only(unit_401: Unit) -> None:
    assert links(unit_401) == [
        ("1.1", "Resources"),
        ("1.2", "Methods to monitor customer service operations"),
        ("1.2", "Monitoring techniques"),
        ("1.5", "Sources of information"),
        ("1.6", "Range of techniques to identify patterns and trends"),
        ("2.1", "Service offer"),
        ("3.1", "Resources"),
        ("3.2", "Customer service offer"),
        ("4.1", None),
    ]


def test_links_of_323_are_the_named_and_marked_terms(unit_323: Unit) -> None:
    assert links(unit_323) == [
        ("1.1", "Methods of promoting products and/or services"),
        ("1.2", "Who should be involved"),
        ("1.3", "Wants"),
        ("1.3", "Needs"),
        ("1.3", "Expectations"),
        ("1.4", "Customer segmentation"),
        ("1.5", "Customer segmentation"),
        ("1.6", "Customer journey"),
        ("2.2", "Customer journey"),
        ("2.3", "Systems"),
        ("2.3", "Structures"),
        ("2.4", "Resources"),
        ("2.5", "Unexpected additional workloads"),
        ("2.6", "Service failure"),
        ("3.1", "Organisational objectives"),
        ("3.3", "Customer service delivery"),
        ("3.4", "Customer service delivery"),
    ]


def test_front_matter_of_the_three_numbered_units(unit_401: Unit, unit_323: Unit, unit_20: Unit) -> None:
    front = [
        (unit.number, unit.reference, unit.level, unit.credit_value, unit.glh, unit.title)
        for unit in (unit_401, unit_323, unit_20)
    ]
    assert front == [
        ("401", "M/506/2898", "4", 7, 23, "Manage customer service operations"),
        ("323", "L/506/2150", "3", 5, 27, "Organise and deliver customer service"),
        ("20", "A/506/4217", "4", 8, 80, "Principles of Customer Service Management"),
    ]
    assert all(unit.aim and unit.aim.startswith("This unit") for unit in (unit_401, unit_323, unit_20))


def test_the_issuer_is_who_the_document_says_wrote_or_submitted_it(all_five: tuple[Specification, ...]) -> None:
    issuers = {unit.label: unit.issuer for unit in _units(all_five)}
    assert {label for label, issuer in issuers.items() if issuer is None} == {"Unit 401", "Unit 323", "Unit 20"}
    assert set(issuers.values()) == {None, "Skills CFA"}


def test_no_awarding_body_is_invented(all_five: tuple[Specification, ...]) -> None:
    assert {unit.awarding_body for unit in _units(all_five)} == {None}


def test_every_part_lies_on_lines_of_its_document(all_five: tuple[Specification, ...]) -> None:
    for unit in _units(all_five):
        for each in unit.criteria:
            assert unit.span.first <= each.span.first <= each.span.last <= unit.span.last


def test_numbers_are_unique_in_each_unit(all_five: tuple[Specification, ...]) -> None:
    for unit in _units(all_five):
        numbers = [each.number for each in unit.criteria]
        assert len(set(numbers)) == len(numbers)


def test_no_line_of_the_five_documents_is_left_unread(all_five: tuple[Specification, ...]) -> None:
    assert [finding for each in all_five for finding in each.findings if finding.code == "not-read"] == []


def test_counts_of_first_verbs_agree_with_the_count_by_hand(all_five: tuple[Specification, ...]) -> None:
    """assessment-practice.md section 3.1 counts the criteria of the units (the standard's P statements apart)."""
    first = [
        each.verbs[0] for unit in _units(all_five) if unit.number != "CFACSB13" for each in unit.criteria if each.verbs
    ]
    by_hand = {"identify": 21, "define": 4, "describe": 3, "explain": 48, "analyse": 38, "assess": 7, "appraise": 3}
    by_hand |= {"evaluate": 24, "review": 1, "recommend": 1, "specify": 6, "develop": 12, "articulate": 2}
    assert {verb: first.count(verb) for verb in by_hand} == by_hand
