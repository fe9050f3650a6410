"""The blueprint that the pages of the tablet are attached to."""

from flask import Blueprint

blueprint = Blueprint("tablet", __name__, url_prefix="/tablet", template_folder="../templates")
