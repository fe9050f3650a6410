"""The database itself refuses to change or delete what is append-only. Migrations run the same statements.

Tables made by `create_all` get their triggers at once. A migration that makes, or on SQLite rebuilds, one of the tables
calls `statements(dialect, table)` and runs each text.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, MetaData, Table, event, text

from inspect_app.core.database import Base

APPEND_ONLY = {
    "audit_entry": "id",
    "audit_seal": "id",
    "sealed_entry": "entry_id",
    "hazard_event": "id",
    "inspection_event": "id",
    "return_batch_event": "id",
    "checklist_version_event": "id",
    "score_snapshot": "id",
    "campaign_event": "id",
    "campaign_draw": "id",
    "doubt_note": "id",
    "document_event": "id",
    "document_signature": "id",
    "rung_taken": "id",
    "look_back_sample": "id",
    "return_job_event": "id",
    "register_version": "id",
    "register_import_event": "id",
    "receipt": "id",
    "bulletin_event": "id",
    "bulletin_figure": "id",
    "assessment_event": "id",
    "assessment_line_entry": "id",
    "assessment_reading": "id",
    "quake_event": "id",
    "quake_report": "id",
    "quake_delivery": "id",
    "quake_fault": "id",
    "anomaly_event": "id",
    "emergency_event": "id",
    "work_plan_event": "id",
    "work_due_event": "id",
    "work_return_event": "id",
}
# rows that are as they are once their column `locked` is set: what tells two rows of the table apart
LOCKED = {
    "assessment_county": (("id",), ("assessment_id", "county_id")),
    "assessment_line": (("id",), ("sheet_id", "code")),
}
KEPT_COLUMNS = {
    "evidence": (
        "id",
        "uuid",
        "subject_kind",
        "subject_id",
        "item",
        "purpose",
        "sha256",
        "size",
        "media_type",
        "original_name",
        "uploaded_at",
        "uploaded_by_id",
    ),
    "document_number": ("id", "series", "year", "number", "text", "reserved_at", "reserved_by_id"),
}
# what is kept from a certain state on: by table, the name of the refusal, its columns and when it holds
KEPT_LATER = {
    "document": (
        (
            "change",
            (
                "id",
                "uuid",
                "kind",
                "family",
                "title",
                "number_id",
                "subject_kind",
                "subject_reference",
                "county_id",
                "region_id",
                "issuer",
                "addressee",
                "data",
                "frozen",
                "content_hash",
                "issued_on",
                "replaces_id",
                "created_at",
                "created_by_id",
            ),
            "OLD.state <> 'draft'",
        ),
        ("return", ("state",), "OLD.state <> 'draft' AND NEW.state <> 'voided'"),
    ),
    "bulletin": (
        (
            "change",
            (
                "id",
                "reference",
                "case_reference",
                "template",
                "template_version",
                "template_hash",
                "title",
                "region_id",
                "campaign_id",
                "starts_on",
                "ends_on",
                "gathering",
                "gathered_at",
                "outline",
                "texts",
                "document_uuid",
                "replaces_id",
                "reason",
                "content_hash",
                "created_at",
                "created_by_id",
            ),
            "OLD.state IN ('issued', 'withdrawn')",
        ),
        ("return", ("state",), "OLD.state = 'withdrawn' OR (OLD.state = 'issued' AND NEW.state <> 'withdrawn')"),
    ),
    "document_number": (("return", ("standing",), "OLD.standing = 'voided' OR NEW.standing = 'reserved'"),),
    "assessment": (
        (
            "change",
            (
                "id",
                "reference",
                "region_id",
                "scheme_code",
                "scheme_version",
                "scheme_hash",
                "scheme",
                "period",
                "difference_points",
                "self_report_by",
                "freeze_on",
                "appeal_by",
                "computed_at",
                "frozen_at",
                "published_at",
                "published_by_name",
                "supersedes_id",
                "reason",
                "created_at",
                "created_by_id",
            ),
            "OLD.state IN ('published', 'superseded')",
        ),
        (
            "return",
            ("state",),
            "OLD.state = 'superseded' OR (OLD.state = 'published' AND NEW.state <> 'superseded')",
        ),
    ),
    "assessment_appeal": (
        (
            "change",
            (
                "id",
                "line_id",
                "reason",
                "made_at",
                "made_by_id",
                "made_by_name",
                "outcome",
                "answer",
                "answered_at",
                "answered_by_id",
                "answered_by_name",
            ),
            "OLD.outcome <> ''",
        ),
    ),
}
FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append-only, % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$"""


def statements(dialect: str, table: str) -> Sequence[str]:
    """Give the statements that protect a table on "sqlite" or "postgresql"; none when it is not protected."""
    make = _on_sqlite if dialect == "sqlite" else _on_postgresql
    later = tuple(_later(dialect, table))
    if table in APPEND_ONLY:
        return tuple(make(table, (), APPEND_ONLY[table]))
    if table in LOCKED:
        return tuple(_locked(dialect, table))
    if table in KEPT_COLUMNS:
        return (*make(table, KEPT_COLUMNS[table], "id"), *later)
    return later


def removals(dialect: str, table: str) -> Sequence[str]:
    """Give the statements that take the protection off, for a migration that must rebuild or drop the table."""
    kinds = ("update", "delete", "replace" if dialect == "sqlite" else "truncate")
    names = [f"{table}_no_{what}" for what in (*kinds, *(name for name, *_rest in KEPT_LATER.get(table, ())))]
    where = "" if dialect == "sqlite" else f" ON {table}"
    return tuple(f"DROP TRIGGER IF EXISTS {name}{where}" for name in names)


def _on_sqlite(table: str, columns: Sequence[str], key: str) -> Iterator[str]:
    """Replacing a row deletes it without firing the delete trigger, so a key in use is refused on insert as well."""
    changed = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
    known = f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 - names from the table above
    for name, when, condition in (("update", changed, ""), ("delete", "DELETE", ""), ("replace", "INSERT", known)):
        yield (
            f"CREATE TRIGGER {table}_no_{name} BEFORE {when} ON {table} FOR EACH ROW{condition} "
            f"BEGIN SELECT RAISE(ABORT, 'append-only, {name} of {table} refused'); END"
        )


def _on_postgresql(table: str, columns: Sequence[str], _key: str) -> Iterator[str]:
    changed = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
    yield FUNCTION
    for name, when, each in (
        ("update", changed, "ROW"),
        ("delete", "DELETE", "ROW"),
        ("truncate", "TRUNCATE", "STATEMENT"),
    ):
        yield (
            f"CREATE TRIGGER {table}_no_{name} BEFORE {when} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
        )


def _later(dialect: str, table: str) -> Iterator[str]:
    """Refuse changes that came too late; rows of such a table are never deleted."""
    if table not in KEPT_LATER:
        return
    refuse = f"BEGIN SELECT RAISE(ABORT, 'append-only, change of {table} refused'); END"
    if dialect != "sqlite":
        refuse = "EXECUTE FUNCTION refuse_change()"
        yield FUNCTION
    for name, columns, when in KEPT_LATER[table]:
        yield (
            f"CREATE TRIGGER {table}_no_{name} BEFORE UPDATE OF {', '.join(columns)} ON {table} "
            f"FOR EACH ROW WHEN ({when}) {refuse}"
        )
    if table not in KEPT_COLUMNS:
        yield f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}"


def _locked(dialect: str, table: str) -> Iterator[str]:
    """Refuse to change, delete, replace or sweep away rows whose column `locked` is set."""
    if dialect != "sqlite":
        yield FUNCTION
        for name in ("update", "delete"):
            when = f"BEFORE {name.upper()} ON {table} FOR EACH ROW WHEN (OLD.locked)"
            yield f"CREATE TRIGGER {table}_no_{name} {when} EXECUTE FUNCTION refuse_change()"
        sweep = f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
        yield f"CREATE TRIGGER {table}_no_truncate {sweep} EXECUTE FUNCTION refuse_change()"
        return
    same = " OR ".join(" AND ".join(f"{column} = NEW.{column}" for column in key) for key in LOCKED[table])
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE locked AND ({same}))"  # noqa: S608 - names from the table above
    for name, order, when in (
        ("update", "UPDATE", "OLD.locked"),
        ("delete", "DELETE", "OLD.locked"),
        ("replace", "INSERT", taken),
    ):
        yield (
            f"CREATE TRIGGER {table}_no_{name} BEFORE {order} ON {table} FOR EACH ROW WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, 'append-only, {name} of {table} refused'); END"
        )


@event.listens_for(Base.metadata, "after_create")
def _protect(_target: MetaData, connection: Connection, tables: Sequence[Table] = (), **_rest: object) -> None:
    for table in tables:
        for statement in statements(connection.dialect.name, table.name):
            connection.execute(text(statement))
