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
        "hazard": s.pattern(s.CODE, "reference of the hazard"),
        "sent": s.uuid("key under which the hazard was sent, in place of its reference"),
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
