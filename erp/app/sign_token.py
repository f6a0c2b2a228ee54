"""
Prints a token that is signed with the key in TRAFFIC_SIGNING_KEY_FILE: `python -m app.sign_token`.

For a laptop and for tests. In other environments, the issuer signs the tokens of people and programs.
"""

import argparse
from collections.abc import Sequence
from uuid import UUID, uuid4

from app.core.config import load
from app.core.token_signer import SignerSettings


def main(arguments: Sequence[str] | None = None, program: str = "python -m app.sign_token") -> None:
    parser = argparse.ArgumentParser(prog=program, description=__doc__)
    parser.add_argument("--user", default="developer", help="id of the user (default developer)")
    parser.add_argument("--organization", type=UUID, help="id of the organisation (default: a new one, without data)")
    parser.add_argument("--roles", default="", help="roles with commas between them: organizations, reports")
    parser.add_argument("--minutes", type=float, default=60, help="how long the token is valid (default 60)")
    given = parser.parse_args(arguments)
    roles = [role for role in given.roles.split(",") if role]
    print(load(SignerSettings).signer().sign(given.user, given.organization or uuid4(), roles, given.minutes * 60))


if __name__ == "__main__":
    main()
