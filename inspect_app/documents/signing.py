"""Signatures: strokes drawn on a screen, checked and turned into a picture; people who refuse, with their witness."""

import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from inspect_app.core.errors import Invalid
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.documents.definition import KindDefinition, Signer
from inspect_app.documents.models import DocumentSignature

WIDTH, HEIGHT = 600, 200
LONGEST = 60_000
FEWEST_POINTS = 8
PATH = re.compile(r"(?:M\d{1,3}(?:\.\d)? \d{1,3}(?:\.\d)?(?:L\d{1,3}(?:\.\d)? \d{1,3}(?:\.\d)?)+)+")
STROKE = re.compile(r"M[^M]+")
INK, THICK, SCALE = "black", 9, 1


def checked(strokes: str) -> str:
    """Return drawn strokes as they may be kept: lines in a field of 600 x 200; Invalid for anything else."""
    path = strokes.strip()
    if path and (len(path) > LONGEST or not PATH.fullmatch(path)):
        raise Invalid({"strokes": [mark("签名没有完整传到服务器，请清除后重签。")]})
    if path and sum(len(stroke) for stroke in strokes_of(path)) < FEWEST_POINTS:
        raise Invalid({"strokes": [mark("签名太短，请签全名。")]})
    return path


def strokes_of(path: str) -> list[list[tuple[float, float]]]:
    """Return the strokes of a path as lists of points."""
    return [
        [(float(x), float(y)) for x, y in (point.split(" ") for point in stroke[1:].split("L"))]
        for stroke in STROKE.findall(path)
    ]


def as_picture(path: str) -> bytes:
    """Draw the strokes as a PNG with a transparent ground."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only where a document is made

    image = Image.new("RGBA", (WIDTH * SCALE, HEIGHT * SCALE), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    for stroke in strokes_of(path):
        points = [(x * SCALE, y * SCALE) for x, y in stroke]
        draw.line(points, fill=INK, width=THICK * SCALE, joint="curve")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def missing(kind: KindDefinition, signatures: Sequence[DocumentSignature]) -> list[Sentence]:
    """Say which signatures a document still lacks: too few people, a certificate, a witness of a refusal."""
    found: list[Sentence] = []
    for signer in kind.signers:
        given = [each for each in signatures if each.role == signer.role]
        names = {each.name.strip() for each in given}
        if len(names) < signer.count:
            found.append(say(mark("%(who)s应有 %(n)s 人签名，还差 %(left)s 人。"), **_lack(signer, len(names))))
        found += _blemishes(signer, given)
    return found


def next_role(kind: KindDefinition, signatures: Sequence[DocumentSignature]) -> str:
    """Return the first role in which somebody has still to sign; "" when nobody has."""
    given = Counter(each.role for each in signatures)
    return next((signer.role for signer in kind.signers if given[signer.role] < signer.count), "")


def _lack(signer: Signer, count: int) -> dict[str, object]:
    return {"who": signer.label, "n": signer.count, "left": signer.count - count}


def _blemishes(signer: Signer, given: Iterable[DocumentSignature]) -> Iterable[Sentence]:
    for each in given:
        if signer.credential and not each.credential.strip():
            yield say(mark("%(who)s%(name)s没有写检查证号。"), who=signer.label, name=each.name)
        if each.refused and not each.witness.strip():
            yield say(mark("%(who)s%(name)s拒绝签字，须写明见证人。"), who=signer.label, name=each.name)
