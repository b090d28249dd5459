// Where things stand in Wagtail's editor: blocks and fields by their ids, the letters of a text and where they are on the screen.
"use strict";
window.tsunagariEditor = {};
(() => {
  const own = window.tsunagariEditor;

  own.form = () => document.querySelector("form[data-edit-form]");
  own.bar = () => document.querySelector("[data-faults-bar]");
  own.stream = () => document.getElementById("body-root")?.rootBlock ?? null;

  /** The address of one of our screens, for the page that the form is about: Wagtail changes the form's action when a new page is saved. */
  own.address = (name, more = {}) => {
    const action = new URL(own.form().action, location.href).pathname;
    const found = new URL(name + "/", new URL(own.bar().dataset.base, location.href));
    const standing = action.match(/\/pages\/(\d+)\//);
    const fresh = action.match(/\/pages\/add\/\w+\/(\w+)\/(\d+)\//);
    if (standing) found.searchParams.set("edit", standing[1]);
    else if (fresh) {
      found.searchParams.set("kind", fresh[1]);
      found.searchParams.set("parent", fresh[2]);
    }
    for (const [key, value] of Object.entries(more)) found.searchParams.set(key, value);
    return found;
  };

  /** Post and get JSON: {answer} or {refused: a sentence}. */
  own.post = async (address, body, headers = {}) => {
    const token = own.form().querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const reply = await fetch(address, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": token, Accept: "application/json", ...headers },
      });
      const said = reply.headers.get("Content-Type")?.includes("json") ? await reply.json() : {};
      if (reply.ok && !reply.redirected) return { answer: said };
      return { refused: said.refused || own.bar().dataset.lost };
    } catch {
      return { refused: own.bar().dataset.lost };
    }
  };

  /** What the form holds now, with what Draftail has not yet written into its fields. */
  own.formData = () => {
    const data = new FormData(own.form());
    for (const input of own.form().querySelectorAll("input[data-draftail-input], [data-draftail-editor-wrapper] ~ input, .Draftail-Editor__wrapper")) {
      const field = input.matches("input") ? input : input.parentNode.querySelector("input");
      if (field?.draftailEditor && field.name) data.set(field.name, JSON.stringify(own.raw(field)));
    }
    for (const key of ["action-publish", "action-submit"]) data.delete(key);
    return data;
  };

  /** What an editor holds as raw content; Draftail says null for an empty one. */
  own.raw = (field) =>
    window.Draftail.serialiseEditorStateToRaw(field.draftailEditor.getEditorState()) ?? { blocks: [], entityMap: {} };

  const PICTURE = { alt_text: ["image", "alt_text"], decorative: ["image", "decorative"], title: ["caption"] };

  /** The child of the stream with an id. */
  own.child = (part) => own.stream()?.children.find((child) => child.id === part) ?? null;

  /** What a place names: {child, block, rest}; `rest` is the path inside a block that has no fields of ours, such as a table. */
  own.at = (part, path) => {
    const child = own.child(part);
    if (!child) return null;
    let block = child.block;
    let names = path ? path.split(".") : [];
    if (child.type === "picture" && PICTURE[path]) names = [...PICTURE[path]];
    while (names.length) {
      const next = block.childBlocks
        ? block.childBlocks[names[0]]
        : Array.isArray(block.children)
          ? block.children.find((each) => each.id === names[0])?.block
          : null;
      if (!next) break;
      names.shift();
      block = next;
    }
    return { child, block, rest: names.join(".") };
  };

  /** The element of a place: of a block's field, or of a field of the page itself. */
  own.elementAt = (part, path) => {
    if (!own.child(part)) {
      return document.getElementById(`id_${part}`)?.closest("[data-field-wrapper]") ?? null;
    }
    const { child, block } = own.at(part, path);
    return elementOf(block) ?? child.element;
  };

  const elementOf = (block) => {
    const found = block.element ?? block.container;
    return found instanceof Element ? found : (found?.[0] ?? null);
  };

  /** The Draftail field of a place, or null. */
  own.rich = (part, path) => {
    const found = own.child(part) && own.at(part, path);
    const input = found?.block.widget?.input;
    return input?.draftailEditor ? input : null;
  };

  own.reveal = (part) => {
    const tab = own.elementAt(part, "")?.closest("[role=tabpanel]");
    if (tab?.hidden) document.querySelector(`[role=tab][aria-controls="${tab.id}"]`)?.click();
    const toggle = own.child(part)?.element.querySelector("[data-panel-toggle]");
    if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
  };

  /** The letters of a text as the rules count them, each with the node that shows it: a line break between blocks, none for an empty block. */
  const letters = (field) => {
    const wrapper = field.parentNode.querySelector(".public-DraftEditor-content");
    const places = [];
    let text = "";
    let broken = true;
    for (const block of wrapper?.querySelectorAll("[data-block=true]") ?? []) {
      if (!broken) {
        text += "\n";
        places.push(null);
        broken = true;
      }
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, {
        acceptNode: (node) =>
          node.parentElement.closest("[data-text=true]") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT,
      });
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let offset = 0; offset < node.data.length; offset += 1) places.push({ node, offset });
        text += node.data;
        if (node.data) broken = node.data.endsWith("\n");
      }
    }
    return { text, places };
  };

  /** A Range over what a fault found in a text, or null where the screen shows other letters by now. */
  own.range = (fault) => {
    const field = own.rich(fault.part, fault.field);
    if (!field || fault.end <= fault.start) return null;
    const { text, places } = letters(field);
    let start = fault.start;
    if (text.slice(start, fault.end) !== fault.letters) start = text.indexOf(fault.letters);
    if (start < 0) return null;
    const shown = places.slice(start, start + fault.letters.length).filter(Boolean);
    if (!shown.length) return null;
    const range = new Range();
    range.setStart(shown[0].node, shown[0].offset);
    range.setEnd(shown.at(-1).node, shown.at(-1).offset + 1);
    return range;
  };

  /** Put new raw content into a Draftail editor as one change that its own undo takes back. */
  own.setRich = (field, raw) => {
    const editor = field.draftailEditor;
    const before = editor.getEditorState();
    const content = window.Draftail.createEditorStateFromRaw(raw.blocks.length ? raw : null).getCurrentContent();
    editor.onChange(before.constructor.push(before, content, "change-block-data"));
    field.rawContentState = raw;
    field.value = JSON.stringify(raw);
  };

  /** Put new words into a plain field as if they were typed: the browser's undo takes them back. */
  own.setPlain = (input, value) => {
    if (input.type === "checkbox") {
      if (input.checked !== value) input.click();
      return;
    }
    input.focus();
    input.select?.();
    const typed = value === "" ? document.execCommand("delete") : document.execCommand("insertText", false, value);
    if (!typed || input.value !== value) input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  /** The sheets of the tables by their elements: Wagtail keeps them to itself, so they are noted as they come. */
  const sheets = new WeakMap();
  window.Handsontable?.hooks.add("afterInit", function note() {
    sheets.set(this.rootElement, this);
  });
  own.sheet = (container) => sheets.get(container) ?? null;

  /** Change a table where it stands, through its own sheet: its own undo takes it back. */
  own.setTable = (block, path, value) => {
    const input = block.element.querySelector('input[type="hidden"][name$="-value"]');
    const by = (end) => document.getElementById(input.id + end);
    if (path === "caption") return own.setPlain(by("-handsontable-col-caption"), value);
    if (path.startsWith("rows.")) {
      const [, row, column] = path.split(".").map(Number);
      return own.sheet(by("-handsontable-container"))?.setDataAtCell(row, column, value);
    }
    const choice = by("-table-header-choice");
    const now = { row: ["row", "both"].includes(choice.value), column: ["column", "both"].includes(choice.value) };
    now[path === "header_row" ? "row" : "column"] = value;
    choice.value = now.row && now.column ? "both" : now.row ? "row" : now.column ? "column" : "neither";
    return choice.dispatchEvent(new Event("change", { bubbles: true }));
  };

  /** Put a value that the server gave into its field. */
  own.setValue = ({ part, field, value, rich }) => {
    if (!own.child(part)) {
      const input = document.getElementById(`id_${part}`);
      if (input) own.setPlain(input, value);
      return;
    }
    const { child, block, rest } = own.at(part, field);
    if (rich) own.setRich(block.widget.input, value);
    else if (child.type === "table") own.setTable(block, rest || field, value);
    else {
      const input = block.element?.querySelector("input:not([type=hidden]), textarea, select");
      if (input) own.setPlain(input, value);
    }
  };
})();
