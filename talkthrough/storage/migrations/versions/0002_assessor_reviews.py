"""Assessors' reviews, kept apart from the logs that they are about.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessor_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("discussion_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["discussion_id"], ["discussion.id"], name=op.f("fk_assessor_review_discussion_id_discussion")
        ),
        sa.ForeignKeyConstraint(["reviewer_id"], ["person.id"], name=op.f("fk_assessor_review_reviewer_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessor_review")),
    )
    op.create_index(op.f("ix_assessor_review_discussion_id"), "assessor_review", ["discussion_id"])


def downgrade() -> None:
    op.drop_table("assessor_review")
