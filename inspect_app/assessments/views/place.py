"""The blueprint that all views of assessments are attached to."""

from flask import Blueprint

blueprint = Blueprint("assessments", __name__, url_prefix="/assessments", template_folder="../templates")
