"""Questions that a learner left for another day.

Revision ID: 0009_skipped
Revises: 0008_caseloads
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_skipped"
down_revision = "0008_caseloads"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("delivery") as table:
        table.add_column(sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("delivery") as table:
        table.drop_column("skipped_at")
