"""Run by Alembic. To make a revision after tables.py changed, see CONTRIBUTING.md."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from talkthrough.storage.database import database_url
from talkthrough.storage.tables import Table


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write SQLModel's types as the plain types they are, so that revisions do not depend on SQLModel."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


engine = create_engine(database_url(context.config.attributes["url"]), poolclass=NullPool, hide_parameters=True)
with engine.connect() as connection:
    context.configure(
        connection=connection, target_metadata=Table.metadata, render_as_batch=True, render_item=render_item
    )
    with context.begin_transaction():
        context.run_migrations()
