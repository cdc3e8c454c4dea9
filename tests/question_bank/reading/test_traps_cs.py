"""Traps 18-37 of assessment-practice.md section 4.6: the Skills CFA draft units CS 37 to CS 47."""

from talkthrough.question_bank.specification import SourceSpan, Specification
from tests.question_bank.reading.finders import criterion, cs_unit, findings, outcome


def test_trap_18_a_reviewers_note_that_begins_with_1_4_is_no_criterion(spec_cs: Specification) -> None:
    unit = cs_unit(spec_cs, 45)
    assert criterion(unit, "1.4").text == "Identify the functionality and features of external social media tools"
    assert [note.text for note in outcome(unit, "1").notes] == ["1.4 requires definitions in the guidance"]
    assert 726 in [each.line for each in findings(spec_cs, "note-among-criteria")]


def test_trap_19_the_third_outcome_of_cs_45_is_printed_as_1(spec_cs: Specification) -> None:
    unit = cs_unit(spec_cs, 45)
    third = outcome(unit, "3")
    assert third.printed_number == "1"
    assert third.text == "Be able to promote the benefits of social media networking to customer service"
    assert [(each.number, each.printed_number) for each in third.criteria] == [
        (f"3.{n}", f"1.{n}") for n in range(1, 7)
    ]
    assert [each.line for each in findings(spec_cs, "outcome-number-repeated")] == [748]


def test_trap_20_cs_47_is_blank_and_says_so(spec_cs: Specification) -> None:
    unit = cs_unit(spec_cs, 47)
    assert unit.outcomes == ()
    assert unit.title == "Competence-based synoptic unit"
    assert [each.line for each in findings(spec_cs, "blank-unit")] == [869]


def test_trap_21_a_criterion_broken_over_two_lines_is_joined(spec_cs: Specification) -> None:
    broken = criterion(cs_unit(spec_cs, 38), "2.1")
    assert broken.text == "Monitor developments to identify issues that are important to customer service"
    assert broken.span == SourceSpan(131, 132)


def test_trap_22_remarks_in_the_reference_field_are_notes(spec_cs: Specification) -> None:
    for number, start in (
        (39, "This unit should be optional because"),
        (43, "This unit should be"),
        (45, "See M&L suite"),
    ):
        unit = cs_unit(spec_cs, number)
        assert unit.reference is None
        assert unit.notes[0].text.startswith(start)
    assert [each.line for each in findings(spec_cs, "not-a-reference")] == [200, 562, 715]


def test_trap_23_an_unclear_level_is_kept_as_printed(spec_cs: Specification) -> None:
    assert cs_unit(spec_cs, 42).level == "4 or 5?"
    assert [each.line for each in findings(spec_cs, "level-unclear")] == [471]


def test_trap_24_see_notes_on_previous_unit_is_a_note_of_the_outcome(spec_cs: Specification) -> None:
    third = outcome(cs_unit(spec_cs, 40), "3")
    assert [note.text for note in third.notes] == ["See notes on previous unit"]
    assert len(third.criteria) == 6


def test_trap_25_reviewers_comments_belong_to_no_unit(spec_cs: Specification) -> None:
    assert [(note.span.first, note.text[:15]) for note in spec_cs.notes] == [
        (933, "Is this the cor"),
        (936, "I think some of"),
        (939, "For others more"),
        (942, "As above"),
    ]
    assert cs_unit(spec_cs, 47).notes == ()


def test_trap_26_criteria_with_and_without_a_leading_tab_are_read_alike(spec_cs: Specification) -> None:
    first = outcome(cs_unit(spec_cs, 37), "1")
    assert first.text == "Understand the management of customer service operations"
    assert first.criteria[0].text == "Explain the basis for the allocation of resources"
    assert first.criteria[1].text == "Analyse the suitability of a range of monitoring methods"


def test_trap_27_title_begins_a_unit_even_with_a_leading_space(spec_cs: Specification) -> None:
    assert len(spec_cs.units) == 11
    assert spec_cs.units[0].title == "Manage customer service operations"
    assert spec_cs.units[0].span.first == 1


def test_trap_28_blank_fields_are_none(spec_cs: Specification) -> None:
    for unit in spec_cs.units:
        assert (unit.credit_value, unit.glh, unit.reference, unit.aim) == (None, None, None, None)
        assert unit.nos_links == ()


def test_trap_29_spaces_at_the_end_go_and_quotes_and_dashes_stay(spec_cs: Specification) -> None:
    unit = cs_unit(spec_cs, 37)
    assert criterion(unit, "3.1").text == "Allocate resources according to agreed priorities"
    assert "“seamless”" in criterion(unit, "1.3").text
    assert "social media  networks" in outcome(cs_unit(spec_cs, 46), "3").text


def test_trap_30_near_duplicates_live_in_their_own_units(spec_cs: Specification) -> None:
    in_39, in_40 = criterion(cs_unit(spec_cs, 39), "1.2"), criterion(cs_unit(spec_cs, 40), "3.2")
    assert in_39.text == in_40.text
    assert criterion(cs_unit(spec_cs, 39), "1.5").text != criterion(cs_unit(spec_cs, 40), "3.5").text
    assert in_39.span != in_40.span


def test_trap_31_a_range_in_brackets_is_listed_and_an_abbreviation_is_not(spec_cs: Specification) -> None:
    unit = cs_unit(spec_cs, 37)
    assert criterion(unit, "4.4").inline_items == (
        "resources",
        "staff training",
        "standards",
        "systems",
        "processes",
        "products or services",
        "service offer",
    )
    assert criterion(unit, "4.5").inline_items == ("historical data", "competitor performance", "industry norms")
    assert criterion(unit, "2.4").inline_items == ()


def test_trap_32_thinking_verbs_in_competence_outcomes(spec_cs: Specification) -> None:
    thinking = {
        42: ("2.1", "2.7"),
        45: ("3.1", "3.2", "3.3"),
        41: ("2.3",),
        44: ("2.1", "2.2", "2.3"),
        38: ("2.2",),
    }
    for unit, numbers in thinking.items():
        kinds = {criterion(cs_unit(spec_cs, unit), number).kind for number in numbers}
        assert kinds == {"competence-thinking"}
    assert criterion(cs_unit(spec_cs, 42), "2.8").kind == "competence-doing"


def test_trap_33_cs_40_is_a_knowledge_unit_in_a_competence_suite(spec_cs: Specification) -> None:
    unit = cs_unit(spec_cs, 40)
    assert {each.kind for each in unit.outcomes} == {"knowledge"}
    assert {each.kind for each in unit.criteria} == {"knowledge"}


def test_trap_34_the_units_are_a_draft(spec_cs: Specification, spec_401: Specification) -> None:
    assert {unit.status for unit in spec_cs.units} == {"draft"}
    assert spec_401.units[0].status == "published"


def test_trap_35_smart_is_spelt_out_only_where_it_is_printed(spec_cs: Specification, spec_20: Specification) -> None:
    assert "Specific, Measurable, Achievable" in criterion(cs_unit(spec_cs, 43), "2.1").text
    assert "SMART" not in criterion(cs_unit(spec_cs, 43), "2.1").text
    assert any("SMART team objectives" in topic.text for topic in spec_20.units[0].content_topics)


def test_trap_36_the_old_word_element_is_kept_and_still_begins_the_evidence_list(
    spec_cs: Specification, spec_323: Specification
) -> None:
    assert "element 2 above" in spec_cs.notes[1].text
    assert len(outcome(spec_323.units[0], "1").evidence_methods) == 3


def test_trap_37_odd_grammar_is_kept_verbatim(spec_cs: Specification) -> None:
    text = criterion(cs_unit(spec_cs, 44), "2.1").text
    assert text == "Review the effectiveness of customer service delivery in context of the use of technology"
