// Says below a text how many letters are left. An emoji is one letter here, as it is on the server.
const longest = (field) => Number(field.dataset.longest);
const letters = (text) => [...text.replace(/\r\n?/g, "\n").trim()].length;

for (const note of document.querySelectorAll("[data-count-of]")) {
  const field = document.getElementById(note.dataset.countOf);
  if (!field) continue;
  const tell = () => {
    const left = longest(field) - letters(field.value);
    const words = left < 0 ? note.dataset.over : note.dataset.left;
    note.textContent = words.replace("{n}", Math.abs(left).toLocaleString());
    note.toggleAttribute("data-over-it", left < 0);
  };
  note.hidden = false;
  note.id = `${field.id}_count`;
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${note.id}`.trim());
  field.closest(".ts-field")?.append(note);
  field.addEventListener("input", tell);
  tell();
}
