// The review saves piece by piece without leaving the page; without this script every form works by itself.

const review = document.querySelector("[data-review]");
const PLAIN = "button[type=submit], input[type=submit]";

function shownBy(address) {
  const target = address.startsWith("#") ? document.getElementById(address.slice(1)) : null;
  if (!target) {
    return;
  }
  for (const each of document.querySelectorAll(".shown")) {
    each.classList.remove("shown");
  }
  for (let box = target; box; box = box.parentElement?.closest("details")) {
    if (box.tagName === "DETAILS") {
      box.open = true;
    }
  }
  target.classList.add("shown");
  target.scrollIntoView({ block: "nearest", behavior: "instant" });
}

// what was typed and not saved, by form and field, so that a fresh drawing can take it over
function typed(part, sent) {
  const kept = [];
  for (const form of part.querySelectorAll("form[id]")) {
    if (form === sent) {
      continue;
    }
    [...form.elements].forEach((each, place) => {
      const changed =
        each.type === "checkbox" ? each.checked !== each.defaultChecked
        : each.tagName === "SELECT" ? [...each.options].some((option) => option.selected !== option.defaultSelected)
        : each.type !== "hidden" && "defaultValue" in each && each.value !== each.defaultValue;
      if (changed) {
        kept.push({ form: form.id, name: each.name, place, value: each.value, checked: each.checked });
      }
    });
  }
  return kept;
}

function restore(kept) {
  for (const each of kept) {
    const field = document.getElementById(each.form)?.elements[each.place];
    if (field && field.name === each.name) {
      field.value = each.value;
      field.checked = each.checked;
    }
  }
}

function openOnes(part) {
  return [...part.querySelectorAll("details[open][id]")].map((each) => each.id);
}

function redraw(text, sent) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const drawn = fresh.querySelector("[data-review]");
  const parts = (root) => [...root.querySelectorAll("[data-part]")].map((each) => each.dataset.part).join();
  if (!drawn) {
    return false;
  }
  const kept = typed(review, sent);
  const open = openOnes(review);
  if (parts(drawn) === parts(review)) {
    for (const part of drawn.querySelectorAll("[data-part]")) {
      const old = review.querySelector(`[data-part="${part.dataset.part}"]`);
      if (old.innerHTML !== part.innerHTML) {
        const left = old.querySelector(".said")?.scrollTop;
        old.replaceChildren(...part.childNodes);
        old.className = part.className;
        if (left) {
          old.querySelector(".said").scrollTop = left;
        }
      }
    }
  } else {
    review.replaceChildren(...drawn.childNodes);
  }
  for (const each of open) {
    const box = document.getElementById(each);
    if (box && !(sent && box.contains(document.getElementById(sent.id)))) {
      box.open = true;
    }
  }
  restore(kept);
  narrowAll();
  return true;
}

function say(form, sentences) {
  form.querySelector(".saying")?.remove();
  const line = document.createElement("p");
  line.className = "saying";
  line.setAttribute("role", "alert");
  line.textContent = sentences.join(" ");
  form.append(line);
}

function calm(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  for (const each of form.querySelectorAll(PLAIN)) {
    each.disabled = false;
    each.classList.remove("busy");
  }
}

async function send(form, button) {
  form.setAttribute("aria-busy", "true");
  const body = new FormData(form, button);
  for (const each of form.querySelectorAll(PLAIN)) {
    each.disabled = true;
  }
  const here = form.closest("[data-part]")?.dataset.part;
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json, text/html;q=0.5" } });
    const text = await answer.text();
    if (answer.ok) {
      if (!redraw(text, form)) {
        window.location.assign(answer.url);
        return;
      }
      review.querySelector(`[data-part="${here}"][data-task]`)?.focus({ preventScroll: true });
      return;
    }
    const told = answer.headers.get("Content-Type")?.includes("json") ? JSON.parse(text) : {};
    const reasons = [...new Set([...(told.reasons ?? []), ...Object.values(told.problems ?? {}).flat()])];
    say(form, reasons.length ? reasons : [told.message ?? review.dataset.failed]);
  } catch {
    say(form, [review.dataset.failed]);
  }
  calm(form);
}

// only the fields that the chosen kind uses
function narrow(box) {
  const kind = box.querySelector("select[name=kind]").value;
  for (const each of box.querySelectorAll("[data-for]")) {
    each.hidden = !each.dataset.for.split(" ").includes(kind);
  }
}

function narrowAll() {
  for (const box of review.querySelectorAll("[data-kinds]")) {
    narrow(box);
  }
}

function selected() {
  const chosen = window.getSelection();
  const text = chosen.toString().trim();
  const node = chosen.anchorNode;
  const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const said = element?.closest("[data-said]");
  const row = said?.closest("[data-part]");
  return text && row ? { text, row } : null;
}

function offerSelection() {
  const found = selected();
  const box = found?.row.querySelector("[data-add-demand]");
  if (box) {
    box.open = true;
    box.querySelector("input[name=quote]").value = found.text.replace(/[？✓✕◷▲]/g, "");
  }
}

function move(step) {
  const tasks = [...review.querySelectorAll("[data-task]")];
  const now = tasks.findIndex((each) => each.contains(document.activeElement));
  const next = tasks[Math.min(Math.max(now + step, 0), tasks.length - 1)];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "start", behavior: "instant" });
}

function press(event) {
  if (event.target.closest("input, select, textarea, button, summary, a") || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key === "j" || event.key === "k") {
    move(event.key === "j" ? 1 : -1);
    event.preventDefault();
  } else if (event.key === "Enter" && event.target.matches("[data-task]")) {
    const first = event.target.querySelector(".unit.doubt, .demand.proposed .change, .change");
    if (first) {
      first.open = true;
      first.querySelector("input:not([type=hidden]), select, button")?.focus();
    }
    event.preventDefault();
  }
}

if (review) {
  narrowAll();
  review.addEventListener("change", (event) => {
    const box = event.target.name === "kind" ? event.target.closest("[data-kinds]") : null;
    if (box) {
      narrow(box);
    }
  });
  review.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm;
    if (!form.classList.contains("line-form") && !form.classList.contains("inline")) {
      return;
    }
    event.preventDefault();
    if (!form.hasAttribute("aria-busy") && (!question || window.confirm(question))) {
      send(form, event.submitter);
    }
  });
  review.addEventListener("click", (event) => {
    const link = event.target.closest("a.mark, .demand .asks > a");
    if (link) {
      event.preventDefault();
      history.replaceState(null, "", link.getAttribute("href"));
      shownBy(link.getAttribute("href"));
    }
  });
  review.addEventListener("mouseup", () => setTimeout(offerSelection, 0));
  document.addEventListener("keydown", press);
  window.addEventListener("hashchange", () => shownBy(window.location.hash));
  shownBy(window.location.hash);
}
