"""Where the pages of work plans stand."""

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("workplans", __name__, url_prefix="/workplans", template_folder="../templates")
Page = str | Response | tuple[str, int]
