/* Shows, of every question, only the fields that belong to its type of answer. Without scripts all of them show. */

function follow(question) {
  const kind = question.querySelector("select[name$='-kind']");
  const show = () => {
    for (const field of question.querySelectorAll("[data-for]")) {
      field.hidden = !field.dataset.for.split(" ").includes(kind.value);
    }
  };
  kind.addEventListener("change", show);
  show();
}

document.querySelectorAll("[data-question]").forEach(follow);
