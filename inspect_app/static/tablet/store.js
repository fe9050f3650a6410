// The tablet's own database. People stand in it by name; all else is sealed under the key of the person it belongs to.

import { fromBytes, open, seal, toBytes } from "./crypto.js";

const NAME = "inspect-tablet";
const PEOPLE = "people";
const RECORDS = "records";

export class StorageFull extends Error {}

let opened = null;

function database() {
  opened ||= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(PEOPLE, { keyPath: "id" });
      request.result.createObjectStore(RECORDS, { keyPath: "name" }).createIndex("owner", ["person", "kind"]);
    };
    request.onsuccess = () => {
      request.result.onclose = () => { opened = null; };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opened;
}

// Runs one transaction; what it wrote is on the disk when this resolves.
async function run(store, mode, work) {
  const base = await database();
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(store, mode, { durability: "strict" });
    const request = work(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request && request.result);
    transaction.onabort = () => reject(isFull(transaction.error) ? new StorageFull() : transaction.error);
  });
}

function isFull(error) {
  return Boolean(error) && error.name === "QuotaExceededError";
}

export function people() {
  return run(PEOPLE, "readonly", (store) => store.getAll());
}

export function keepPerson(person) {
  return run(PEOPLE, "readwrite", (store) => store.put(person));
}

// Takes a person off this tablet with everything that is theirs.
export async function forgetPerson(id) {
  await run(RECORDS, "readwrite", (store) => {
    const request = store.openKeyCursor(IDBKeyRange.bound(`${id}/`, `${id}/\uffff`));
    request.onsuccess = () => {
      if (request.result) {
        store.delete(request.result.primaryKey);
        request.result.continue();
      }
    };
  });
  await run(PEOPLE, "readwrite", (store) => store.delete(id));
}

// The browser may have begun to clear this database already, and then it ends transactions half way.
export async function forgetEverybody() {
  for (const store of [RECORDS, PEOPLE]) {
    try {
      await run(store, "readwrite", (each) => each.clear());
    } catch {
      opened = null;
    }
  }
}

// The records of one person while they are signed in with their PIN.
export class Vault {
  constructor(person, key) {
    this.person = person;
    this.key = key;
  }

  put(kind, id, value) {
    return this.putAll([[kind, id, value]]);
  }

  putAll(values) {
    return this.change(values, []);
  }

  remove(...names) {
    return this.change([], names);
  }

  // Puts and takes away records, all or none; a value of bytes is kept as it is, any other as JSON.
  async change(values, gone) {
    const records = await Promise.all(values.map(async ([kind, id, value]) => {
      const name = this.name(kind, id);
      const plain = value instanceof Uint8Array;
      const sealed = await seal(this.key, name, plain ? value : toBytes(value));
      return { name, person: this.person, kind, plain, ...sealed };
    }));
    await run(RECORDS, "readwrite", (store) => {
      records.forEach((each) => store.put(each));
      gone.forEach(([kind, id]) => store.delete(this.name(kind, id)));
    });
  }

  async get(kind, id) {
    const record = await run(RECORDS, "readonly", (store) => store.get(this.name(kind, id)));
    return record ? this.read(record) : undefined;
  }

  // All of a kind, by their names.
  async all(kind) {
    const owner = IDBKeyRange.only([this.person, kind]);
    const records = await run(RECORDS, "readonly", (store) => store.index("owner").getAll(owner));
    return Promise.all(records.map((each) => this.read(each)));
  }

  async read(record) {
    const bytes = await open(this.key, record.name, record);
    return record.plain ? bytes : fromBytes(bytes);
  }

  name(kind, id) {
    return `${this.person}/${kind}/${id}`;
  }
}

// How full the space is that the browser gives us: {used, granted, share}, or null where it does not tell.
export async function room() {
  if (!navigator.storage || !navigator.storage.estimate) {
    return null;
  }
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  return quota ? { used: usage, granted: quota, share: usage / quota } : null;
}

// Asks that nothing is thrown away when space runs short; answers "yes", "no", or "unknown" where one cannot ask.
export async function persist() {
  if (!navigator.storage || !navigator.storage.persist) {
    return "unknown";
  }
  return await navigator.storage.persisted() || await navigator.storage.persist() ? "yes" : "no";
}
