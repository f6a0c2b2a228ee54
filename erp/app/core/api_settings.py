"""
Settings of the API: those that every process has, and those that verify tokens.

`app.main` imports this module first, before modules that read a part of the settings: all faults are logged at once.
"""

import ipaddress
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, ValidationInfo, field_validator

from app.core.config import Seconds, Settings, load
from app.core.key_set import usable_keys
from app.core.token_settings import TokenSettings

_one_of_both = "write where the JWK set of the issuer is: its URL in OIDC_KEYS_URI, or a path in OIDC_KEYS_FILE"


class ApiSettings(Settings, TokenSettings):
    """Settings that the API needs to run."""

    oidc_keys_uri: str | None = Field(None, description=_one_of_both)
    oidc_keys_file: Path | None = Field(None, validate_default=True, description=_one_of_both)
    oidc_keys_refresh_seconds: Seconds = 300
    oidc_keys_retry_seconds: Seconds = 10

    @field_validator("oidc_keys_uri")
    @classmethod
    def _safe(cls, uri: str | None) -> str | None:
        if uri is not None and not _is_safe(uri):
            raise ValueError("must be a URL of https://, or of http:// to this machine")
        return uri

    @field_validator("oidc_keys_file")
    @classmethod
    def _one_source(cls, file: Path | None, others: ValidationInfo) -> Path | None:
        # Without the other one, it is not valid itself.
        if "oidc_keys_uri" in others.data and (file is None) == (others.data["oidc_keys_uri"] is None):
            raise ValueError("exactly one of OIDC_KEYS_URI and OIDC_KEYS_FILE must be set")
        try:
            if file is not None:
                usable_keys(file.read_bytes())
        except OSError as error:
            raise ValueError(f"cannot be read ({error.strerror})") from None
        except ValueError:
            raise ValueError("is not a JWK set with a usable key") from None
        return file


def _is_safe(uri: str) -> bool:
    """Without TLS, another server can answer in place of the issuer, and then sign tokens."""
    try:
        parts = urlsplit(uri)
        host = parts.hostname or ""
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and _is_local(host))
        # A port that is no number, or too large, raises an error when it is read.
        return bool(host) and parts.port != 0 and is_safe
    except ValueError:
        return False


def _is_local(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback


api_settings = load(ApiSettings)
