"""Where the pages of campaigns live."""

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("campaigns", __name__, url_prefix="/campaigns", template_folder="../templates")
Page = str | Response | tuple[str, int]
