"""Traps 38-52 of assessment-practice.md section 4.6: Pearson Unit 20."""

from talkthrough.question_bank.specification import Specification, Unit
from tests.question_bank.reading.finders import criterion, findings, outcome


def _demands(unit: Unit, number: str) -> str:
    return " ".join(note.text for note in criterion(unit, number).requirements)


def test_trap_38_an_unclosed_list_with_text_bullets_is_read(unit_20: Unit) -> None:
    assert [each.printed_number for each in outcome(unit_20, "1").criteria] == ["1.1", "1.2", "1.3"]
    assert criterion(unit_20, "1.2").text == "Explain how customer service systems and processes balance:"


def test_trap_39_sub_points_of_1_2_and_3_1_are_all_required(unit_20: Unit) -> None:
    assert criterion(unit_20, "1.2").sub_points == ("customer satisfaction", "financial considerations", "legislation")
    assert criterion(unit_20, "3.1").sub_points == (
        "the organisation's service offer",
        "customer expectations",
        "customer satisfaction",
    )
    assert [each.number for each in unit_20.criteria if each.all_required] == ["1.2", "3.1"]


def test_trap_40_the_table_head_repeated_at_a_page_break_is_dropped(unit_20: Unit) -> None:
    assert [each.number for each in unit_20.outcomes] == ["1", "2", "3", "4"]
    assert outcome(unit_20, "2").text.endswith("to support customer service")
    assert all("Assessment criteria" not in each.text for each in unit_20.criteria)


def test_trap_41_paired_criteria_share_their_guidance(unit_20: Unit) -> None:
    for first, second, line in (("2.3", "2.4", 109), ("3.2", "3.3", 113), ("3.4", "3.5", 115), ("4.1", "4.2", 119)):
        shared = criterion(unit_20, first).guidance
        assert shared == criterion(unit_20, second).guidance
        assert shared[0].span.first == line


def test_trap_42_what_the_guidance_adds_is_a_requirement_of_its_criterion(unit_20: Unit) -> None:
    assert "self-assessment" in _demands(unit_20, "2.1")
    assert "at least two different job roles" in _demands(unit_20, "2.1")
    assert criterion(unit_20, "2.1").required_items == 2
    assert "policies and procedures" in _demands(unit_20, "3.1")
    assert "drawing on examples" in _demands(unit_20, "3.6")
    assert "financial, reputational and health and safety risks" in _demands(unit_20, "4.3")
    assert "outline the steps" in _demands(unit_20, "4.4")


def test_trap_43_the_verb_of_the_criterion_wins_over_that_of_its_guidance(unit_20: Unit) -> None:
    assert criterion(unit_20, "1.1").verbs == ("evaluate",)
    assert "explain the relationship" in _demands(unit_20, "1.1")


def test_trap_44_content_is_kept_by_topic_and_not_tied_to_criteria(unit_20: Unit) -> None:
    assert [topic.outcome for topic in unit_20.content_topics] == ["1"] * 5 + ["2"] * 3 + ["3"] * 4 + ["4"] * 3
    assert unit_20.content_topics[13].heading == "Risk assessment"
    assert all(guidance.span.first >= 99 for each in unit_20.criteria for guidance in each.guidance)


def test_trap_45_systems_and_process_is_kept_verbatim(unit_20: Unit) -> None:
    assert "systems and process balance" in (criterion(unit_20, "1.2").guidance[0].text or "")
    assert "systems and processes balance" in criterion(unit_20, "1.2").text


def test_trap_46_names_of_bodies_that_have_changed_are_kept_and_flagged(spec_20: Specification) -> None:
    flagged = {(each.line, each.text) for each in findings(spec_20, "dated-name")}
    assert (53, "Financial Services Authority") in flagged
    assert (53, "Office of Rail Regulator") in flagged
    assert any("Financial Services Authority" in topic.text for topic in spec_20.units[0].content_topics)


def test_trap_47_an_obscure_phrase_is_kept_in_its_topic_only(unit_20: Unit) -> None:
    assert "loyalty schemes' assessment criteria" in unit_20.content_topics[-1].text
    assert all("loyalty schemes" not in each.text for each in unit_20.criteria)


def test_trap_48_the_bold_heading_in_the_content_is_outcome_4(unit_20: Unit) -> None:
    monitoring = next(topic for topic in unit_20.content_topics if topic.heading == "Monitoring")
    assert monitoring.outcome == "4"
    assert [each.printed_number for each in unit_20.outcomes] == ["1", "2", "3", "4"]


def test_trap_49_neither_discussion_nor_reflective_account_is_named(unit_20: Unit) -> None:
    assert [method.name for method in unit_20.evidence_methods] == [
        "written reports",
        "case studies",
        "records of activities undertaken",
        "presentations",
    ]
    assert all(each.evidence_methods == () for each in unit_20.outcomes)


def test_trap_50_theories_named_without_content_stay_in_the_topic_text(unit_20: Unit) -> None:
    assert "Adair, Peters, Kanter, Mintzberg" in unit_20.content_topics[1].text
    assert "Blake and Mouton" in unit_20.content_topics[2].text


def test_trap_51_delivery_notes_and_books_are_no_content(unit_20: Unit) -> None:
    kept = [topic.text for topic in unit_20.content_topics]
    assert not any("blended learning" in text or "ISBN" in text for text in kept)
    assert any("ISBN" in note.text for note in unit_20.resources)


def test_trap_52_guided_learning_hours_and_credits_are_kept_as_printed(unit_20: Unit, unit_401: Unit) -> None:
    assert (unit_20.glh, unit_20.credit_value) == (80, 8)
    assert (unit_401.glh, unit_401.credit_value) == (23, 7)
