"""The commands of work plans, gathered from the parts of the package."""

import click

commands: tuple[click.Command, ...] = ()
