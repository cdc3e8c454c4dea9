"""Questions that a learner left for another day.

Revision ID: 0005_h_skipped
Revises: 0005_c_revision
"""

import sqlalchemy as sa
from alembic import op

revision = "0005_h_skipped"
down_revision = "0005_d_caseloads"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("delivery") as table:
        table.add_column(sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("delivery") as table:
        table.drop_column("skipped_at")
