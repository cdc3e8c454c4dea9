"""Whose caseload a learner of a group is in.

Revision ID: 0008_caseloads
Revises: 0007_refits
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_caseloads"
down_revision = "0007_refits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("membership", "invitation"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("assessor_id", sa.Integer(), nullable=True))
            table.create_foreign_key(op.f(f"fk_{name}_assessor_id_person"), "person", ["assessor_id"], ["id"])


def downgrade() -> None:
    for name in ("membership", "invitation"):
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"fk_{name}_assessor_id_person"), type_="foreignkey")
            table.drop_column("assessor_id")
