"""Where the pages of bulletins live."""

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("bulletins", __name__, url_prefix="/bulletins", template_folder="../templates")
Page = str | Response | tuple[str, int]
