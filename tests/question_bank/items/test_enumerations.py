import pytest

from talkthrough.question_bank.items.enumerations import enumerated


@pytest.mark.parametrize(
    ("text", "things"),
    [
        (
            "specify targets, objectives, key performance indicators (KPIs) and monitoring arrangements",
            ("targets", "objectives", "key performance indicators (KPIs)", "monitoring arrangements"),
        ),
        (
            "communicate objectives, targets, standards and procedures to staff.",
            ("objectives", "targets", "standards", "procedures"),
        ),
        (
            "communicate to staff their roles, responsibilities and work plans in line with delivery plans.",
            ("roles", "responsibilities", "work plans"),
        ),
        (
            "Define Specific, Measurable, Achievable, Realistic and Time-bound objectives for the award programme",
            ("Specific", "Measurable", "Achievable", "Realistic", "Time-bound"),
        ),
        (
            "Develop a plan that specifies roles, responsibilities, actions, resources, contingencies and timescales",
            ("roles", "responsibilities", "actions", "resources", "contingencies", "timescales"),
        ),
        (
            "Identify the implications of legal and regulatory requirements, codes of practice and ethical matters",
            ("legal and regulatory requirements", "codes of practice", "ethical matters"),
        ),
        (
            "Identify instances of effective customer service, shortfalls and gaps against agreed criteria",
            ("effective customer service", "shortfalls", "gaps"),
        ),
        (
            "Explain the relationship between staff training, experience, personality and customer service delivery",
            ("staff training", "experience", "personality", "customer service delivery"),
        ),
        (
            "keep records that are up to date, complete, accurate and legible",
            ("up to date", "complete", "accurate", "legible"),
        ),
        (
            "Outline the properties of two metals, with reference to strength, hardness and toughness",
            ("strength", "hardness", "toughness"),
        ),
        (
            "Specify targets, objectives, Key Performance Indicators (KPIs), monitoring and review arrangements",
            ("targets", "objectives", "Key Performance Indicators (KPIs)", "monitoring and review arrangements"),
        ),
    ],
)
def test_things_enumerated_in_a_criterion_are_read_as_printed(text, things):
    assert enumerated(text) == things


@pytest.mark.parametrize(
    "text",
    [
        "identify any contingencies that may occur, assess their risks and develop effective plans to deal with them",
        "the types of contingencies that may occur during operations, how to assess their risks and plan for them",
        "encourage feedback from staff and customers and use their feedback to modify objectives and targets",
        "monitor the implementation of the solution and, where necessary, make adjustments",
        "the different sources, including the internet and social media, and the opportunities they present",
        "explain techniques used to develop solutions to problems",
        "Takes ownership of work, shows respect, integrity and honesty.",
    ],
)
def test_steps_and_clauses_are_no_enumeration(text):
    assert enumerated(text) == ()
