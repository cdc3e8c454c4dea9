"""Versions of questions, and phrasing candidates with both opinions.

Revision ID: 0003_tutorbank
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_tutorbank"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question_version",
        sa.Column("question_key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("worded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_question_version_changed_by_person")),
        sa.ForeignKeyConstraint(
            ["question_key"], ["question.key"], name=op.f("fk_question_version_question_key_question")
        ),
        sa.PrimaryKeyConstraint("question_key", "version", name=op.f("pk_question_version")),
    )
    with op.batch_alter_table("phrasing") as table:
        table.add_column(sa.Column("question_key", sa.String(), nullable=True))
        table.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("answer_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("tool_opinion", sa.Text(), nullable=True))
        table.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(op.f("fk_phrasing_person_id_person"), "person", ["person_id"], ["id"])
        table.create_index(op.f("ix_phrasing_person_id"), ["person_id"])


def downgrade() -> None:
    with op.batch_alter_table("phrasing") as table:
        table.drop_index(op.f("ix_phrasing_person_id"))
        table.drop_constraint(op.f("fk_phrasing_person_id_person"), type_="foreignkey")
        for name in ("settled_at", "tool_opinion", "answer_id", "person_id", "question_key"):
            table.drop_column(name)
    op.drop_table("question_version")
