"""The reason why PostgreSQL or Redis cannot be used, in words for the person who repairs it."""

import re

from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError

# By SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html), and by the text for a connection that
# failed: libpq passes on no SQLSTATE of it.
_causes = {
    r"^28P01|password authentication failed|no password supplied": "wrong user or password",
    r'^3D000|database ".*" does not exist': "wrong database",
    r"^28000|role .* does not exist|pg_hba\.conf": "the user may not connect",
    r"^25006": "PostgreSQL is read-only, as a standby is",
    r"^42501": "the user lacks a permission",
    r"^53300|too many clients|remaining connection slots": "all connections of PostgreSQL are in use",
    r"^57P0|the database system is|terminating connection": "PostgreSQL is starting or stopping",
    r"Connection refused": "nothing listens at this host and port",
    r"failed to resolve host|could not translate host name": "unknown host",
    r"SSL|certificate": "no agreement about TLS",
    r"invalid connection option|invalid .* value": "wrong parameter",
    r"[Tt]ime.?out": "no answer",
}


def connection_fault(error: SQLAlchemyError) -> str:
    """The cause and PostgreSQL's own words, which contain the address and no password."""
    reported = getattr(error, "orig", error)
    text = " ".join(str(reported).split())
    findable = f"{getattr(reported, 'sqlstate', None) or ''} {text}"
    cause = next((cause for pattern, cause in _causes.items() if re.search(pattern, findable)), "PostgreSQL fails")
    return f"{cause} in DATABASE_URL ({text})" if cause.startswith("wrong") else f"{cause} ({text})"


# By the words of Redis and of its client.
_causes_of_redis = {
    r"[Aa]uthentication|username-password|WRONGPASS|NOAUTH": "wrong user or password",
    r"DB index": "wrong database",
    r"permission": "the user lacks a permission",
    r"max number of clients": "all connections of Redis are in use",
    r"loading the dataset": "Redis is starting",
    r"Connection refused": "nothing listens at this host and port",
    r"Error -\d+ connecting": "unknown host",
    r"SSL|certificate": "no agreement about TLS",
    r"[Tt]imeout": "no answer",
}


def broker_fault(error: RedisError | OSError) -> str:
    """The cause and the words of Redis or of its client, which contain the address and no password."""
    text = " ".join(str(error).split())
    cause = next((cause for pattern, cause in _causes_of_redis.items() if re.search(pattern, text)), "Redis fails")
    return f"{cause} in the URL of the broker ({text})" if cause.startswith("wrong") else f"{cause} ({text})"
