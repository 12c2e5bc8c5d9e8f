"""The one place that reads the environment. Everything below takes arguments."""

import os
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from extractors.errors import UsageError


class Settings(BaseSettings):
    """What an operator can set, each by an environment variable ``FINDINGAID_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="FINDINGAID_", frozen=True, extra="ignore")

    home: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("findingaid", appauthor=False)),
        description="Folder of the archive, the catalogue, stage results and the embedded index.",
    )
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=256, description="Reading processes.")
    seconds_per_document: float = Field(default=600, gt=0, description="A longer document is stopped and recorded.")
    model: Path | None = Field(default=None, description="Folder of the tagger's weights; the shipped one by default.")
    runtime: Literal["onnx", "torch", "openvino"] = Field(
        "onnx", description="What runs the tagger's encoder; torch and openvino are extras."
    )
    gazetteer: Path | None = Field(
        None, description="JSON file of further names: {forces: [{name, aliases}], bodies: […]}."
    )
    index: str | None = Field(
        None, pattern=r"^https?://[^\s@]+$", description="Address of an Elasticsearch; the embedded index where unset."
    )
    index_api_key: SecretStr | None = None
    index_user: str | None = None
    index_password: SecretStr | None = None
    index_ca_file: Path | None = Field(None, description="Certificate authority of a server with its own.")
    index_prefix: str = Field("findingaid", pattern=r"^[a-z0-9][a-z0-9_-]*$", description="Begins all index names.")
    index_timeout: float = Field(default=30, gt=0, description="Seconds for one request to the server.")
    smtp: str | None = Field(
        None,
        pattern=r"^smtps?://[^\s@/]+$",
        description="Mail server of alerts: smtp://host:port, or smtps://host:port.",
    )
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    mail_from: str = Field("findingaid@localhost", pattern=r"^[^\s@]+@[^\s@]+$", description="Sender of alerts.")
    webhook_hosts: str = Field("", description="Hosts that alerts' webhooks may reach, by commas; loopback always.")

    @property
    def index_folder(self) -> Path:
        """Folder of the embedded index."""
        return self.home / "index"


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment, with *overrides* (those not None) in front.

    Raises:
        UsageError: a value cannot be meant; the message names its setting.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # pyright: ignore[reportArgumentType] - values are validated here, that is the point
    except ValidationError as error:
        first = error.errors()[0]
        name = f"FINDINGAID_{str(first['loc'][0]).upper()}"
        raise UsageError(f"{name} is not usable: {first['msg'].lower()}.", mend="Correct it or unset it.") from error


def prefect_api_url() -> str | None:
    """Address of the Prefect server that tracks runs, where one is set."""
    return os.environ.get("PREFECT_API_URL") or None
