"""search in words; hazards that are two; the latest found of all."""

import sqlalchemy as sa
from alembic import op
from inspect_app.hazards import text_index
revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision; a database that cannot have the index over words goes on without it."""
    op.create_table('hazard_distinct',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('first_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('second_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['first_id'], ['hazard.id'], name=op.f('fk_hazard_distinct_first_id')),
    sa.ForeignKeyConstraint(['second_id'], ['hazard.id'], name=op.f('fk_hazard_distinct_second_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hazard_distinct')),
    sa.UniqueConstraint('first_id', 'second_id', name=op.f('uq_hazard_distinct_first_id_second_id'))
    )
    with op.batch_alter_table('hazard_distinct', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hazard_distinct_second_id'), ['second_id'], unique=False)

    op.create_index('ix_hazard_found', 'hazard', ['found_on', 'id'], unique=False)
    if op.get_context().as_sql:
        for statement in text_index.statements(op.get_bind().dialect.name):
            op.execute(sa.text(statement))
    else:
        text_index.build(op.get_bind())


def downgrade() -> None:
    """Bring the schema back to the one before."""
    text_index.remove(op.get_bind())
    op.drop_index('ix_hazard_found', table_name='hazard')
    with op.batch_alter_table('hazard_distinct', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hazard_distinct_second_id'))

    op.drop_table('hazard_distinct')
