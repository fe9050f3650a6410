"""What clients send, shape by shape."""

from inspect_app.evidence.rules import FILE_BYTES
from inspect_app.tablet.api import schema as s

MOST_ANSWERS = 100
MOST_SIGNATURES = 12
KEY = s.uuid("UUID that the client gave to what it sends; the same key with the same content is answered the same")
CLAIMED = s.instant("when it was done by the clock of the device")
PLACE = s.record(
    {"longitude": s.number(-180, 180), "latitude": s.number(-90, 90)},
    {"accuracy": s.number(0, 100_000, "metres")},
    about="WGS-84",
)
SENT = {"key": KEY, "claimed_at": CLAIMED}

DEVICE = s.record(
    {"name": s.text(60, shortest=1, about="how the office calls the device")},
    {"device": s.uuid("uuid of a device that was registered before, or one made by the client")},
)
START = s.record(SENT, {"place": PLACE})
ANSWER = s.record(
    {**SENT, "item": s.pattern(s.CODE, "code of the item"), "version": s.integer(0, 2**31, "of the answer replaced")},
    {
        "value": s.open_record("the answer, in the shape of its type"),
        "note": s.text(2000),
        "immediate_measure": s.text(2000),
        "asked": s.pattern("[0-9a-f]{0,16}", "digest of the question as the pack gave it"),
    },
)
ANSWERS = s.record({"answers": s.several(ANSWER, MOST_ANSWERS, fewest=1)})
SIGNATURE = s.record(
    {"role": s.choice("inspector", "site_person", "witness"), "name": s.text(60, shortest=1)},
    {
        "credential": s.text(60),
        "strokes": s.text(60_000, about="SVG path data in a field of 600 x 200: M and L with up to one decimal"),
        "refused": s.boolean(),
        "witness": s.text(60, about="who saw that signing was refused"),
    },
)
SIGNATURES = s.record({**SENT, "signatures": s.several(SIGNATURE, MOST_SIGNATURES, fewest=1)}, {"remark": s.text(500)})
SUBMIT = s.record({**SENT, "site_person": s.text(60, shortest=1)}, {"summary": s.text(2000)})
ABOUT = s.record(
    {"kind": s.choice("item", "hazard", "recheck", about="what the file belongs to")},
    {
        "visit": s.uuid("of the visit, for an item"),
        "item": s.pattern(s.CODE, "code of the item"),
        "paper": s.boolean("a paper rather than a picture of the state found"),
        "hazard": s.pattern(s.CODE, "reference of the hazard, or the key under which it was sent"),
        "place": PLACE,
        "taken_at": s.instant("when the picture was taken, where the file itself no longer says so"),
    },
)
UPLOAD = s.record(
    {
        "claimed_at": CLAIMED,
        "size": s.integer(1, FILE_BYTES, "length in bytes"),
        "sha256": s.pattern(s.SHA256, "of the whole file, as hex"),
        "name": s.text(200, shortest=1),
        "about": ABOUT,
    }
)
HAZARD = s.record(
    {**SENT, "text": s.text(2000, shortest=1, about="what was found")},
    {
        "site": s.uuid("of the site where it was found"),
        "visit": s.uuid("of the visit during which it was found"),
        "region": s.pattern("[0-9]{2,12}", "code of the region, where no site is named"),
        "grade": s.choice("major", "general"),
        "location": s.text(200),
        "immediate_measure": s.text(2000),
        "requirement": s.text(2000),
        "due_on": s.day(),
        "place": PLACE,
    },
)
SITE = s.record(
    {
        **SENT,
        "name": s.text(100, shortest=1),
        "category": s.pattern(s.CODE, "code of the kind of object"),
        "region": s.pattern("[0-9]{2,12}", "code of the region"),
    },
    {"address": s.text(200), "contact_person": s.text(60), "place": PLACE, "note": s.text(2000)},
)
RECHECK = s.record(
    {
        **SENT,
        "hazard": s.pattern(s.CODE, "reference of the hazard"),
        "passed": s.boolean(),
        "opinion": s.text(2000, shortest=1),
    },
    {
        "version": s.integer(0, 2**31, "of the hazard as the pack gave it"),
        "recheckers": s.several(s.integer(1, 2**53), 20, about="people of the recheck; those of the visit by default"),
    },
)
