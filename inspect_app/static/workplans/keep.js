// What is typed into a long form stays on this device until it was sent: a lost page or connection loses no words.
// What was kept for an older version of the thing is dropped: it was sent, or somebody else changed the thing.

const form = document.querySelector("form[data-keep]");

function fields() {
  return [...form.elements].filter((each) => each.name && !["hidden", "file", "submit"].includes(each.type));
}

function values() {
  return fields().map((each) => (each.type === "checkbox" ? each.checked : each.value));
}

// Whoever was quicker than this script has typed already.
function typed() {
  return fields().some((each) => (each.type === "checkbox" ? each.checked !== each.defaultChecked : "defaultValue" in each && each.value !== each.defaultValue));
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function keep(key, version) {
  try {
    localStorage.setItem(key, JSON.stringify({ version, values: values() }));
  } catch {
    // a full or closed store must not stand in the way of typing
  }
}

function restore(kept) {
  fields().forEach((each, place) => {
    if (each.type === "checkbox") {
      each.checked = Boolean(kept[place]);
    } else {
      each.value = kept[place] ?? "";
    }
  });
  form.querySelector("[data-kept]").hidden = false;
}

if (form) {
  const key = form.dataset.keep;
  const version = form.elements.version.value;
  const kept = read(key);
  const drawn = JSON.stringify(values());
  if (typed()) {
    keep(key, version);
  } else if (kept && kept.version !== version) {
    localStorage.removeItem(key);
  } else if (kept && !form.querySelector("[aria-invalid=true], [role=alert]") && JSON.stringify(kept.values) !== drawn) {
    restore(kept.values);
  }
  form.addEventListener("input", () => keep(key, version));
  form.dataset.keeping = "";
}
