"""The blueprint that all views of returns are attached to."""

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("returns", __name__, url_prefix="/returns", template_folder="../templates")
Page = str | Response | tuple[str, int]
