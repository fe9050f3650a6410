"""counters of months, of closures on time and of telling steps."""

import sqlalchemy as sa
from alembic import op
revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
COUNTED = """
INSERT INTO hazard_count (county_id, grade, state, due_on, count{names})
SELECT county_id, coalesce(grade, ''), state, coalesce(due_on, {never}), count(*){sums}
FROM hazard GROUP BY county_id, coalesce(grade, ''), state, coalesce(due_on, {never})
"""
ON_TIME = ", sum(CASE WHEN state = 'closed' AND closed_on <= due_on THEN 1 ELSE 0 END)"
MONTHS = """
INSERT INTO hazard_month (county_id, month, found, closed)
SELECT county_id, month, sum(found), sum(closed) FROM (
SELECT county_id, {found} AS month, 1 AS found, 0 AS closed FROM hazard
WHERE found_on IS NOT NULL AND state NOT IN ('merged', 'unfounded')
UNION ALL
SELECT county_id, {closed} AS month, 0 AS found, 1 AS closed FROM hazard
WHERE closed_on IS NOT NULL AND state = 'closed'
) AS both_of_them GROUP BY county_id, month
"""
CHANGES = """
INSERT INTO hazard_change (event_id, county_id)
SELECT hazard_event.id, hazard.county_id FROM hazard_event JOIN hazard ON hazard.id = hazard_event.subject_id
WHERE hazard_event.action IN
('close', 'fail_recheck', 'return_closure', 'approve_extension', 'suspend', 'look_back')
"""
PARTIAL = {
    'ix_hazard_looked_back': (['county_id', 'looked_back_on', 'rebounded'], 'looked_back_on IS NOT NULL'),
    'ix_hazard_site_item': (['site_id', 'item_code', 'closed_on'], 'site_id IS NOT NULL'),
    'ix_hazard_site_found': (['found_on', 'id'], 'site_id IS NOT NULL'),
    'ix_hazard_listed': (['county_id', 'urgency'], 'listed'),
}


def upgrade() -> None:
    """Bring the schema to this revision, with everything counted."""
    sqlite = op.get_bind().dialect.name == 'sqlite'
    op.drop_table('hazard_count')
    _create_counts(['county_id', 'state', 'due_on', 'grade'], sa.Column('on_time', NUMBER, nullable=False))
    op.execute(COUNTED.format(never=_never(sqlite), names=', on_time', sums=ON_TIME))
    op.create_table('hazard_month',
    sa.Column('county_id', NUMBER, nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('found', NUMBER, nullable=False),
    sa.Column('closed', NUMBER, nullable=False),
    sa.ForeignKeyConstraint(['county_id'], ['region.id'], name=op.f('fk_hazard_month_county_id')),
    sa.PrimaryKeyConstraint('county_id', 'month', name=op.f('pk_hazard_month')),
    sqlite_with_rowid=False
    )
    first = "date({}, 'start of month')" if sqlite else "CAST(date_trunc('month', {}) AS DATE)"
    op.execute(MONTHS.format(found=first.format('found_on'), closed=first.format('closed_on')))
    op.create_table('hazard_change',
    sa.Column('event_id', NUMBER, autoincrement=False, nullable=False),
    sa.Column('county_id', NUMBER, nullable=False),
    sa.ForeignKeyConstraint(['county_id'], ['region.id'], name=op.f('fk_hazard_change_county_id')),
    sa.ForeignKeyConstraint(['event_id'], ['hazard_event.id'], name=op.f('fk_hazard_change_event_id')),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_hazard_change'))
    )
    op.execute(CHANGES)
    op.create_index('ix_hazard_change_county', 'hazard_change', ['county_id', 'event_id'], unique=False)
    for name, (columns, where) in PARTIAL.items():
        op.create_index(name, 'hazard', columns, unique=False, **_partly(where))
    op.create_index('ix_rung_taken_county', 'rung_taken', ['county_id', 'hazard_id', 'due_on', 'rung'], unique=False)


def downgrade() -> None:
    """Bring the schema back to the one before."""
    sqlite = op.get_bind().dialect.name == 'sqlite'
    op.drop_index('ix_rung_taken_county', table_name='rung_taken')
    for name, (_columns, where) in PARTIAL.items():
        op.drop_index(name, table_name='hazard', **_partly(where))
    op.drop_index('ix_hazard_change_county', table_name='hazard_change')
    op.drop_table('hazard_change')
    op.drop_table('hazard_month')
    op.drop_table('hazard_count')
    _create_counts(['county_id', 'grade', 'state', 'due_on'], with_rowid=True)
    op.execute(COUNTED.format(never=_never(sqlite), names='', sums=''))


def _create_counts(key: list[str], *more: sa.Column, with_rowid: bool = False) -> None:
    op.create_table('hazard_count',
    sa.Column('county_id', NUMBER, nullable=False),
    sa.Column('grade', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('count', NUMBER, nullable=False),
    *more,
    sa.ForeignKeyConstraint(['county_id'], ['region.id'], name=op.f('fk_hazard_count_county_id')),
    sa.PrimaryKeyConstraint(*key, name=op.f('pk_hazard_count')),
    sqlite_with_rowid=with_rowid
    )


def _never(sqlite: bool) -> str:
    return "'9999-12-31'" if sqlite else "DATE '9999-12-31'"


def _partly(where: str) -> dict[str, sa.TextClause]:
    return {
        'sqlite_where': sa.text('listed = 1' if where == 'listed' else where),
        'postgresql_where': sa.text(where),
    }
