"""Photos made for tests: noise, so that they are as hard to compress as real ones."""

import io

from PIL import ExifTags, Image


def photo(size: tuple[int, int] = (320, 240), form: str = "JPEG", exif: Image.Exif | None = None) -> bytes:
    """Make a photo of random dots."""
    image = Image.effect_noise(size, 60).convert("RGB")
    out = io.BytesIO()
    image.save(out, form, **({} if exif is None else {"exif": exif}))
    return out.getvalue()


def exif(at: str = "2026:03:01 10:00:00", offset: str = "+08:00", place: tuple[str, str] = ("N", "E")) -> Image.Exif:
    """Make what a camera notes: an instant, and 44.425138 degrees by 84.666944."""
    tags = Image.Exif()
    camera = tags.get_ifd(ExifTags.IFD.Exif)
    camera[ExifTags.Base.DateTimeOriginal] = at
    if offset:
        camera[ExifTags.Base.OffsetTimeOriginal] = offset
    where = tags.get_ifd(ExifTags.IFD.GPSInfo)
    where[ExifTags.GPS.GPSLatitudeRef], where[ExifTags.GPS.GPSLongitudeRef] = place
    where[ExifTags.GPS.GPSLatitude] = (44.0, 25.0, 30.5)
    where[ExifTags.GPS.GPSLongitude] = (84.0, 40.0, 1.0)
    return tags
