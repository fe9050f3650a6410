"""Where the pages of work plans stand."""

from flask import Blueprint

blueprint = Blueprint("workplans", __name__, url_prefix="/workplans", template_folder="../templates")
