"""The ways out of the house: mail by SMTP and a webhook. Each tells certain failure from not knowing."""

import http.client
import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.policy import SMTP
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import urlsplit

from inspect_app.core import clock
from inspect_app.core.errors import DomainError
from inspect_app.core.labels import mark
from inspect_app.reminders.letters import Letter, mail, parcel, signature

SECONDS = 20
OK, MULTIPLE_CHOICES = 200, 300
REFUSED = 400


class Channel(StrEnum):
    """A way out."""

    MAIL = "mail"
    WEBHOOK = "webhook"


CHANNEL_LABELS: dict[str, str] = {Channel.MAIL: mark("邮件"), Channel.WEBHOOK: mark("消息平台")}


class NotSent(Exception):
    """It certainly did not go out: it may be tried again."""


class Unclear(Exception):
    """Nobody answered after it had gone on its way: it may have arrived."""


class Way(Protocol):
    """What delivers letters."""

    def send(self, letter: Letter) -> None:
        """Deliver one letter; raises NotSent or Unclear."""

    def close(self) -> None:
        """Give back what is held open."""


@dataclass(frozen=True)
class MailSettings:
    """How mail leaves; `security` is "starttls", "tls", or "none" inside a trusted network."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str


class Mail:
    """One connection to the mail server for all letters of a run, opened when the first is sent."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._server: smtplib.SMTP | None = None

    def send(self, letter: Letter) -> None:
        """Hand a letter to the mail server; only a loss after its text was sent leaves the outcome open."""
        message = mail(letter, self._settings.sender)
        server = self._ready(letter)
        try:
            answer = server.data(message.as_bytes(policy=SMTP))
        except smtplib.SMTPDataError as error:
            self.close()
            raise NotSent(_told(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Unclear(_told(error)) from error
        if answer[0] >= REFUSED:
            self.close()
            raise NotSent(_answer(answer))

    def close(self) -> None:
        """Say good-bye to the server; it does not matter whether it still listens."""
        server, self._server = self._server, None
        if server:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()

    def _ready(self, letter: Letter) -> smtplib.SMTP:
        """Return a server that knows sender and receiver and waits for the text; an old connection may be renewed."""
        reused = self._server is not None
        try:
            return self._addressed(letter)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            if reused:
                return self._ready(letter)
            raise NotSent(_told(error)) from error
        except NotSent:
            self.close()
            raise

    def _addressed(self, letter: Letter) -> smtplib.SMTP:
        server = self._server = self._server or self._open()
        for answer in (server.mail(self._settings.sender), server.rcpt(letter.to)):
            if answer[0] >= REFUSED:
                raise NotSent(_answer(answer))
        return server

    def _open(self) -> smtplib.SMTP:
        at = self._settings
        trust = ssl.create_default_context()
        if at.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(at.host, at.port, timeout=SECONDS, context=trust)
        else:
            server = smtplib.SMTP(at.host, at.port, timeout=SECONDS)
        try:
            if at.security == "starttls":
                server.starttls(context=trust)
            if at.user:
                server.login(at.user, at.password)
            server.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
        return server


class Webhook:
    """POST of JSON to one address, signed: X-Signature is over X-Timestamp, a dot and the body."""

    def __init__(self, url: str, secret: str) -> None:
        self._parts, self._secret = urlsplit(url), secret

    def send(self, letter: Letter) -> None:
        """Post a letter; any answer but 2xx is a failure, redirections too."""
        connection = self._connection()
        try:
            self._post(connection, letter)
            try:
                status = connection.getresponse().status
            except (http.client.HTTPException, OSError) as error:
                raise Unclear(_told(error)) from error
        finally:
            connection.close()
        if not OK <= status < MULTIPLE_CHOICES:
            raise NotSent(f"HTTP {status}")

    def close(self) -> None:
        """Nothing is held open."""

    def _connection(self) -> http.client.HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        if self._parts.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())
        return http.client.HTTPConnection(host, port, timeout=SECONDS)

    def _post(self, connection: http.client.HTTPConnection, letter: Letter) -> None:
        body, moment = parcel(letter), str(int(clock.now().timestamp()))
        target = (self._parts.path or "/") + (f"?{self._parts.query}" if self._parts.query else "")
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "X-Delivery": letter.key,
            "X-Timestamp": moment,
            "X-Signature": f"sha256={signature(self._secret, moment, body)}",
        }
        try:
            connection.request("POST", target, body, headers)
        except (http.client.HTTPException, OSError) as error:
            raise NotSent(_told(error)) from error


def ways(config: Mapping[str, Any]) -> dict[Channel, Way]:
    """Return the ways that the settings open; DomainError names a setting that is missing or wrong."""
    found: dict[Channel, Way] = {}
    if config["SMTP_HOST"]:
        found[Channel.MAIL] = Mail(_mail_settings(config))
    if url := config["WEBHOOK_URL"]:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise DomainError(mark("FLASK_WEBHOOK_URL 应以 http:// 或 https:// 开头，并写明主机。"))
        if not config["WEBHOOK_SECRET"]:
            raise DomainError(mark("请设置 FLASK_WEBHOOK_SECRET，接收方凭它核对消息签名。"))
        found[Channel.WEBHOOK] = Webhook(url, str(config["WEBHOOK_SECRET"]))
    if found and not config["PUBLIC_URL"]:
        raise DomainError(mark("请设置 FLASK_PUBLIC_URL（用户访问本系统的网址），提醒中的链接要用到它。"))
    return found


def _mail_settings(config: Mapping[str, Any]) -> MailSettings:
    security = config["SMTP_SECURITY"]
    if security not in ("starttls", "tls", "none"):
        raise DomainError(mark("FLASK_SMTP_SECURITY 只能是 starttls、tls 或 none。"))
    if "@" not in str(config["SMTP_FROM"]):
        raise DomainError(mark("请在 FLASK_SMTP_FROM 写明发件地址。"))
    user, password = str(config["SMTP_USER"]), str(config["SMTP_PASSWORD"])
    return MailSettings(config["SMTP_HOST"], int(config["SMTP_PORT"]), security, user, password, config["SMTP_FROM"])


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def _answer(answer: tuple[int, bytes]) -> str:
    return f"{answer[0]} {answer[1].decode('utf-8', 'replace')}"[:300]
