"""Cohort settings, learners' own dates, expected names, consent, and reminders of rounds.

Revision ID: 0003_cohorts
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_cohorts"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cohort") as table:
        table.add_column(sa.Column("settings", sa.Text(), nullable=False, server_default="{}"))
    with op.batch_alter_table("membership") as table:
        table.add_column(sa.Column("assessment_date", sa.Date(), nullable=True))
    with op.batch_alter_table("invitation") as table:
        table.add_column(sa.Column("expected_name", sa.String(), nullable=True))
        table.add_column(sa.Column("accepted_by", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_invitation_accepted_by_person"), "person", ["accepted_by"], ["id"])
    with op.batch_alter_table("round") as table:
        table.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
        table.create_index(op.f("ix_round_closes_at"), ["closes_at"])
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"])


def downgrade() -> None:
    op.drop_table("consent")
    with op.batch_alter_table("round") as table:
        table.drop_index(op.f("ix_round_closes_at"))
        table.drop_column("reminded_at")
    with op.batch_alter_table("invitation") as table:
        table.drop_constraint(op.f("fk_invitation_accepted_by_person"), type_="foreignkey")
        table.drop_column("accepted_by")
        table.drop_column("expected_name")
    with op.batch_alter_table("membership") as table:
        table.drop_column("assessment_date")
    with op.batch_alter_table("cohort") as table:
        table.drop_column("settings")
