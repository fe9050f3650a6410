"""Reading photos: whole or not, how large, when and where taken; and small copies of them."""

import math
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from inspect_app.core.clock import LOCAL, now
from inspect_app.core.errors import FileRefused
from inspect_app.evidence.likeness import likeness
from inspect_app.evidence.rules import PIXELS

FORMATS = ("JPEG", "PNG", "WEBP")
THUMBNAIL = (480, 480)
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, UnidentifiedImageError)
BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
LIMITS = {"longitude": 180, "latitude": 90}


@dataclass(frozen=True)
class Picture:
    """Size in pixels; when and where the camera says the photo was taken (None when it says nothing credible).

    `likeness` is the fingerprint of what it shows (`evidence.likeness`), None for a plain picture.
    """

    width: int
    height: int
    taken_at: datetime | None
    longitude: Decimal | None
    latitude: Decimal | None
    likeness: str | None = None


def read_picture(path: Path, name: str) -> Picture:
    """Decode a photo completely; FileRefused when it is cut off, damaged or larger than the pixel limit."""
    try:
        with Image.open(path, formats=FORMATS) as image:
            width, height = image.size
            if width * height > PIXELS:
                raise _too_many_pixels(name)
            exif = _exif(image)
            image.draft("RGB", THUMBNAIL)
            image.load()
            shown = likeness(image)
    except BOMB as error:
        raise _too_many_pixels(name) from error
    except BROKEN as error:
        raise FileRefused(
            "E_CORRUPT", "照片“%(name)s”不完整或已损坏，打不开。请重新拍摄或重新传输后再上传。", name=name
        ) from error
    return Picture(width, height, _taken_at(exif), *_place(exif), shown)


def make_thumbnail(source: Path, target: Path) -> None:
    """Write a small JPEG, upright and without any metadata; a half-written one is never found, even if many write."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{uuid4().hex}.part")
    with Image.open(source, formats=FORMATS) as image:
        image.draft("RGB", THUMBNAIL)
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail(THUMBNAIL)
        flat = Image.new("RGB", upright.size, "white")
        clear = upright.convert("RGBA")
        flat.paste(clear, mask=clear)
        flat.save(beside, "JPEG", quality=80)
    beside.replace(target)


def _too_many_pixels(name: str) -> FileRefused:
    return FileRefused("E_LIMIT", "照片“%(name)s”像素过大（上限 6000 万像素）。请缩小后再上传。", name=name)


def _exif(image: Image.Image) -> dict[str, Any]:
    """Collect the tags used here; whatever a camera wrote wrongly counts as not written."""
    try:
        exif = image.getexif()
        camera = exif.get_ifd(ExifTags.IFD.Exif)
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    except (*BROKEN, KeyError, AttributeError, OverflowError, UserWarning):
        return {}
    return {
        "at": camera.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime),
        "offset": camera.get(ExifTags.Base.OffsetTimeOriginal),
        "latitude": (place.get(ExifTags.GPS.GPSLatitude), place.get(ExifTags.GPS.GPSLatitudeRef)),
        "longitude": (place.get(ExifTags.GPS.GPSLongitude), place.get(ExifTags.GPS.GPSLongitudeRef)),
    }


def _taken_at(exif: dict[str, Any]) -> datetime | None:
    """Read the camera's clock; without an offset it is taken for local time, and the future is not believed."""
    text, offset = (str(exif.get(tag) or "").strip("\x00 ") for tag in ("at", "offset"))
    written = text[:10].replace(":", "-") + text[10:]
    for value in (written + offset, written):
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            continue
        at = at if at.tzinfo else at.replace(tzinfo=LOCAL)
        return at if at <= now() else None
    return None


def _place(exif: dict[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    longitude, latitude = (_degrees(axis, *exif.get(axis, (None, None))) for axis in ("longitude", "latitude"))
    return (longitude, latitude) if longitude is not None and latitude is not None else (None, None)


def _degrees(axis: str, parts: Any, reference: Any) -> Decimal | None:  # noqa: ANN401 - as the camera wrote it
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
        value = degrees + minutes / 60 + seconds / 3600
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not math.isfinite(value) or not 0 < value <= LIMITS[axis]:
        return None
    sign = -1 if str(reference).upper().startswith(("S", "W")) else 1
    return Decimal(sign * value).quantize(Decimal("0.0000001"))
