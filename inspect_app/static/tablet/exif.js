// Time and place of a photo: read from the file before it is drawn anew, and written into the smaller one.

const TAKEN = 0x9003;
const EXIF = 0x8769;
const GPS = 0x8825;
const ASCII = 2;
const LONG = 4;
const RATIONAL = 5;
const WIDTH = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8 };

// Returns {taken_at: "2026:06:15 10:00:00", longitude, latitude}; what the file does not say is "".
export function read(buffer) {
  const facts = { taken_at: "", longitude: "", latitude: "" };
  try {
    const tiff = find(new DataView(buffer));
    if (tiff) {
      const first = directory(tiff, tiff.u32(4));
      const own = first.has(EXIF) ? directory(tiff, first.get(EXIF).offset()) : new Map();
      const place = first.has(GPS) ? directory(tiff, first.get(GPS).offset()) : new Map();
      facts.taken_at = own.has(TAKEN) ? own.get(TAKEN).text() : "";
      facts.latitude = degrees(place, 1, 2, "S");
      facts.longitude = degrees(place, 3, 4, "W");
    }
  } catch (error) {
    if (!(error instanceof RangeError)) {
      throw error;
    }
  }
  return facts;
}

// Returns the JPEG with these facts in it.
export function write(buffer, { taken_at: takenAt, longitude, latitude }) {
  if (!takenAt && !longitude) {
    return new Uint8Array(buffer);
  }
  const block = made(takenAt, longitude, latitude);
  const jpeg = new Uint8Array(buffer);
  const head = [0xff, 0xe1, ((block.length + 8) >> 8) & 0xff, (block.length + 8) & 0xff, ...signature()];
  const whole = new Uint8Array(jpeg.length + head.length + block.length);
  whole.set(jpeg.subarray(0, 2));
  whole.set(head, 2);
  whole.set(block, 2 + head.length);
  whole.set(jpeg.subarray(2), 2 + head.length + block.length);
  return whole;
}

function signature() {
  return [0x45, 0x78, 0x69, 0x66, 0, 0];
}

function find(view) {
  if (view.getUint16(0) !== 0xffd8) {
    return null;
  }
  for (let at = 2; at + 10 < view.byteLength;) {
    const mark = view.getUint16(at);
    if (mark === 0xffe1 && view.getUint32(at + 4) === 0x45786966) {
      return reader(view, at + 10);
    }
    if ((mark & 0xff00) !== 0xff00 || mark === 0xffda) {
      return null;
    }
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function reader(view, start) {
  const little = view.getUint16(start) === 0x4949;
  return {
    u8: (at) => view.getUint8(start + at),
    u16: (at) => view.getUint16(start + at, little),
    u32: (at) => view.getUint32(start + at, little),
  };
}

function directory(tiff, at) {
  const entries = new Map();
  const count = tiff.u16(at);
  for (let index = 0; index < count; index += 1) {
    const entry = at + 2 + index * 12;
    entries.set(tiff.u16(entry), value(tiff, entry));
  }
  return entries;
}

function value(tiff, entry) {
  const count = tiff.u32(entry + 4);
  const inside = count * (WIDTH[tiff.u16(entry + 2)] || 1) <= 4;
  const place = () => (inside ? entry + 8 : tiff.u32(entry + 8));
  return {
    offset: () => tiff.u32(entry + 8),
    text: () => Array.from({ length: count }, (_, index) => String.fromCharCode(tiff.u8(place() + index))).join("").replace(/\0+$/, ""),
    ratios: () => Array.from({ length: count }, (_, index) => tiff.u32(place() + index * 8) / (tiff.u32(place() + index * 8 + 4) || 1)),
  };
}

function degrees(place, sign, name, negative) {
  if (!place.has(name)) {
    return "";
  }
  const [whole = 0, minutes = 0, seconds = 0] = place.get(name).ratios();
  const size = whole + minutes / 60 + seconds / 3600;
  const turned = place.has(sign) && place.get(sign).text().startsWith(negative) ? -size : size;
  return Number.isFinite(turned) && size ? turned.toFixed(7) : "";
}

function made(takenAt, longitude, latitude) {
  const where = longitude && latitude;
  const first = [[EXIF, LONG, 1, null], ...(where ? [[GPS, LONG, 1, null]] : [])];
  const own = takenAt ? [[TAKEN, ASCII, 20, ascii(takenAt.slice(0, 19))]] : [];
  const place = where ? [
    [1, ASCII, 2, ascii(Number(latitude) < 0 ? "S" : "N")], [2, RATIONAL, 3, angle(latitude)],
    [3, ASCII, 2, ascii(Number(longitude) < 0 ? "W" : "E")], [4, RATIONAL, 3, angle(longitude)],
  ] : [];
  const ownAt = 8 + length(first);
  const placeAt = ownAt + length(own);
  first[0][3] = number(ownAt);
  if (where) {
    first[1][3] = number(placeAt);
  }
  const bytes = [0x4d, 0x4d, 0, 42, ...number(8), ...block(first, 8), ...block(own, ownAt)];
  return Uint8Array.from(where ? [...bytes, ...block(place, placeAt)] : bytes);
}

function length(entries) {
  const outside = entries.reduce((sum, [, , , data]) => sum + (data && data.length > 4 ? data.length : 0), 0);
  return 2 + entries.length * 12 + 4 + outside;
}

function block(entries, start) {
  const head = [entries.length >> 8, entries.length & 0xff];
  const tail = [];
  const after = start + 2 + entries.length * 12 + 4;
  for (const [tag, kind, count, data] of entries) {
    head.push(tag >> 8, tag & 0xff, 0, kind, ...number(count));
    if (data.length > 4) {
      head.push(...number(after + tail.length));
      tail.push(...data);
    } else {
      head.push(...data, ...Array(4 - data.length).fill(0));
    }
  }
  return [...head, 0, 0, 0, 0, ...tail];
}

function number(size) {
  return [(size >>> 24) & 0xff, (size >>> 16) & 0xff, (size >>> 8) & 0xff, size & 0xff];
}

function ascii(text) {
  return [...Array.from(text, (each) => each.charCodeAt(0)), 0];
}

function angle(text) {
  const size = Math.abs(Number(text));
  const whole = Math.floor(size);
  const minutes = Math.floor((size - whole) * 60);
  const seconds = Math.round(((size - whole) * 60 - minutes) * 60 * 10000);
  return [whole, 1, minutes, 1, seconds, 10000].flatMap(number);
}
