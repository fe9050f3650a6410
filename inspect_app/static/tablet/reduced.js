// Over plain HTTP a browser gives neither offline opening nor encryption nor lasting storage; whoever works so is told.

export const NEEDED = {
  offline: (scope) => "serviceWorker" in scope.navigator && "caches" in scope,
  encryption: (scope) => Boolean(scope.crypto && scope.crypto.subtle),
  lasting: (scope) => Boolean(scope.navigator.storage && scope.navigator.storage.persist),
};

// Names what this page cannot do here; empty where it can do everything.
export function lacking(scope = window) {
  return Object.keys(NEEDED).filter((name) => !NEEDED[name](scope));
}

export function announce(notice, scope = window) {
  if (notice) {
    notice.hidden = scope.isSecureContext && !lacking(scope).length;
  }
}

announce(document.getElementById("reduced"));
