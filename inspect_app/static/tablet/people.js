// Who works on this tablet: taken in once with a network, unlocked by their own PIN afterwards.

import { NotReached, formToken, inSession } from "./api.js";
import { WrongPin, newLock, renewedLock, unlock } from "./crypto.js";
import { byId, make, message, say } from "./dom.js";
import { Vault, forgetPerson, keepPerson, people } from "./store.js";

const FREE_TRIES = 5;
const PAUSE = 30000;
let me = null;

// `entered` is told {person, vault} once somebody is in; `go` shows a view.
export function prepare(entered, go) {
  byId("enrol").addEventListener("submit", (event) => guarded(event, (form) => enrol(form, entered)));
  byId("unlock").addEventListener("submit", (event) => guarded(event, (form) => enter(form, entered)));
  byId("other-person").addEventListener("click", () => go("welcome"));
  byId("forget").addEventListener("click", forget);
  byId("to-unlock").addEventListener("click", () => go("unlock"));
}

async function guarded(event, act) {
  event.preventDefault();
  const submit = event.target.querySelector("[type=submit]");
  submit.disabled = true;
  message("");
  try {
    await act(event.target);
  } catch (error) {
    if (!(error instanceof WrongPin)) {
      throw error;
    }
    message(say("wrongPin"), "late");
  } finally {
    submit.disabled = false;
  }
}

// Whoever forgot their PIN starts anew: what is sealed under it cannot be opened by anybody.
async function forget() {
  if (window.confirm(say("forgetQuestion", { name: me.person.name }))) {
    await forgetPerson(me.person.id);
    await welcome();
  }
}

// Asks the server who is signed in, and offers what comes next.
export async function welcome() {
  const known = await people();
  byId("to-unlock").hidden = !known.length;
  byId("enrol").hidden = true;
  byId("sign-in").hidden = true;
  byId("welcome-text").textContent = say("asking");
  try {
    const { status, body } = await inSession("GET", "/me");
    me = status === 200 ? body : null;
  } catch (error) {
    if (!(error instanceof NotReached)) {
      throw error;
    }
    byId("welcome-text").textContent = say(error.kind === "foreign" ? "foreign" : "needsNetwork");
    return;
  }
  byId("sign-in").hidden = Boolean(me);
  byId("enrol").hidden = !me;
  byId("welcome-text").textContent = me ? say("welcomeTo", { name: me.person.name }) : say("signInFirst");
  if (me) {
    const before = known.some((each) => each.id === me.person.id);
    byId("forget").hidden = !before;
    byId("enrol").elements.again.required = !before;
    byId("enrol").elements.again.closest("label").hidden = before;
  }
}

async function enrol(form, entered) {
  const pin = form.elements.pin.value;
  const known = await people();
  const before = known.find((each) => each.id === me.person.id);
  if (!before && pin !== form.elements.again.value) {
    message(say("pinsDiffer"), "late");
    return;
  }
  const device = known.length ? { device: known[0].device } : {};
  const { status, body } = await inSession("POST", "/devices", { name: form.elements.name.value.trim(), ...device }, await formToken());
  if (status >= 300) {
    message(body.message || say("foreign"), "late");
    return;
  }
  form.reset();
  await entered(before ? await renewed(before, pin, body) : await added(pin, body));
}

async function added(pin, { device, token, secret }) {
  const { lock, key } = await newLock(pin, secret);
  const person = { id: me.person.id, name: me.person.name, device, lock, tries: 0, until: 0 };
  await keepPerson(person);
  const vault = new Vault(person.id, key);
  await vault.put("token", "", { token });
  return { person, vault };
}

// The server may have another secret than when the tablet was registered: the new one takes the place of the old.
async function renewed(person, pin, { token, secret }) {
  const { vault } = await opened(person, pin);
  const now = { ...person, lock: await renewedLock(pin, person.lock, secret), tries: 0, until: 0 };
  await vault.put("token", "", { token });
  await keepPerson(now);
  return { person: now, vault };
}

export async function drawPeople() {
  const known = await people();
  const choices = known.map((person, index) => {
    const input = make("input", "", "visually-hidden");
    Object.assign(input, { type: "radio", name: "person", value: String(person.id), id: `person-${person.id}`, checked: !index, required: true });
    const label = make("label", person.name);
    label.htmlFor = input.id;
    return make("div", [input, label], "choice");
  });
  byId("people").replaceChildren(...choices);
  byId("pin").value = "";
  byId("pin").focus();
}

async function enter(form, entered) {
  const person = (await people()).find((each) => String(each.id) === form.elements.person.value);
  const left = person.until - Date.now();
  if (left > 0) {
    message(say("tooOften", { seconds: Math.ceil(left / 1000) }), "late");
    return;
  }
  try {
    const found = await opened(person, form.elements.pin.value);
    await entered(found);
  } finally {
    form.elements.pin.value = "";
  }
}

// Every wrong PIN after the fifth makes the next one wait twice as long.
async function opened(person, pin) {
  try {
    const key = await unlock(pin, person.lock);
    await keepPerson({ ...person, tries: 0, until: 0 });
    return { person, vault: new Vault(person.id, key) };
  } catch (error) {
    const tries = person.tries + 1;
    const pause = tries < FREE_TRIES ? 0 : PAUSE * 2 ** Math.min(tries - FREE_TRIES, 10);
    await keepPerson({ ...person, tries, until: pause ? Date.now() + pause : 0 });
    throw error;
  }
}
