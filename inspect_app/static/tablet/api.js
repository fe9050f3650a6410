// Talking to the server. Whatever is not plainly its answer counts as not reached, so that nothing is taken as received.

import { hex, proof, random, sha256 } from "./crypto.js";

const ROOT = "/api/v1";
const PATIENCE = 60000;
const SERVER = "inspect-app";

export class NotReached extends Error {
  // `kind` is "offline" when nothing answered, "foreign" when something else than the server did, "stranger" when it
  // calls itself the server and proves it with a secret that this device does not know, "busy" when it could not answer
  // now.
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

// Of one person on this device; `bound` is the device secret as a key that can only sign. Every answer but a refusal to
// know the device carries a proof over the question's nonce and its own content, which only the server can make.
export class Api {
  constructor(token, bound) {
    this.token = token;
    this.bound = bound;
  }

  handshake() {
    return this.call("GET", `/handshake?nonce=${hex(random(16))}`);
  }

  call(method, path, body) {
    const json = body === undefined ? {} : { "Content-Type": "application/json" };
    return this.ask(method, path, json, body === undefined ? undefined : JSON.stringify(body));
  }

  // One portion of a file, from `offset` on.
  portion(path, offset, bytes) {
    return this.ask("PATCH", path, { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) }, bytes);
  }

  async ask(method, path, headers, body) {
    const nonce = hex(random(16));
    const own = { Authorization: `Bearer ${this.token}`, "Device-Clock": now(), "Request-Nonce": nonce };
    const answer = await fetched(method, path, { headers: { Accept: "application/json", ...own, ...headers }, body });
    if (answer.foreign) {
      return answer;
    }
    const told = answer.headers.get("Answer-Proof");
    const wanted = await proof(this.bound, "answer", nonce, String(answer.status), await sha256(answer.bytes));
    if (told ? !told.split(",").includes(wanted) : answer.status !== 401 || !isServer(answer)) {
      throw new NotReached(told && isServer(answer) ? "stranger" : "foreign");
    }
    return answer;
  }
}

// With the session of whoever is signed in at the server, before this device has a key of its own.
export async function inSession(method, path, body, csrf = "") {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": csrf };
  const answer = await fetched(method, path, { headers, body: body && JSON.stringify(body) });
  if (!isServer(answer)) {
    throw new NotReached("foreign");
  }
  return answer;
}

// The token for forms of the session there is now; the page itself may be older than the session.
export async function formToken() {
  const answer = await fetched("GET", "", { headers: { Accept: "application/json" } }, "/tablet/token");
  return answer.body.csrf_token || "";
}

export function now() {
  return new Date().toISOString();
}

function isServer(answer) {
  return (answer.headers.get("Inspect-Server") || "").startsWith(SERVER);
}

async function fetched(method, path, options, root = ROOT) {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), PATIENCE);
  try {
    const rest = { redirect: "manual", credentials: "same-origin", cache: "no-store", signal: ending.signal };
    const answer = await fetch(root + path, { method, ...rest, ...options });
    return await understood(answer);
  } catch (error) {
    throw error instanceof NotReached ? error : new NotReached("offline");
  } finally {
    clearTimeout(timer);
  }
}

// A proxy on the way may refuse what is too large in its own words: that is no answer of the server, but one to act on.
async function understood(answer) {
  const { status, headers } = answer;
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if ((headers.get("Content-Type") || "").startsWith("application/json")) {
    try {
      return { status, headers, bytes, body: JSON.parse(new TextDecoder().decode(bytes)), foreign: false };
    } catch {
      throw new NotReached("foreign");
    }
  }
  if (status === 413) {
    return { status, headers, bytes, body: { code: "too_large" }, foreign: true };
  }
  throw new NotReached(status >= 500 ? "busy" : "foreign");
}
