"""Keep the rows read of a return, and let the database refuse to apply one twice."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
KEYS = ("applied_key", "applied_content_key")


def upgrade() -> None:
    """Bring the schema to this revision."""
    with op.batch_alter_table("return_batch", schema=None) as batch_op:
        for name in KEYS:
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("rows", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True))
        for name in KEYS:
            batch_op.create_unique_constraint(batch_op.f(f"uq_return_batch_{name}"), [name])


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("return_batch", schema=None) as batch_op:
        for name in KEYS:
            batch_op.drop_constraint(batch_op.f(f"uq_return_batch_{name}"), type_="unique")
        for name in ("rows", *KEYS):
            batch_op.drop_column(name)
