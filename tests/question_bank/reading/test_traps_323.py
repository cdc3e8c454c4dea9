"""Traps 53-70 of assessment-practice.md section 4.6: City & Guilds 323."""

from talkthrough.question_bank.specification import SourceSpan, Unit
from tests.question_bank.reading.finders import criterion, guidance, items, outcome


def test_trap_53_six_criteria_on_one_line_are_split(unit_323: Unit) -> None:
    first = outcome(unit_323, "1")
    assert [each.printed_number for each in first.criteria] == [f"1.{n}" for n in range(1, 7)]
    assert first.criteria[3].text == "explain different ways of segmenting customer groups"
    assert {each.span for each in first.criteria} == {SourceSpan(18, 18)}


def test_trap_54_without_bold_the_heading_is_matched_in_the_text(unit_323: Unit) -> None:
    for number in ("1.1", "1.2", "1.3", "1.5"):
        assert {each.attached_by for each in criterion(unit_323, number).guidance} == {"named in the criterion"}


def test_trap_55_customer_segmentation_serves_1_4_and_1_5(unit_323: Unit) -> None:
    both = [criterion(unit_323, number).guidance for number in ("1.4", "1.5")]
    assert [[each.heading for each in found] for found in both] == [["Customer segmentation"]] * 2


def test_trap_56_later_outcomes_inherit_definitions_with_their_origin(unit_323: Unit) -> None:
    shown = criterion(unit_323, "2.1").guidance
    assert [(each.heading, each.display_only) for each in shown] == [("Needs", True), ("Expectations", True)]
    journey = guidance(unit_323, "2.2", "Customer journey")
    assert (journey.display_only, journey.attached_by) == (False, "defined in outcome 1")


def test_trap_57_overlapping_lists_keep_their_own_words(unit_323: Unit) -> None:
    workloads = items(guidance(unit_323, "2.5", "Unexpected additional workloads"))
    failure = items(guidance(unit_323, "2.6", "Service failure"))
    assert set(workloads) & set(failure) == {"IT failure", "human error"}
    assert "customer complaints" in workloads
    assert "customer complaint" in failure


def test_trap_58_one_bold_phrase_is_served_by_two_headings(unit_323: Unit) -> None:
    found = [(each.heading, each.text) for each in criterion(unit_323, "2.3").guidance]
    assert found == [("Systems", "Processes and procedures."), ("Structures", "Roles and responsibilities.")]


def test_trap_59_headings_without_a_colon_and_eg_alone_on_a_line(unit_323: Unit) -> None:
    for number, heading in (
        ("2.4", "Resources"),
        ("2.5", "Unexpected additional workloads"),
        ("2.6", "Service failure"),
    ):
        found = guidance(unit_323, number, heading)
        assert found.is_open
        assert found.text is None
    segmentation = guidance(unit_323, "1.4", "Customer segmentation")
    assert segmentation.is_open
    assert segmentation.text == "Is the division of customers into groups according to eg"


def test_trap_60_customer_service_delivery_is_scoped_to_outcome_3(unit_323: Unit) -> None:
    for number in ("3.3", "3.4"):
        assert items(guidance(unit_323, number, "Customer service delivery")) == [
            "behaviour",
            "style",
            "tone of voice",
            "body language",
        ]
    for each in outcome(unit_323, "1").criteria:
        assert all(found.heading != "Customer service delivery" for found in each.guidance)


def test_trap_61_resources_of_323_are_not_those_of_401(unit_323: Unit, unit_401: Unit) -> None:
    own = items(guidance(unit_323, "2.4", "Resources"))
    assert own == ["staff", "rotas", "schedules", "documents", "marketing materials"]
    assert own != items(guidance(unit_401, "1.1", "Resources"))


def test_trap_62_outcome_1_names_no_reflective_account_and_outcome_2_no_questioning(unit_323: Unit) -> None:
    names = [{method.name.rstrip(".") for method in each.evidence_methods} for each in unit_323.outcomes]
    assert "reflective account" not in names[0]
    assert "questioning" not in names[1]
    assert {"reflective account", "questioning", "professional discussion"} <= names[2]


def test_trap_63_lists_without_eg_are_not_marked_open(unit_323: Unit) -> None:
    promoting = guidance(unit_323, "1.1", "Methods of promoting products and/or services")
    involved = guidance(unit_323, "1.2", "Who should be involved")
    assert (len(promoting.items), promoting.is_open) == (6, False)
    assert (len(involved.items), involved.is_open) == (4, False)


def test_trap_64_standards_run_together_in_one_cell_are_split(unit_323: Unit) -> None:
    assert [(link.code, link.title) for link in unit_323.nos_links] == [
        ("CFACSB10", "Organise the delivery of reliable customer service"),
        ("CFACSB2", "Deliver reliable customer service"),
    ]


def test_trap_65_quotes_with_inner_spaces_name_the_same_term(unit_323: Unit) -> None:
    assert criterion(unit_323, "1.6").text == 'explain how to analyse the " customer journey ".'
    assert criterion(unit_323, "1.6").guidance[0].heading == "Customer journey"
    assert criterion(unit_323, "2.2").guidance[0].heading == "Customer journey"


def test_trap_66_the_observation_is_a_requirement_of_the_unit(unit_323: Unit) -> None:
    (rule,) = unit_323.requirements
    assert "must be observed at least on one occasion" in rule.text
    assert rule.span == SourceSpan(191, 191)
    assert all(each.required_items is None for each in unit_323.criteria)


def test_trap_67_the_star_note_at_the_very_end_is_read(unit_323: Unit) -> None:
    assert unit_323.notes[-1].text.startswith("*Internal/organisational documentation")
    assert unit_323.notes[-1].text.endswith("its relevance to the criteria.")


def test_trap_68_the_outer_verb_counts(unit_323: Unit) -> None:
    assert criterion(unit_323, "1.6").verbs == ("explain",)


def test_trap_69_odd_wording_is_kept_verbatim(unit_323: Unit) -> None:
    listed = items(guidance(unit_323, "1.1", "Methods of promoting products and/or services"))
    assert listed[3:] == ["Internet", "PR", "through offers"]


def test_trap_70_evidence_lists_broken_by_blank_lines_stay_whole(unit_323: Unit) -> None:
    assert [len(each.evidence_methods) for each in unit_323.outcomes] == [3, 12, 13]
    assert outcome(unit_323, "3").evidence_methods[-1].name == "appraisal."
    assert outcome(unit_323, "2").evidence_methods[7].name == "customer journey 'map'."
