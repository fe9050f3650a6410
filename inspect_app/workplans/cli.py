"""The commands of work plans, gathered from the parts of the package."""

from inspect_app.workplans.library.cli import obligations
from inspect_app.workplans.notices.cli import workplans

commands = (obligations, workplans)
