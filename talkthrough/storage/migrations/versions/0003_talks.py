"""How discussions were planned, what was added to closed ones, and the learner's drafts.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0003_tutorbank"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "planning",
        sa.Column("discussion_id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Text(), nullable=True),
        sa.Column("prepared_by", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_steps", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["discussion_id"], ["discussion.id"], name=op.f("fk_planning_discussion_id_discussion")
        ),
        sa.ForeignKeyConstraint(["prepared_by"], ["person.id"], name=op.f("fk_planning_prepared_by_person")),
        sa.PrimaryKeyConstraint("discussion_id", name=op.f("pk_planning")),
    )
    op.create_table(
        "supplement",
        sa.Column("discussion_id", sa.Integer(), nullable=False),
        sa.Column("supplements", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["discussion_id"], ["discussion.id"], name=op.f("fk_supplement_discussion_id_discussion")
        ),
        sa.ForeignKeyConstraint(["supplements"], ["discussion.id"], name=op.f("fk_supplement_supplements_discussion")),
        sa.PrimaryKeyConstraint("discussion_id", name=op.f("pk_supplement")),
    )
    op.create_index(op.f("ix_supplement_supplements"), "supplement", ["supplements"])
    op.create_table(
        "draft",
        sa.Column("discussion_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("struck_out", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declared_help", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["discussion_id"], ["discussion.id"], name=op.f("fk_draft_discussion_id_discussion")),
        sa.PrimaryKeyConstraint("discussion_id", name=op.f("pk_draft")),
    )


def downgrade() -> None:
    for table in ("draft", "supplement", "planning"):
        op.drop_table(table)
