"""The person on whose behalf something is done, as a value."""

from dataclasses import dataclass

from inspect_app.access.permissions import Role, allowed
from inspect_app.core.labels import mark


@dataclass(frozen=True)
class Actor:
    """A signed-in person: what they see (`view_region_id` and below), where they may enter data (`capture_region_id`).

    `capture_region_id` None means: may enter nothing anywhere. `id` None is the system itself (commands, sample).
    """

    id: int | None
    name: str
    role: Role | None
    view_region_id: int | None
    capture_region_id: int | None
    unit_id: int | None = None
    address: str = ""

    def can(self, permission: str, /) -> bool:
        """Tell whether the role grants a permission; the system itself may do everything."""
        return self.role is None or allowed(self.role, permission)


SYSTEM = Actor(id=None, name=mark("系统"), role=None, view_region_id=None, capture_region_id=None)
