"""Where the pages of chasing live."""

from flask import Blueprint
from werkzeug.wrappers import Response

from inspect_app.access.permissions import Permission

blueprint = Blueprint("chasing", __name__, url_prefix="/chasing", template_folder="../templates")
Page = str | Response | tuple[str, int]
TAKERS = (Permission.URGE_HAZARD, Permission.ISSUE_DOCUMENT, Permission.LIST_HAZARD)
SIZE = 50
