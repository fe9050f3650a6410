"""What devices send to the API: whatever its shapes do not name is refused, and with it all that came along."""

from inspect_app.access.permissions import Role
from tests.posts.sending import Office, Post

API = "/api/v1"


def tablet_posts(_office: Office) -> list[Post]:
    """Register a device."""
    bodies = {"devices": {"name": "平板"}}
    return [Post(Role.INSPECTOR, f"{API}/{path}", body, body="json", expects=422) for path, body in bodies.items()]
