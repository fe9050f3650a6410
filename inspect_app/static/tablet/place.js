// Where the tablet is: the last place known, with its accuracy in metres.

const LONGEST = 20000;
const FRESH = 5 * 60 * 1000;
let last = null;

// Resolves to {longitude, latitude, accuracy, at} or to null when the device does not tell.
export function locate() {
  if (!navigator.geolocation || !window.isSecureContext) {
    return Promise.resolve(null);
  }
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        last = {
          longitude: coords.longitude.toFixed(7),
          latitude: coords.latitude.toFixed(7),
          accuracy: Math.round(coords.accuracy),
          at: Date.now(),
        };
        resolve(last);
      },
      () => resolve(known()),
      { enableHighAccuracy: true, timeout: LONGEST, maximumAge: 60000 },
    );
  });
}

export function known() {
  return last && Date.now() - last.at < FRESH ? last : null;
}

// As the server is told it; nothing where the place is not known.
export function placed(found) {
  if (!found || !found.longitude) {
    return {};
  }
  const accuracy = found.accuracy ? { accuracy: found.accuracy } : {};
  return { place: { longitude: Number(found.longitude), latitude: Number(found.latitude), ...accuracy } };
}
