"""What an installation sets through its environment, read once and frozen.

An unknown ``TEAMHEALTH_*`` is an error: a mistyped setting must not be a silent one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from teamhealth.errors import SettingsError

_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Settings:
    """All settings; an empty text means that the thing is not set up.

    ``home`` holds database, keys, outbox and snapshots. ``mail_rate`` is letters a
    minute. The contact texts are shown to respondents where they are not empty.
    """

    home: Path
    database_url: str
    mail_url: str
    mail_from: str
    mail_rate: int
    base_url: str
    queue_url: str
    organisation: str
    contact: str
    report_contact: str
    support: str
    emergency: str

    @property
    def keys(self) -> Path:
        """The folder of the keys, outside the database and its backups."""
        return self.home / "keys"

    @property
    def seals_in_browsers(self) -> bool:
        """Tell whether browsers will seal answers at the base URL: https, or this machine itself."""
        url = urlsplit(self.base_url)
        host = url.hostname or ""
        return url.scheme == "https" or host in _LOCAL or host.endswith(".localhost")


def load(environment: Mapping[str, str]) -> Settings:
    """Read the settings.

    Raises SettingsError for an unknown or unreadable ``TEAMHEALTH_*``.
    """
    given = {
        name.removeprefix("TEAMHEALTH_").lower(): value.strip()
        for name, value in environment.items()
        if name.startswith("TEAMHEALTH_")
    }
    known = {field.name for field in fields(Settings)}
    for name in sorted(given.keys() - known):
        raise SettingsError(
            f"TEAMHEALTH_{name.upper()} is not a setting. Known ones: "
            + ", ".join(f"TEAMHEALTH_{k.upper()}" for k in sorted(known))
            + ". Nothing was changed; correct the environment and try again."
        )
    home = Path(given.get("home") or "var").resolve()
    return Settings(
        home=home,
        database_url=given.get("database_url") or f"sqlite:///{home / 'teamhealth.sqlite3'}",
        mail_url=given.get("mail_url") or f"file:{home / 'outbox'}",
        mail_from=given.get("mail_from") or "Team Health <teamhealth@localhost>",
        mail_rate=_rate(given.get("mail_rate") or "25"),
        base_url=_base_url(given.get("base_url") or "http://localhost:8000"),
        queue_url=given.get("queue_url") or f"sqlite:///{home / 'queue.sqlite3'}",
        organisation=given.get("organisation", ""),
        contact=given.get("contact", ""),
        report_contact=given.get("report_contact", ""),
        support=given.get("support", ""),
        emergency=given.get("emergency", ""),
    )


def _rate(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise SettingsError(
            f"TEAMHEALTH_MAIL_RATE is {text!r}, expected letters a minute as a whole number from 1. "
            "Nothing was sent."
        )
    return int(text)


def _base_url(text: str) -> str:
    url = urlsplit(text)
    if url.scheme not in ("http", "https") or not url.hostname or url.query or url.fragment:
        raise SettingsError(
            f"TEAMHEALTH_BASE_URL is {text!r}, expected something like https://survey.example.org. "
            "Nothing was changed."
        )
    return text.rstrip("/")
