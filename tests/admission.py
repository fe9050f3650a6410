"""Who is let in where: the table of every route by role, for people of 乌苏市 and of the prefecture above it.

The table is written by hand, and `test_scope` fails on a route without a line in it. Whatever a line does not name is
forbidden (403). Roles stand as letters, in the order of `Role`.
"""

import re
from collections.abc import Mapping

from inspect_app.access.permissions import Role

LETTERS = dict(zip("ICHOLASUT", Role, strict=True))
SEEING, EVERYBODY = "ICHOLA", "ICHOLASUT"
SENDING, PREPARING = "CO", "CHOLA"
AUTHORING = "HOLT"
FORBIDDEN = 403
Outcome = Mapping[int, str]
TABLE: Mapping[str, Outcome] = {
    "GET accounts.account": {200: EVERYBODY},
    "GET accounts.new_user": {200: "S"},
    "GET accounts.password": {200: EVERYBODY},
    "GET accounts.sign_in": {200: EVERYBODY},
    "GET accounts.user": {200: "S"},
    "GET accounts.users": {200: "S"},
    "GET assessments.county": {200: SEEING},
    "GET assessments.index": {200: SEEING},
    "GET audit.entries": {200: "U"},
    "GET bootstrap.static": {200: EVERYBODY},
    "GET campaigns.avoidance": {200: "IO"},
    "GET campaigns.board": {200: SEEING},
    "GET campaigns.edit": {200: "O"},
    "GET campaigns.index": {200: SEEING},
    "GET campaigns.new": {200: "O"},
    "GET campaigns.plan": {200: "OL"},
    "GET campaigns.progress": {200: SEEING},
    "GET campaigns.show": {200: SEEING},
    "GET campaigns.teams": {200: "O"},
    "GET checklists.bases": {200: SEEING + "T"},
    "GET checklists.basis": {200: SEEING + "T"},
    "GET checklists.blank_workbook": {200: "HOT"},
    "GET checklists.export": {200: SEEING + "T"},
    "GET checklists.import_preview": {404: "HOT"},
    "GET checklists.import_workbook": {200: "HOT"},
    "GET checklists.index": {200: SEEING + "T"},
    "GET checklists.show": {200: SEEING + "T"},
    "GET evidence.file": {200: SEEING},
    "GET evidence.thumbnail": {200: SEEING},
    "GET hazards.data": {200: SEEING},
    "GET hazards.edit": {200: "ICO"},
    "GET hazards.index": {200: SEEING},
    "GET hazards.new": {200: "ICO"},
    "GET hazards.show": {200: SEEING},
    "GET hazards.take": {200: "HO"},
    "GET inspections.confirm": {200: "ICO"},
    "GET inspections.fill": {200: "I"},
    "GET inspections.index": {200: SEEING},
    "GET inspections.newer_lists": {302: "IHO"},
    "GET inspections.journey": {200: "HO"},
    "GET inspections.plan": {200: "HO"},
    "GET inspections.show": {200: SEEING},
    "GET inspections.standing": {200: "I"},
    "GET inspections.team": {200: "HO"},
    "GET inspections.trial_standing": {200: AUTHORING},
    "GET inspections.try_list": {200: AUTHORING},
    "GET reporting.county": {200: SEEING},
    "GET reporting.home": {200: EVERYBODY},
    "GET reporting.ledger": {200: SEEING},
    "GET reporting.overview": {200: "OLA", 302: "ICH"},
    "GET returns.index": {200: PREPARING},
    "GET returns.new": {200: SENDING},
    "GET returns.plan": {200: PREPARING},
    "GET returns.plan_csv": {200: PREPARING},
    "GET returns.show": {200: PREPARING},
    "GET sites.blank": {200: "CO"},
    "GET sites.duplicates": {200: "CO"},
    "GET sites.edit": {200: "CO"},
    "GET sites.index": {200: SEEING},
    "GET sites.new": {200: "CO"},
    "GET sites.plates": {200: SEEING},
    "GET sites.public": {404: EVERYBODY},
    "GET sites.register": {200: SEEING},
    "GET sites.show": {200: SEEING},
    "GET static": {200: EVERYBODY},
    "GET web.favicon": {200: EVERYBODY},
    "GET web.healthz": {200: EVERYBODY},
    "GET web.plotly": {200: EVERYBODY},
    "GET web.readyz": {200: EVERYBODY},
    "DELETE inspections.drop_file": {409: "I"},
    "POST accounts.end_other_sessions": {302: EVERYBODY},
    "POST accounts.new_user": {422: "S"},
    "POST accounts.password": {422: EVERYBODY},
    "POST accounts.reset_password": {200: "S"},
    "POST accounts.sign_in": {422: EVERYBODY},
    "POST accounts.sign_out": {302: EVERYBODY},
    "POST accounts.unlock": {302: "S"},
    "POST accounts.user": {422: "S"},
    "POST assessments.run": {422: "A"},
    "POST campaigns.avoidance": {422: "IO"},
    "POST campaigns.edit": {422: "O"},
    "POST campaigns.end_avoidance": {404: "IO"},
    "POST campaigns.make": {409: "O"},
    "POST campaigns.move": {302: "O"},
    "POST campaigns.new": {422: "O"},
    "POST campaigns.save_teams": {409: "O"},
    "POST campaigns.step": {409: "OL"},
    "POST checklists.import_preview": {404: "HOT"},
    "POST checklists.import_workbook": {422: "HOT"},
    "POST hazards.add": {422: "ICHOL"},
    "POST hazards.edit": {409: "ICO"},
    "POST hazards.new": {422: "ICO"},
    "POST hazards.take": {422: "HO"},
    "POST inspections.add_file": {201: "I"},
    "POST inspections.move_lists": {409: "IHO"},
    "POST inspections.journey": {422: "HO"},
    "POST inspections.plan": {422: "HO"},
    "POST inspections.restart_trial": {302: AUTHORING},
    "POST inspections.step": {409: "ICHO"},
    "POST inspections.submit": {409: "ICO"},
    "POST inspections.team": {422: "HO"},
    "POST returns.apply": {409: SENDING},
    "POST returns.check": {409: SENDING},
    "POST returns.discard": {409: SENDING},
    "POST returns.new": {422: SENDING},
    "POST sites.decide": {422: "CO"},
    "POST sites.edit": {422: "CO"},
    "POST sites.new": {422: "CO"},
    "POST web.language": {302: EVERYBODY},
    "PUT inspections.answer": {409: "I"},
    "PUT inspections.try_answer": {200: AUTHORING},
}
OF_A_COUNTY = {
    line for line in TABLE if line.split()[1] in {"evidence.file", "evidence.thumbnail", "assessments.county"}
    or re.search(r"hazards\.(data|edit|show|take|add)|sites\.(show|edit)|reporting\.county", line)
    or re.search(r"campaigns\.(board|edit|make|move|plan|progress|save_teams|show|step|teams)", line)
    or re.search(r"inspections\.(?!index|try_|trial_|restart_)|returns\.(?!index|new)", line)
}  # fmt: skip


def expected(line: str, role: Role) -> int:
    """Return the status of the answer to a route, asked for what 乌苏市 holds."""
    return next((status for status, who in TABLE[line].items() if role in {LETTERS[each] for each in who}), FORBIDDEN)
