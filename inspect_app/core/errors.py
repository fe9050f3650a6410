"""The one family of errors a user may meet: a stable code, and a Chinese sentence: what, where, how to mend.

The sentence is a template with its parameters apart, so that a page can show it in another language.
`web.errors` alone maps these classes to HTTP statuses.
"""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from inspect_app.core.labels import mark


class DomainError(Exception):
    """A request that cannot be carried out as asked; nothing was changed."""

    code: ClassVar[str] = "domain"

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class NotFound(DomainError):
    """The thing does not exist for this person: absent, or in another region (never told apart)."""

    code = "not_found"

    def __init__(
        self, message: str = mark("没有找到这条记录：它可能不存在，或不在您的管辖范围内。"), **params: object
    ) -> None:
        super().__init__(message, **params)


class Forbidden(DomainError):
    """The person's role or position does not allow this."""

    code = "forbidden"


class Stale(DomainError):
    """The page was opened before somebody else changed the record."""

    code = "stale"

    def __init__(
        self,
        message: str = mark("这条记录在您打开页面之后已被他人修改，本次操作没有保存。请刷新页面，核对后再试。"),
        **params: object,
    ) -> None:
        super().__init__(message, **params)


class Conflict(DomainError):
    """The request contradicts what is already stored (a second import of one file, a number in use)."""

    code = "conflict"


class Invalid(DomainError):
    """Input that breaks rules: `problems` maps a field name to its sentences ("" for the whole)."""

    code = "invalid"

    def __init__(
        self, problems: Mapping[str, Iterable[str]], message: str = mark("填写的内容有误，请按提示修改后再提交。")
    ) -> None:
        self.problems = {field: tuple(sentences) for field, sentences in problems.items()}
        super().__init__(message)

    def __str__(self) -> str:
        return " ".join([self.message, *(text for sentences in self.problems.values() for text in sentences)])


class StepRefused(DomainError):
    """A lifecycle step that may not be taken now; `missing` holds one sentence a reason."""

    code = "step_refused"

    def __init__(self, missing: Iterable[str], message: str = mark("现在还不能执行这一步。")) -> None:
        self.missing = tuple(missing)
        super().__init__(message)

    def __str__(self) -> str:
        return " ".join([self.message, *self.missing])


class FileRefused(DomainError):
    """An uploaded file that cannot be used. `file_code` is one of the E_ codes that scripts rely on."""

    code = "file_refused"

    def __init__(self, file_code: str, message: str, **params: object) -> None:
        self.file_code = file_code
        super().__init__(message, **params)


class DefinitionProblems(DomainError):
    """Mistakes in definition files, all of them: each entry reads "file: item: sentence"."""

    code = "definitions"

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("定义文件有误：\n" + "\n".join(self.problems).replace("%", "%%"))

    def __str__(self) -> str:
        return "定义文件有误：\n" + "\n".join(self.problems)
