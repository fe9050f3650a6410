// Puts the name of a figure into a text where the cursor stands.
for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", () => {
    const text = document.getElementById(button.dataset.into);
    text.setRangeText(button.dataset.insert, text.selectionStart, text.selectionEnd, "end");
    text.focus();
  });
}
