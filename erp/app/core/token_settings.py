"""Settings of every process that verifies or signs tokens."""

from typing import Annotated

from pydantic import Field

from app.core.identity import Identity

Text = Annotated[str, Field(pattern=r"^\S(.*\S)?$")]


class TokenSettings(Identity):
    oidc_issuer: Text = Field(description="write the issuer exactly as the claim `iss` of its tokens has it")
    oidc_audience: Text = Field(description="write what the claim `aud` of tokens for this ERP contains, such as erp")
