"""What learners say that they said already, turn by turn, and what a tool wrote down from a voice message.

Revision ID: 0005_claims
Revises: 0004_aims
"""

import sqlalchemy as sa
from alembic import op

revision = "0005_claims"
down_revision = "0004_aims"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learner_claim",
        sa.Column("discussion_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("criterion_key", sa.String(), nullable=False),
        sa.Column("point", sa.String(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["discussion_id"], ["discussion.id"], name=op.f("fk_learner_claim_discussion_id_discussion")
        ),
        sa.PrimaryKeyConstraint("discussion_id", "number", "criterion_key", "point", name=op.f("pk_learner_claim")),
    )
    with op.batch_alter_table("recording") as table:
        table.add_column(sa.Column("transcript", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("recording") as table:
        table.drop_column("transcript")
    op.drop_table("learner_claim")
