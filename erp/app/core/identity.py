"""Identity of this process, as every log line, every event in Sentry and the build metric state it."""

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Identity(BaseSettings):
    """Settings that every process has, even one without a database. All have defaults."""

    model_config = SettingsConfigDict(env_ignore_empty=True, hide_input_in_errors=True)

    app_name: str = Field("ERP", description="write the name of the application, such as ERP")
    service_name: str = Field("erp-api", description="write a name such as erp-api")
    environment: str = Field("local", description="write a name such as production")
    app_version: str = Field("0.1.0", description="write the version of the image, such as 1.4.2")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="write DEBUG, INFO, WARNING or ERROR"
    )
