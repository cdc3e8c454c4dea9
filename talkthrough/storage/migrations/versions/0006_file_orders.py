"""Files that somebody waits for; what each export held, so that the next one can say what changed.

Revision ID: 0006_file_orders
Revises: 0005_claims
"""

import sqlalchemy as sa
from alembic import op

revision = "0006_file_orders"
down_revision = "0005_claims"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_file_order_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_order")),
    )
    op.create_index(op.f("ix_file_order_person_id"), "file_order", ["person_id"])
    with op.batch_alter_table("export") as table:
        table.add_column(sa.Column("held", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("export") as table:
        table.drop_column("held")
    op.drop_table("file_order")
