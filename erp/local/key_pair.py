"""The key pair of an ERP on this machine, in the place of an issuer."""

import json
import shutil
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app.core.token_signer import TokenSigner

ISSUER = {"OIDC_ISSUER": "https://issuer.invalid", "OIDC_AUDIENCE": "erp"}


class KeyPair:
    """Files in a directory that only this user can read, and that is deleted at the end."""

    def __init__(self) -> None:
        self._directory = Path(tempfile.mkdtemp(prefix="erp-keys-"))
        self.private_key = self._directory / "signing-key.pem"
        self.key_set = self._directory / "jwks.json"
        pem = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self.private_key.write_bytes(pem)
        self.key_set.write_text(json.dumps({"keys": [TokenSigner(pem, "", "").public_jwk]}))

    def remove(self) -> None:
        shutil.rmtree(self._directory, ignore_errors=True)
