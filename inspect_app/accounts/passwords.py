"""Passwords: argon2id, and the policy that offices are inspected against (等保, GB/T 22239 身份鉴别 a).

Length and classes are checked, and a password may not contain the login, the person's name or a well-known word.
"""

import secrets
import string
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from inspect_app.core.labels import mark

CLASSES_NEEDED = 3
LONGEST = 256
WELL_KNOWN = (
    "password", "passw0rd", "qwerty", "admin", "welcome", "letmein", "iloveyou", "abc123", "123456", "654321",
    "111111", "000000", "666666", "888888", "woaini", "dizhen", "yingji", "zhongguo", "p@ssw0rd", "1qaz2wsx",
)  # fmt: skip
LOWER = string.ascii_lowercase.replace("l", "")
UPPER = string.ascii_uppercase.replace("O", "").replace("I", "")
ALPHABETS = (LOWER, UPPER, "23456789", "-_=+#%")
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Return the argon2id hash to store."""
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Compare in the same time whether or not the account exists (`stored` None)."""
    try:
        return _hasher.verify(stored or _absent(), password[:LONGEST]) and stored is not None
    except VerificationError:
        return False


@cache
def _absent() -> str:
    """Return the hash that no password matches; made at the first sign-in, because it costs on purpose."""
    return _hasher.hash(secrets.token_hex(16))


def problems(password: str, *, minimum: int, context: Iterable[str]) -> list[str]:
    """List what is wrong with a new password; `context` holds words it may not contain (login, name, place)."""
    found = []
    folded = password.casefold()
    if len(password) < minimum:
        found.append(f"密码至少 {minimum} 个字符，现在是 {len(password)} 个。")
    if len(password) > LONGEST:
        found.append(mark("密码不能超过 256 个字符。"))
    kinds = (str.islower, str.isupper, str.isdigit, lambda char: not char.isalnum())
    if sum(any(kind(char) for char in password) for kind in kinds) < CLASSES_NEEDED:
        found.append(mark("密码须包含大写字母、小写字母、数字、符号中的至少三类。"))
    if any(word in folded for word in WELL_KNOWN):
        found.append(mark("密码含有常见的弱口令（如 123456、password、admin），请换一个。"))
    if any(len(word) > 1 and word.casefold() in folded for word in context):
        found.append(mark("密码不能含有本人的登录名、姓名或地名。"))
    return found


def random_password() -> str:
    """Return a 16-character password that satisfies the policy and is easy to read out."""
    chars = [secrets.choice(alphabet) for alphabet in ALPHABETS for _ in range(4)]
    secrets.SystemRandom().shuffle(chars)
    return "".join(chars)
