"""The blueprint that all views of visits are attached to."""

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("inspections", __name__, url_prefix="/inspections", template_folder="../templates")
Page = str | Response | tuple[str, int]
