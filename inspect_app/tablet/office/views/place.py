"""The blueprint of these pages. Their addresses begin in different places, so every route says its own in full."""

from flask import Blueprint

blueprint = Blueprint("office", __name__, template_folder="../../templates")
