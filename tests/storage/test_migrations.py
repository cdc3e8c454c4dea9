from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.pool import NullPool

from talkthrough.storage.database import database_url
from talkthrough.storage.migrations import configuration, migrate
from talkthrough.storage.tables import Table


def engine_of(url: str) -> Engine:
    return create_engine(database_url(url), poolclass=NullPool)


def test_an_empty_database_ends_up_with_exactly_the_tables_of_the_model(empty_url: str) -> None:
    migrate(empty_url)
    with engine_of(empty_url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Table.metadata) == []
        assert set(inspect(connection).get_table_names()) == {*Table.metadata.tables, "alembic_version"}


def test_constraints_have_the_names_that_later_migrations_rely_on(empty_url: str) -> None:
    migrate(empty_url)
    with engine_of(empty_url).connect() as connection:
        found = inspect(connection)
        for name, table in Table.metadata.tables.items():
            assert found.get_pk_constraint(name)["name"] == f"pk_{name}"
            expected = {key.constraint.name for key in table.foreign_keys if key.constraint is not None}
            assert {key["name"] for key in found.get_foreign_keys(name)} == expected


def test_migrating_again_changes_nothing(empty_url: str) -> None:
    migrate(empty_url)
    with engine_of(empty_url).begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO cohort (name, time_zone, unit_keys, created_at) VALUES ('a', 'b', '[]', '2026-01-01 00:00:00')"
        )
    migrate(empty_url)
    with engine_of(empty_url).connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM cohort").scalar_one() == "a"


def test_the_way_down_leaves_nothing_behind(empty_url: str) -> None:
    migrate(empty_url)
    command.downgrade(configuration(empty_url), "base")
    with engine_of(empty_url).connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]


def test_a_folder_with_spaces_and_percent_signs_can_hold_the_database(tmp_path: Path) -> None:
    folder = tmp_path / "Kim's 100% data"
    folder.mkdir()
    migrate(f"sqlite:///{folder / 'talkthrough.db'}")
    assert (folder / "talkthrough.db").stat().st_size > 0


@pytest.mark.parametrize("name", ["env.py", "script.py.mako", "versions"])
def test_the_revisions_travel_inside_the_package(name: str) -> None:
    script_location = configuration("sqlite://").get_main_option("script_location")
    assert script_location is not None
    assert (Path(script_location) / name).exists()
