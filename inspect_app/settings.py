"""Settings: `FLASK_*` variables, `DATABASE_URL`, and `FLASK_DATA_DIR`, under which everything the app writes lies."""

import os
import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from inspect_app.core.errors import DomainError

DEFAULTS: dict[str, Any] = {
    "DATA_DIR": "instance",
    "MAX_CONTENT_LENGTH": 32 * 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
    "SECRET_KEY_FALLBACKS": [],
    "IDLE_MINUTES": 30,
    "LOCKOUT_FAILURES": 5,
    "LOCKOUT_MINUTES": 15,
    "PASSWORD_MIN_LENGTH": 12,
    "PASSWORD_MAX_AGE_DAYS": 90,
    "PROXY_COUNT": 0,
    "LOG_LEVEL": "INFO",
    "TABLET_UPLOAD_DAYS": 30,
    "JOB_ROWS": 5_000,
    "WTF_CSRF_TIME_LIMIT": None,
    "BABEL_DEFAULT_LOCALE": "zh_Hans_CN",
    "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
    "BOOTSTRAP_SERVE_LOCAL": True,
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_ALGORITHM_STREAMING": ["gzip"],
    "PREFERRED_URL_SCHEME": "https",
    "PUBLIC_URL": "",
    "SMTP_HOST": "",
    "SMTP_PORT": 587,
    "SMTP_SECURITY": "starttls",
    "SMTP_USER": "",
    "SMTP_PASSWORD": "",
    "SMTP_FROM": "",
    "MAIL_DOMAINS": [],
    "WEBHOOK_URL": "",
    "WEBHOOK_SECRET": "",
}


def configure(app: Flask, overrides: Mapping[str, Any] | None) -> None:
    """Fill `app.config` and make the data folder; a missing secret key is made once and kept there."""
    app.config.from_mapping(DEFAULTS)
    app.config.from_prefixed_env()
    app.config.from_mapping(overrides or {})
    folder = Path(app.config["DATA_DIR"])
    data = folder if folder.is_absolute() else Path(app.root_path).parent / folder
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DomainError(
            "数据目录 %(folder)s 无法建立：%(why)s。请检查 FLASK_DATA_DIR。", folder=data, why=error
        ) from error
    app.config["DATA_DIR"] = data
    if not app.config.get("SECRET_KEY"):
        app.config["SECRET_KEY"] = _kept_secret(data / "secret_key")
    app.config.setdefault(
        "SQLALCHEMY_DATABASE_URI", os.environ.get("DATABASE_URL") or f"sqlite:///{data / 'inspect.sqlite3'}"
    )
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {"pool_pre_ping": True, "hide_parameters": True})
    if len(str(app.config["SECRET_KEY"])) < 32 and not app.testing:  # noqa: PLR2004 - bytes of a fair key
        raise DomainError(
            "密钥 FLASK_SECRET_KEY 少于 32 个字符，不安全。请换成足够长的随机字符，或删除这一设置由系统生成。"
        )


def _kept_secret(path: Path) -> str:
    if path.exists():
        return path.read_text("ascii").strip()
    secret = secrets.token_urlsafe(48)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret)
    return secret
