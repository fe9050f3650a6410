"""The words of a digest as a letter, and as the JSON of a webhook."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

from inspect_app.core.labels import mark
from inspect_app.reminders.sections import OVERDUE, Line, Section, total

Address = Callable[[str, Mapping[str, Any]], str]
SUBJECT = mark("【督导检查与整改销号】%(day)s 待办 %(number)s 项")
LATE = mark("，其中逾期 %(late)s 项")
DUE = mark("（%(day)s）")
FOOT = mark("以上是本系统按您的职责汇总的待办事项。请登录系统办理：")
HOW = mark("不再需要邮件提醒时，可在“提醒设置”中关闭：")


@dataclass(frozen=True)
class Letter:
    """A digest about to leave the house. `key` names the delivery for good, so that a receiver knows a repetition."""

    key: str
    to: str
    login: str
    day: date
    sections: Sequence[Section]
    address: Address

    @property
    def subject(self) -> str:
        """Say in one line how much there is."""
        late = sum(section.number for section in self.sections if section.code == OVERDUE)
        head = SUBJECT % {"day": self.day.isoformat(), "number": total(self.sections)}
        return head + (LATE % {"late": late} if late else "")

    @property
    def text(self) -> str:
        """Write sections with their first things, each with its address; no names of people or objects."""
        parts = [self._part(section) for section in self.sections]
        page, choice = (self.address(endpoint, {}) for endpoint in ("reminders.index", "reminders.choice"))
        return "\n\n".join([self.subject, *parts, f"{FOOT}\n{page}", f"{HOW}\n{choice}"]) + "\n"

    def _part(self, section: Section) -> str:
        head = f"{section.label}：{section.number}\n{self.address(section.endpoint, section.values)}"
        return "\n".join([head, *(f"  {self._line(line)}" for line in section.lines)])

    def _line(self, line: Line) -> str:
        due = DUE % {"day": line.on.isoformat()} if line.on else ""
        return f"{line.reference}{due} {self.address(line.endpoint, {'reference': line.reference})}"


def mail(letter: Letter, sender: str) -> EmailMessage:
    """Write a digest as a plain mail; the Message-ID is that of the delivery."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = letter.subject, sender, letter.to
    message["Message-ID"] = f"<{letter.key}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="base64")
    return message


def parcel(letter: Letter) -> bytes:
    """Write a digest as the body of a webhook: numbers with addresses, the login as the only trace of the person."""
    sections = [
        {
            "code": section.code,
            "label": str(section.label),
            "number": section.number,
            "url": letter.address(section.endpoint, section.values),
        }
        for section in letter.sections
    ]
    content = {
        "id": letter.key,
        "on": letter.day.isoformat(),
        "login": letter.login,
        "title": letter.subject,
        "url": letter.address("reminders.index", {}),
        "sections": sections,
    }
    return json.dumps(content, ensure_ascii=False).encode()


def signature(secret: str, moment: str, body: bytes) -> str:
    """Return the HMAC-SHA-256 over the moment, a dot and the body, as hexadecimal text."""
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
