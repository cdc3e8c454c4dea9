"""FSRS parameters fitted to one learner's own answers, and lists that are asked whole.

Revision ID: 0007_refits
Revises: 0006_file_orders
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_refits"
down_revision = "0006_file_orders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_answer_id", sa.Integer(), nullable=True),
        sa.Column("parameters", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_refit_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refit")),
        sa.UniqueConstraint("person_id", "events", name=op.f("uq_refit_person_id_events")),
    )
    op.create_index(op.f("ix_refit_tried_at"), "refit", ["tried_at"])
    with op.batch_alter_table("delivery") as table:
        table.add_column(sa.Column("is_whole", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("delivery") as table:
        table.drop_column("is_whole")
    op.drop_index(op.f("ix_refit_tried_at"), table_name="refit")
    op.drop_table("refit")
