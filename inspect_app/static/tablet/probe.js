// A service worker that does nothing: that it can be registered shows that the browser trusts the certificate.
self.addEventListener("install", () => self.skipWaiting());
