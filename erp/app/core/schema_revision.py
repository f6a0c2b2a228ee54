"""Checks whether the database has the schema that this image expects."""

from functools import cache
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_migrations = Path(__file__).parents[2] / "migrations"


def is_migrated(connection: Connection) -> bool:
    """
    Also true for a revision that this image does not know: a newer image has migrated since, and its schema serves the
    image before it as well, or old pods could not serve during a rollout.
    """
    heads = MigrationContext.configure(connection).get_current_heads()
    known, newest = _revisions()
    return bool(heads) and all(head in newest or head not in known for head in heads)


@cache
def _revisions() -> tuple[frozenset[str], frozenset[str]]:
    scripts = ScriptDirectory(str(_migrations))
    return frozenset(script.revision for script in scripts.walk_revisions()), frozenset(scripts.get_heads())
