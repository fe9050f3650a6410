"""search in words."""

import sqlalchemy as sa
from alembic import op
from inspect_app.hazards import text_index
revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision; a database that cannot have the index goes on without it."""
    if op.get_context().as_sql:
        for statement in text_index.statements(op.get_bind().dialect.name):
            op.execute(sa.text(statement))
    else:
        text_index.build(op.get_bind())


def downgrade() -> None:
    """Bring the schema back to the one before."""
    text_index.remove(op.get_bind())
