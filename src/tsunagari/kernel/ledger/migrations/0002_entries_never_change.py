"""Entries never change: the database itself refuses to update or delete a row.

It does not guard against who may drop or truncate the table: `tsunagari ledger verify` tells that. Removal is retention's alone. PostgreSQL lets it through when the transaction says so; SQLite, which
carries no city, guards changes only, and `tsunagari ledger verify` finds what was removed.
"""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION ledger_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('tsunagari.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'ledger entries are never changed or removed; position %', OLD.position;
END $$;
CREATE TRIGGER ledger_entry_guard BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_entry_guard();
"""
POSTGRESQL_BACK = """
DROP TRIGGER ledger_entry_guard ON ledger_entry;
DROP FUNCTION ledger_entry_guard();
"""
SQLITE = """
CREATE TRIGGER ledger_entry_guard BEFORE UPDATE ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'ledger entries are never changed or removed');
END;
"""
SQLITE_BACK = "DROP TRIGGER ledger_entry_guard;"


def put_up(apps, schema_editor):
    """Set the guard."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL if postgresql else SQLITE, params=None)


def take_down(apps, schema_editor):
    """Take the guard away."""
    back = POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK
    schema_editor.execute(back, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunPython(put_up, take_down, elidable=False)]
