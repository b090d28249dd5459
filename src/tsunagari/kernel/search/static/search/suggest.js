// What is offered while somebody types: a list below the field, used with arrows, Enter and Escape (the combobox
// pattern of WAI-ARIA). Without this module the field is a plain field of a form.

const WAIT = 180;
const SIGNS = 1;

let lists = 0;

function made(tag, attributes) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

class Suggestions {
  constructor(row) {
    this.row = row;
    this.address = row.dataset.suggest;
    this.field = row.querySelector("input");
    const id = `suggestions-${(lists += 1)}`;
    this.list = made("ul", { id, role: "listbox", class: "ts-suggestions", hidden: "" });
    const label = this.field.labels[0];
    if (label) this.list.setAttribute("aria-label", label.textContent.trim());
    row.append(this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id })) {
      this.field.setAttribute(name, value);
    }
    this.field.addEventListener("input", (event) => this.typed(event));
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.field.addEventListener("blur", () => this.close());
    // Pressed, not clicked: a click would first take the focus from the field, which closes the list.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const chosen = event.target.closest("[role=option]");
      if (chosen) this.choose(chosen);
    });
  }

  typed(event) {
    clearTimeout(this.waiting);
    this.asking?.abort();
    const words = this.field.value.trim();
    if (words.length < SIGNS) this.close();
    else if (!event.isComposing || !/[a-zａ-ｚ]$/i.test(words)) this.waiting = setTimeout(() => this.ask(words), WAIT);
  }

  async ask(words) {
    this.asking = new AbortController();
    try {
      const answer = await fetch(`${this.address}?q=${encodeURIComponent(words)}`, { signal: this.asking.signal });
      if (answer.ok) this.show(await answer.json());
    } catch {
      this.close();
    }
  }

  show(found) {
    if (document.activeElement !== this.field) return;
    this.at = -1;
    this.list.replaceChildren(
      ...found.map(({ text, address }, number) => {
        const option = made("li", { role: "option", id: `${this.list.id}-${number}`, "aria-selected": "false" });
        if (address) option.dataset.address = address;
        option.textContent = text;
        return option;
      }),
    );
    this.list.hidden = found.length === 0;
    this.field.setAttribute("aria-expanded", String(found.length > 0));
    this.field.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.at = -1;
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  pressed(event) {
    if (this.list.hidden || event.isComposing) return;
    const options = [...this.list.children];
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place beyond the options: the field itself, with what was typed.
      this.at = ((this.at + 1 + step + options.length + 1) % (options.length + 1)) - 1;
      this.mark(options);
    } else if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      this.choose(options[this.at]);
    }
  }

  mark(options) {
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === this.at)));
    const current = options[this.at];
    if (current) {
      this.field.setAttribute("aria-activedescendant", current.id);
      current.scrollIntoView({ block: "nearest" });
    } else {
      this.field.removeAttribute("aria-activedescendant");
    }
  }

  choose(option) {
    if (option.dataset.address) {
      location.assign(option.dataset.address);
    } else {
      this.field.value = option.textContent;
      this.close();
      this.field.form.requestSubmit();
    }
  }
}

for (const row of document.querySelectorAll("[data-suggest]")) new Suggestions(row);
