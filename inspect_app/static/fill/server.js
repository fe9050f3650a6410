// Talking to the server: every answer that is not its JSON counts as not reached, so that nothing is taken as received.

let token = document.querySelector("meta[name=csrf-token]").content;
let renewal = null;

export class NotReached extends Error {}

// Resolves to {status, body}; rejects with NotReached when something else than the server answered, or nothing.
export async function call(method, address, body, again = true) {
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  let answer;
  try {
    answer = await fetch(address, {
      method, headers, redirect: "manual", credentials: "same-origin", body: body && JSON.stringify(body),
    });
  } catch (error) {
    throw new NotReached(error.message);
  }
  const told = await readJson(answer);
  if (answer.status === 400 && told.code === "csrf" && again) {
    await renew();
    return call(method, address, body, false);
  }
  return { status: answer.status, body: told };
}

// Sends one file with its length and hash; `progress` is told the share sent.
export function send(address, fields, progress) {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    Object.entries(fields).forEach(([name, value]) => form.append(name, value));
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) {
        progress(event.loaded / event.total);
      }
    });
    request.addEventListener("load", () => {
      try {
        resolve({ status: request.status, body: JSON.parse(request.responseText) });
      } catch (error) {
        reject(new NotReached(error.message));
      }
    });
    ["error", "abort", "timeout"].forEach((name) => request.addEventListener(name, () => reject(new NotReached(name))));
    request.send(form);
  });
}

export function useRenewal(address) {
  renewal = address;
}

// Fetches a token for a session that was renewed in another tab.
export async function renew() {
  const { status, body } = await call("GET", renewal, undefined, false);
  if (status === 200 && body.csrf_token) {
    token = body.csrf_token;
  }
  return { status, body };
}

async function readJson(answer) {
  const kind = answer.headers.get("Content-Type") || "";
  if (!kind.startsWith("application/json")) {
    throw new NotReached("not the server");
  }
  try {
    return await answer.json();
  } catch (error) {
    throw new NotReached(error.message);
  }
}
