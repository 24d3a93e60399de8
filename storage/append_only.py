"""Tables that the database itself refuses to change: only INSERT is left."""

from sqlalchemy import DDL, event

from storage.base import Base


def append_only_triggers(dialect: str, table: str) -> list[str]:
    """Statements that refuse UPDATE, DELETE and TRUNCATE of a table.

    On SQLite they also refuse INSERT OR REPLACE, since `recursive_triggers` is on.
    """
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for action in ("UPDATE", "DELETE")
        ]
    return [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ]


def append_only(*tables: str) -> None:
    """Whenever the metadata is created these tables get their triggers."""
    for dialect in ("sqlite", "postgresql"):
        for table in tables:
            for statement in append_only_triggers(dialect, table):
                trigger = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
                event.listen(Base.metadata, "after_create", trigger.execute_if(dialect=dialect))
