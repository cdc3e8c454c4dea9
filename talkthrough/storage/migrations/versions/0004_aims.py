"""What revision aims with: the learner's model, reminders, and all that happened with an answer.

Revision ID: 0004_aims
Revises: 0003_cohorts
"""

import sqlalchemy as sa
from alembic import op

revision = "0004_aims"
down_revision = "0003_cohorts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learner_model",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_learner_model_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_learner_model")),
    )
    op.create_table(
        "reminder",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reminder")),
    )
    op.create_index(op.f("ix_reminder_next_at"), "reminder", ["next_at"])
    with op.batch_alter_table("answer") as table:
        table.add_column(sa.Column("more", sa.Text(), nullable=True))
        table.add_column(sa.Column("first_mark", sa.Text(), nullable=True))
        table.add_column(sa.Column("first_score", sa.Float(), nullable=True))
        table.add_column(sa.Column("confidence", sa.String(), nullable=True))
        table.add_column(sa.Column("options", sa.Text(), nullable=True))
        table.add_column(sa.Column("hints", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("is_timed", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("card") as table:
        table.add_column(sa.Column("recent", sa.String(), nullable=True))
        table.add_column(sa.Column("slowness", sa.Float(), nullable=False, server_default="0"))
    op.create_index("ix_card_due_day_person_id", "card", ["due_day", "person_id"])


def downgrade() -> None:
    op.drop_index("ix_card_due_day_person_id", table_name="card")
    with op.batch_alter_table("card") as table:
        for name in ("slowness", "recent"):
            table.drop_column(name)
    with op.batch_alter_table("answer") as table:
        for name in ("is_timed", "hints", "options", "confidence", "first_score", "first_mark", "more"):
            table.drop_column(name)
    op.drop_index(op.f("ix_reminder_next_at"), table_name="reminder")
    op.drop_table("reminder")
    op.drop_table("learner_model")
