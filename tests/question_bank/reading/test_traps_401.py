"""Traps 1-17 of assessment-practice.md section 4.6: City & Guilds 401."""

from talkthrough.question_bank.specification import SourceSpan, Specification, Unit
from tests.question_bank.reading.finders import criterion, findings, guidance, items, links, outcome


def test_trap_01_bold_techniques_of_1_4_has_no_guidance_and_is_reported(
    spec_401: Specification, unit_401: Unit
) -> None:
    assert criterion(unit_401, "1.4").guidance == ()
    assert [(each.line, each.text) for each in findings(spec_401, "term-without-guidance")] == [(18, "techniques")]


def test_trap_02_the_list_under_monitoring_techniques_belongs_to_1_2(unit_401: Unit) -> None:
    quantity, listed = criterion(unit_401, "1.2").guidance
    assert quantity.items == ()
    assert (listed.heading, listed.attached_by) == ("Monitoring techniques", "adjacent heading")
    assert items(listed)[0] == "listening to calls"
    assert len(listed.items) == 9


def test_trap_03_overlapping_lists_keep_equal_words_so_that_they_can_be_told(unit_401: Unit) -> None:
    monitoring = set(items(guidance(unit_401, "1.2", "Monitoring techniques")))
    sources = items(guidance(unit_401, "1.5", "Sources of information"))
    assert sources == ["sales figures", "returns/complaints figures", "achievement of targets, KPIs etc"]
    assert set(sources) <= monitoring


def test_trap_04_each_term_has_its_own_quantity(unit_401: Unit) -> None:
    asked = {each.number: (each.required_items, each.all_required) for each in unit_401.criteria if each.required_items}
    assert asked == {"1.2": (3, False), "1.5": (2, False), "4.1": (6, True)}


def test_trap_05_social_techniques_is_quoted_as_printed_and_flagged(spec_401: Specification, unit_401: Unit) -> None:
    heading = "Range of techniques to identify patterns and trends"
    assert items(guidance(unit_401, "1.6", heading)) == ["social techniques"]
    assert guidance(unit_401, "1.6", heading).is_open
    assert [each.line for each in findings(spec_401, "one-example")] == [52]


def test_trap_06_staff_nests_three_resources_on_one_line(unit_401: Unit) -> None:
    for number, line in (("1.1", 25), ("3.1", 127)):
        staff = guidance(unit_401, number, "Resources").items[1]
        assert staff.text == "staff- rotas, schedules, workloads"
        assert staff.children == ("rotas", "schedules", "workloads")
        assert staff.span == SourceSpan(line, line)


def test_trap_07_terms_defined_twice_are_scoped_by_outcome(unit_401: Unit) -> None:
    assert guidance(unit_401, "1.1", "Resources").span == SourceSpan(22, 26)
    assert guidance(unit_401, "3.1", "Resources").span == SourceSpan(124, 128)
    own = guidance(unit_401, "2.1", "Service offer").text or ""
    other = guidance(unit_401, "3.2", "Customer service offer").text or ""
    assert "ICS glossary" in own
    assert "ICS glossary" not in other


def test_trap_08_criteria_that_look_alike_are_kept_apart(unit_401: Unit) -> None:
    texts = [criterion(unit_401, number).text for number in ("2.5", "4.1", "4.3")]
    assert [text.split()[0] for text in texts] == ["communicate", "confirm", "communicate"]
    assert len(set(texts)) == 3


def test_trap_09_the_missing_star_of_outcome_2_is_kept_and_queried(spec_401: Specification, unit_401: Unit) -> None:
    name = "legislative and regulatory requirements"
    held = [
        method.workplace_held for each in unit_401.outcomes for method in each.evidence_methods if method.name == name
    ]
    assert held == [True, False, True, True, True]
    assert [(each.line, each.text) for each in findings(spec_401, "star-differs")] == [(100, name)]


def test_trap_10_outcome_1_in_html_reads_like_the_later_ones_in_markdown(unit_401: Unit) -> None:
    assert [each.printed_number for each in outcome(unit_401, "1").criteria] == [f"1.{n}" for n in range(1, 8)]
    assert criterion(unit_401, "1.2").text == (
        "assess the suitability of a range of methods to monitor customer service operations"
    )
    assert criterion(unit_401, "3.1").text == "allocate resources according to agreed priorities"
    assert {each.span for each in outcome(unit_401, "1").criteria} == {SourceSpan(18, 18)}


def test_trap_11_outcomes_are_found_by_their_text_whatever_the_heading_level(unit_401: Unit) -> None:
    assert [(each.printed_number, each.span.first) for each in unit_401.outcomes] == [
        ("1", 16),
        ("2", 69),
        ("3", 107),
        ("4", 154),
        ("5", 193),
    ]
    assert outcome(unit_401, "2").text == "be able to plan customer service operations"


def test_trap_12_split_and_fused_evidence_labels(unit_401: Unit) -> None:
    assert [len(each.evidence_methods) for each in unit_401.outcomes] == [6, 11, 11, 11, 11]
    headings = {heading for _, heading in links(unit_401)}
    assert not any(heading and "vidence" in heading for heading in headings)


def test_trap_13_escaped_stars_are_marks_and_the_note_that_explains_them_is_a_note(unit_401: Unit) -> None:
    names = [method.name for each in unit_401.outcomes for method in each.evidence_methods]
    assert not any("*" in name or "\\" in name for name in names)
    assert unit_401.notes[-1].text.startswith("*Internal/organisational documentation need not be held")
    assert unit_401.notes[-1].span == SourceSpan(223, 223)


def test_trap_14_the_note_printed_under_outcome_5_is_about_the_whole_unit(unit_401: Unit) -> None:
    assert any(note.text.startswith("Note: Here the candidate may prefer") for note in unit_401.notes)
    assert outcome(unit_401, "5").notes == ()
    assert all(each.guidance == () for each in outcome(unit_401, "5").criteria)


def test_trap_15_odd_wording_is_kept_verbatim(unit_401: Unit) -> None:
    assert "Upon completion of this unit. Learners will" in (unit_401.aim or "")
    assert any("will require to be backed" in note.text for note in unit_401.notes)
    assert [(link.code, link.title) for link in unit_401.nos_links] == [
        ("CFACSB13", "Plan, organise and control customer service operations"),
        ("CFACSD20", "Manage customer service performance"),
    ]


def test_trap_16_candidate_and_learner_are_both_kept_as_printed(unit_401: Unit) -> None:
    assert "Learners will" in (unit_401.aim or "")
    assert guidance(unit_401, "4.1", None).text == (
        "The candidate must ensure they confirm that staff understand all of the following:"
    )


def test_trap_17_list_items_that_are_phrases_are_kept_whole(unit_401: Unit) -> None:
    listed = items(guidance(unit_401, "1.2", "Monitoring techniques"))
    assert "getting direct feedback from customers" in listed
    assert "use of mystery shoppers" in listed
