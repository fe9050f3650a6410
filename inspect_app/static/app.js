"use strict";
// Small comforts of every page; each of them also works, less comfortably, without this script.

function sendOnce(form, button) {
  if (form.dataset.sent) {
    return false;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  // later, so that the pressed button's own name and value still go out with the form
  setTimeout(() => {
    for (const each of form.querySelectorAll("button[type=submit], input[type=submit]")) {
      each.disabled = true;
    }
    if (button) {
      button.classList.add("busy");
    }
  }, 0);
  return true;
}

function release() {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
    for (const each of form.querySelectorAll("button[type=submit], input[type=submit]")) {
      each.disabled = false;
      each.classList.remove("busy");
    }
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (event.defaultPrevented) {
    return;
  }
  const question = button && button.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
    return;
  }
  if (form.method.toLowerCase() === "post" && !sendOnce(form, button)) {
    event.preventDefault();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-back]")) {
    history.back();
  }
  if (event.target.closest("[data-print]")) {
    window.print();
  }
});

// a page that comes back from the browser's memory can be sent again
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    release();
  }
});

document.documentElement.classList.add("scripted");
const firstMistake = document.querySelector("[aria-invalid=true]");
if (firstMistake) {
  firstMistake.focus();
}
