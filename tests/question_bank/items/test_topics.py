import pytest

from talkthrough.question_bank.items.topics import several_things


@pytest.mark.parametrize(
    ("text", "verb", "named"),
    [
        ("assess the suitability of a range of methods to monitor customer service operations", "assess", "methods"),
        ("explain how different methods of promoting products impact on customer service", "explain", "methods"),
        ("Analyse the criteria for and factors involved in setting standards", "analyse", "criteria"),
        ("Identify the nature of the risks attached to the use of social media", "identify", "risks"),
        ("Explain the basis for the allocation of resources", "explain", ""),
        ("Analyse the value of customer loyalty", "analyse", ""),
        ("Explain how to construct samples that are representative", "explain", ""),
    ],
)
def test_the_plural_that_a_criterion_is_about(text, verb, named):
    assert several_things(text, verb) == named
