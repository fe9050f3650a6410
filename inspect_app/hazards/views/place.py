"""The blueprint that all views of hazards are attached to."""

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("hazards", __name__, url_prefix="/hazards", template_folder="../templates")
Page = str | Response | tuple[str, int]
