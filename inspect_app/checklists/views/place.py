"""The blueprint that all views of checklists are attached to."""

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("checklists", __name__, url_prefix="/checklists", template_folder="../templates")
Page = str | Response | tuple[str, int]
