// Small helps of the page's form: how long the summary is, and which address the title would have.
"use strict";
(() => {
  const own = window.tsunagariEditor;

  const count = () => {
    const summary = document.getElementById("id_summary");
    const words = own.bar()?.dataset.letters;
    if (!summary || !words || summary.maxLength < 0) return;
    const shown = document.createElement("p");
    shown.className = "ts-letters";
    shown.id = "ts-letters";
    summary.after(shown);
    summary.setAttribute("aria-describedby", `${summary.getAttribute("aria-describedby") ?? ""} ts-letters`.trim());
    const most = summary.maxLength;
    summary.removeAttribute("maxlength");
    const tell = () => {
      const length = [...summary.value].length;
      shown.textContent = words.replace("{length}", length).replace("{most}", most);
      shown.dataset.over = length > most ? "yes" : "no";
    };
    summary.addEventListener("input", tell);
    tell();
  };

  /** What each block is for, in a few words below its name in the list of blocks: as an attribute, for the list is drawn by React. */
  const explain = () => {
    const words = new Map();
    for (const [, blocks] of own.stream()?.blockDef.groupedChildBlockDefs ?? []) {
      for (const { meta } of blocks) words.set(meta.label, meta.description);
    }
    const tell = () => {
      for (const option of document.querySelectorAll(".w-combobox__option:not([data-about])")) {
        const text = option.querySelector(".w-combobox__option-text");
        option.dataset.about = "";
        if (text) text.dataset.about = words.get(text.textContent.trim()) ?? "";
      }
    };
    new MutationObserver(tell).observe(document.body, { childList: true, subtree: true });
  };

  /** Texts are named after the block or the field that they fill: Draftail names none of its own, nor does the sheet of a table. */
  const name = () => {
    const tell = () => {
      for (const text of document.querySelectorAll(".public-DraftEditor-content:not([aria-label])")) {
        const field = text.closest("[data-field]")?.querySelector("[data-field-label], label");
        const heading = field ?? text.closest("section")?.querySelector(".w-panel__heading, h2");
        text.setAttribute("aria-label", heading?.textContent.replace("*", "").trim() ?? "");
      }
      document.getElementById("HandsontableCopyPaste")?.setAttribute("aria-label", own.bar().dataset.sheet);
    };
    new MutationObserver(tell).observe(document.body, { childList: true, subtree: true });
    tell();
  };

  own.suggestSlug = (slug) => {
    const input = document.getElementById("id_slug");
    if (input) input.placeholder = slug;
  };

  const begin = () => {
    if (!own.bar()) return;
    count();
    explain();
    name();
  };

  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin);
})();
