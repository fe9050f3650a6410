"""Where the pages of documents live."""

from flask import Blueprint
from werkzeug.wrappers import Response

from inspect_app.access.permissions import Permission

blueprint = Blueprint("documents", __name__, url_prefix="/documents", template_folder="../templates")
Page = str | Response | tuple[str, int]
DRAFTERS = (Permission.DRAW_UP_DOCUMENT, Permission.ISSUE_DOCUMENT)
