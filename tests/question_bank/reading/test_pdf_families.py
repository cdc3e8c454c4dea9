"""Other families as PDF tables: graded grids, statements with codes in a column of their own, centred cells."""

import typst

from talkthrough.question_bank.reading import read_bytes
from talkthrough.question_bank.specification import Specification
from tests.question_bank.reading.finders import read_as

PAGE = "#set page(height: 130mm, header: [Invented handbook], footer: context [#counter(page).display()])\n"


def _read(body: str) -> Specification:
    return read_bytes(bytes(typst.compile(f"{PAGE}{body}".encode())), "unit.pdf")


def test_a_ruled_grid_of_learning_aims_with_merged_cells() -> None:
    specification = _read(
        "= Unit 3: Kitchens\nLevel: 2\n\n== Assessment criteria\n#table(columns: (1fr, 1fr, 1fr), [*Pass*], [*Merit*], "
        "[*Distinction*], table.cell(colspan: 3)[*Learning aim A: Explore how a kitchen is run*],\n"
        "[2A.P1 Describe two kitchen roles in a large hotel and a small café], [2A.M1 Compare two kitchen roles], "
        "table.cell(rowspan: 2)[2A.D1 Evaluate how roles work together],\n[2A.P2 Outline "
        "the hours], [2A.M2 Explain the hours])\n"
        "== Essential information\n2A.P1 Learners must describe roles.\n"
    )
    assert read_as(specification) == [
        (
            "A",
            "Explore how a kitchen is run",
            [
                ("2A.P1", "Describe two kitchen roles in a large hotel and a small café"),
                ("2A.M1", "Compare two kitchen roles"),
                ("2A.D1", "Evaluate how roles work together"),
                ("2A.P2", "Outline the hours"),
                ("2A.M2", "Explain the hours"),
            ],
        )
    ]


def test_statements_with_their_codes_in_a_column_of_their_own() -> None:
    columns = "#table(columns: (auto, 1fr, auto), [*Ref*], [*Statement*], [*Method*],"
    specification = _read(
        f"= Pool attendant\nReference: ST0777\n\n== Knowledge\n{columns} [K1], [The "
        f"tests of pool water, including pH, chlorine "
        f"and temperature, and why each matters to bathers], [Interview], [K2], "
        f"[Limits], [Test])\n== Skills\n{columns} [S1], "
        f"[Test the water], [Observation])\n"
    )
    long = "The tests of pool water, including pH, chlorine and temperature, and why each matters to bathers"
    assert read_as(specification) == [
        (None, "Knowledge", [("K1", long), ("K2", "Limits")]),
        (None, "Skills", [("S1", "Test the water")]),
    ]
    assert (specification.units[0].title, specification.units[0].reference) == ("Pool attendant", "ST0777")


def test_outcomes_centred_beside_their_criteria_without_rules() -> None:
    specification = _read(
        "= Unit 4: Pools\n#set table(align: horizon)\n#table(columns: (1fr, 2fr), stroke: none, [*Learning outcomes*], "
        "[*Assessment criteria*],\n[1. Know pools], [1.1 Describe a pool\n\n1.2 "
        "Explain a filter in terms of its parts and how "
        "they work together in a public pool\n\n1.3 State limits],\n[2. Be able to clean a pool], [2.1 Clean a pool\n\n"
        "2.2 Tell KPMG and the manager of the result, and the time at which it was taken by the team])\n"
    )
    assert read_as(specification) == [
        (
            "1",
            "Know pools",
            [
                ("1.1", "Describe a pool"),
                ("1.2", "Explain a filter in terms of its parts and how they work together in a public pool"),
                ("1.3", "State limits"),
            ],
        ),
        (
            "2",
            "Be able to clean a pool",
            [
                ("2.1", "Clean a pool"),
                ("2.2", "Tell KPMG and the manager of the result, and the time at which it was taken by the team"),
            ],
        ),
    ]
