"""Traps 71-78 of assessment-practice.md section 4.6: the National Occupational Standard CFACSB13."""

from talkthrough.question_bank.specification import Specification, Unit
from tests.question_bank.reading.finders import criterion, findings


def test_trap_71_the_star_after_you_must_be_able_to_is_no_workplace_star(standard: Unit) -> None:
    assert standard.evidence_methods == ()
    assert all(each.evidence_methods == () for each in standard.outcomes)
    assert all("must be able to" not in each.text for each in standard.criteria)


def test_trap_72_statements_of_a_standard_have_no_level_and_knowledge_has_no_verb(standard: Unit) -> None:
    assert (standard.level, standard.credit_value, standard.glh) == (None, None, None)
    knowledge = [each for each in standard.criteria if each.number.startswith("K")]
    assert len(knowledge) == 11
    assert all(each.verbs == () and each.kind == "knowledge" for each in knowledge)


def test_trap_73_repeated_page_heads_are_dropped(standard: Unit) -> None:
    assert standard.title == "Plan, organise and control customer service operations"
    kept = [note.text for note in standard.notes] + [each.text for each in standard.criteria]
    assert "CFACSB13" not in kept
    assert standard.title not in kept


def test_trap_74_group_headings_are_outcomes_and_indented_bullets_are_read(standard: Unit) -> None:
    assert [(each.text, len(each.criteria)) for each in standard.outcomes] == [
        ("Plan customer service operations", 4),
        ("Supervise customer service operations", 8),
        ("Deal with problems relating to customer service operations", 5),
        ("Knowledge and understanding", 11),
    ]
    assert [each.printed_number for each in standard.outcomes] == [None] * 4
    assert [each.number for each in standard.criteria[:17]] == [f"P{n}" for n in range(1, 18)]


def test_trap_75_the_review_date_is_flagged(spec_nos: Specification, standard: Unit) -> None:
    assert [(each.line, each.text) for each in findings(spec_nos, "review-date")] == [(80, "January 2016")]
    assert "Validity Current" in [note.text for note in standard.notes]


def test_trap_76_facts_without_a_colon_are_read_by_their_known_names(standard: Unit) -> None:
    kept = [note.text for note in standard.notes]
    assert "Version number 2" in kept
    assert standard.reference == "CFACSB13"


def test_trap_77_compound_statements_have_all_their_verbs(standard: Unit) -> None:
    assert criterion(standard, "P3").verbs == ("identify", "assess", "develop")
    assert criterion(standard, "P9").verbs == ("encourage", "use")


def test_trap_78_the_wording_of_the_overview_is_kept_verbatim(standard: Unit) -> None:
    assert "Customer Service Theme of Delivery" in standard.notes[0].text
