// Between the inputs of an item and the JSON of its answer, whose shapes are described in checklists/definition.py.

export function read(item) {
  const value = "composite" in item.dataset ? readParts(item) : readPart(item.querySelector(".part"));
  const number = item.querySelector("[data-top=document_number]");
  if (number && number.value.trim()) {
    value.document_number = number.value.trim();
  }
  return { value, note: words(item, "note"), immediate_measure: words(item, "immediate_measure") };
}

export function write(item, content) {
  const value = content.value || {};
  for (const part of item.querySelectorAll(".part")) {
    const own = "composite" in item.dataset ? (value.parts || {})[part.dataset.part] || {} : value;
    writePart(part, value.na ? { na: true } : own);
  }
  const number = item.querySelector("[data-top=document_number]");
  if (number) {
    number.value = value.document_number || "";
  }
  for (const area of item.querySelectorAll("[data-words]")) {
    area.value = content[area.dataset.words] || "";
  }
}

export function same(one, other) {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

export function contentOf(answer) {
  return { value: answer.value, note: answer.note, immediate_measure: answer.immediate_measure };
}

export function isEmpty(content) {
  return !Object.keys(content.value).length && !content.note && !content.immediate_measure;
}

// What an answer says, for a person to compare: the labels of the inputs it would tick and what is typed.
export function describe(item, content, texts) {
  const copy = item.cloneNode(true);
  for (const field of copy.querySelectorAll("[name]")) {
    field.name = `${field.name}-copy`;
  }
  write(copy, content);
  const said = [];
  for (const part of copy.querySelectorAll(".part")) {
    for (const field of part.querySelectorAll("[data-field]")) {
      if (["radio", "checkbox"].includes(field.type)) {
        if (field.checked) {
          said.push(copy.querySelector(`label[for="${field.id}"]`).textContent.replace(/[●▲—]/g, "").trim());
        }
      } else if (field.value && field.tagName !== "SELECT") {
        said.push(field.value);
      }
    }
  }
  const text = said.join("，") || texts.empty;
  const note = content.note ? `；${texts.note}：${content.note}` : "";
  return text + note + (content.immediate_measure ? `；${texts.measure}：${content.immediate_measure}` : "");
}

// Ticking one thing unticks what contradicts it.
export function settle(part, changed) {
  const field = changed.dataset.field;
  if (field === "na" && changed.checked) {
    clear(part, changed);
  } else if (field !== "na" && field !== "rule") {
    untick(part, "na");
    if (field === "never" && changed.checked) {
      part.querySelector("[data-field=value]").value = "";
    } else if (field === "value") {
      untick(part, "never");
    } else if (field === "nothing" && changed.checked) {
      part.querySelectorAll("[data-field=option]").forEach((each) => { each.checked = false; });
    } else if (field === "option" && changed.checked) {
      untick(part, "nothing");
    }
  }
}

function readParts(item) {
  const parts = {};
  for (const part of item.querySelectorAll(".part")) {
    const own = readPart(part);
    if (Object.keys(own).length) {
      parts[part.dataset.part] = own;
    }
  }
  return Object.keys(parts).length ? { parts } : {};
}

function readPart(part) {
  if (ticked(part, "na")) {
    return { na: true };
  }
  const value = readValue(part);
  const rule = part.querySelector("[data-field=rule]");
  if (rule && Object.keys(value).length) {
    value.rule = rule.value;
  }
  return value;
}

function readValue(part) {
  const field = (name) => part.querySelector(`[data-field=${name}]`);
  switch (part.dataset.type) {
    case "rate":
      return filled({ numerator: field("numerator").value.trim(), denominator: field("denominator").value.trim() });
    case "date":
      return ticked(part, "never") ? { value: "never" } : filled({ value: field("value").value });
    case "some_of": {
      const chosen = Array.from(part.querySelectorAll("[data-field=option]:checked"), (each) => each.value);
      return chosen.length || ticked(part, "nothing") ? { value: chosen } : {};
    }
    case "number":
    case "text":
      return filled({ value: field("value").value.trim() });
    default: {
      const chosen = part.querySelector("[data-field=value]:checked");
      return chosen ? { value: chosen.value } : {};
    }
  }
}

function writePart(part, value) {
  const list = Array.isArray(value.value) ? value.value : null;
  for (const field of part.querySelectorAll("[data-field]")) {
    switch (field.dataset.field) {
      case "na": field.checked = value.na === true; break;
      case "never": field.checked = value.value === "never"; break;
      case "nothing": field.checked = list !== null && !list.length; break;
      case "option": field.checked = list !== null && list.includes(field.value); break;
      case "rule": field.value = value.rule || field.options[0].value; break;
      case "value": writeValue(field, value); break;
      default: field.value = value[field.dataset.field] || "";
    }
  }
}

function writeValue(field, value) {
  if (field.type === "radio") {
    field.checked = field.value === (value.na ? "na" : value.value);
  } else {
    field.value = value.value && value.value !== "never" ? value.value : "";
  }
}

function clear(part, but) {
  for (const field of part.querySelectorAll("[data-field]")) {
    if (field === but || field.dataset.field === "rule") {
      continue;
    }
    if (["radio", "checkbox"].includes(field.type)) {
      field.checked = false;
    } else {
      field.value = "";
    }
  }
}

function untick(part, name) {
  const field = part.querySelector(`[data-field=${name}]`);
  if (field && field.type === "checkbox") {
    field.checked = false;
  }
}

function ticked(part, name) {
  const field = part.querySelector(`[data-field=${name}]`);
  return Boolean(field && field.type === "checkbox" && field.checked);
}

function words(item, name) {
  const area = item.querySelector(`[data-words=${name}]`);
  return area ? area.value.trim() : "";
}

function filled(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
}

function ordered(value) {
  if (Array.isArray(value) || value === null || typeof value !== "object") {
    return value;
  }
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, ordered(value[key])]));
}
