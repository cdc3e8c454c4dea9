"""The five real documents, read once."""

from pathlib import Path

import pytest

from talkthrough.question_bank.reading import read_text
from talkthrough.question_bank.specification import Specification, Unit

SAMPLES = Path(__file__).resolve().parents[3] / "samples"


def read_sample(name: str) -> Specification:
    path = SAMPLES / name
    return read_text(path.read_text(encoding="utf-8"), path.name)


@pytest.fixture(scope="session")
def spec_401() -> Specification:
    return read_sample("city-and-guilds-401.txt")


@pytest.fixture(scope="session")
def spec_323() -> Specification:
    return read_sample("city-and-guilds-323.txt")


@pytest.fixture(scope="session")
def spec_cs() -> Specification:
    return read_sample("skills-cfa-cs-37-to-47-draft.txt")


@pytest.fixture(scope="session")
def spec_20() -> Specification:
    return read_sample("pearson-unit-20.txt")


@pytest.fixture(scope="session")
def spec_nos() -> Specification:
    return read_sample("nos-cfacsb13.txt")


@pytest.fixture(scope="session")
def all_five(
    spec_401: Specification,
    spec_323: Specification,
    spec_cs: Specification,
    spec_20: Specification,
    spec_nos: Specification,
) -> tuple[Specification, ...]:
    return (spec_401, spec_cs, spec_20, spec_323, spec_nos)


@pytest.fixture(scope="session")
def unit_401(spec_401: Specification) -> Unit:
    return spec_401.units[0]


@pytest.fixture(scope="session")
def unit_323(spec_323: Specification) -> Unit:
    return spec_323.units[0]


@pytest.fixture(scope="session")
def unit_20(spec_20: Specification) -> Unit:
    return spec_20.units[0]


@pytest.fixture(scope="session")
def standard(spec_nos: Specification) -> Unit:
    return spec_nos.units[0]
