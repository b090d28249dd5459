// Pasting from Word and Excel: the server makes plain blocks of it; they stand where the caret was, and can be taken back.
"use strict";
(() => {
  const own = window.tsunagariEditor;
  const FOREIGN = /<table|<h[1-6][\s>]|<[uo]l[\s>]|<img|mso-|xmlns:o|urn:schemas-microsoft|docs-internal-guid|google-sheets/i;
  const OURS = /data-offset-key|data-draftail|data-editor=/;
  let last = null;

  /** Pictures inside the HTML are not taken: their data would only make it long. */
  const light = (html) => html.replace(/(src\s*=\s*["'])data:[^"']*/gi, "$1data:,");

  const cleaned = ({ html, lines, plain }) => {
    const more = {};
    if (lines) more.lines = 1;
    if (plain) more.plain = 1;
    const type = lines ? "text/tab-separated-values; charset=utf-8" : "text/html; charset=utf-8";
    return own.post(own.address("paste", more), lines ?? light(html), { "Content-Type": type });
  };

  const fieldOf = (target) =>
    target.closest?.(".Draftail-Editor__wrapper")?.parentNode.querySelector("input[data-draftail-input], input[type=hidden]") ?? null;

  const childOf = (target) =>
    own.stream()?.children.find((child) => child.element.contains(target)) ?? null;

  const key = () => Math.random().toString(36).slice(2, 7);

  /** Raw content before and after the selection of an editor; what is selected is left out. */
  const split = (field) => {
    const state = field.draftailEditor.getEditorState();
    const raw = own.raw(field);
    const selection = state.getSelection();
    const at = (blockKey) => raw.blocks.findIndex((block) => block.key === blockKey);
    const first = at(selection.getStartKey());
    const last = at(selection.getEndKey());
    if (first < 0 || last < 0) return { before: raw, after: { blocks: [], entityMap: {} } };
    const head = raw.blocks.slice(0, first);
    const tail = raw.blocks.slice(last + 1);
    return {
      before: { ...raw, blocks: [...head, part(raw.blocks[first], 0, selection.getStartOffset())] },
      after: { ...raw, blocks: [part(raw.blocks[last], selection.getEndOffset()), ...tail] },
    };
  };

  const part = (block, start, end = block.text.length) => {
    const cut = (ranges) =>
      ranges
        .map((range) => {
          const from = Math.max(range.offset, start);
          const to = Math.min(range.offset + range.length, end);
          return { ...range, offset: from - start, length: to - from };
        })
        .filter((range) => range.length > 0);
    return {
      ...block,
      key: start ? key() : block.key,
      text: block.text.slice(start, end),
      inlineStyleRanges: cut(block.inlineStyleRanges),
      entityRanges: cut(block.entityRanges),
    };
  };

  const filled = (raw) => raw.blocks.some((block) => block.text.trim());

  /** Several raw contents one below the other; empty ones are left out. */
  const joined = (...raws) => {
    const blocks = [];
    const entityMap = {};
    let next = 0;
    for (const raw of raws.filter(filled)) {
      const names = {};
      for (const [name, entity] of Object.entries(raw.entityMap)) {
        names[name] = String(next);
        entityMap[next] = entity;
        next += 1;
      }
      const used = new Set(blocks.map((block) => block.key));
      const edge = (block) => !block.text.trim();
      const own = [...raw.blocks];
      while (own.length && edge(own[0])) own.shift();
      while (own.length && edge(own.at(-1))) own.pop();
      for (const block of own) {
        blocks.push({
          ...block,
          key: used.has(block.key) ? key() : block.key,
          entityRanges: block.entityRanges.map((range) => ({ ...range, key: Number(names[range.key]) })),
        });
      }
    }
    return { blocks, entityMap };
  };

  const EMPTY = { blocks: [], entityMap: {} };
  const newId = () => crypto.randomUUID?.() ?? `${key()}${key()}-${key()}-${key()}`;
  const stored = (block) => (block.type === "text" ? JSON.stringify(block.value) : block.value);

  /** Put the blocks where they were pasted; gives what takes them back. */
  const insert = (blocks, { field, child }) => {
    const stream = own.stream();
    const undo = [];
    let rest = [...blocks];
    let place = child ? stream.children.indexOf(child) + 1 : stream.children.length;
    if (field) {
      const former = own.raw(field);
      const { before, after } = split(field);
      const firstText = rest[0]?.type === "text" ? rest.shift().value : EMPTY;
      let end = after;
      if (child.type === "text" && rest.length) {
        const lastText = rest.at(-1).type === "text" ? rest.pop().value : EMPTY;
        const below = joined(lastText, after);
        if (filled(below)) rest.push({ type: "text", value: below });
        end = EMPTY;
      }
      const here = joined(before, firstText, end);
      own.setRich(field, here.blocks.length ? here : { ...EMPTY, blocks: [blank()] });
      undo.push(() => own.setRich(field, former));
      if (child.type === "text" && !here.blocks.length && rest.length) {
        const index = stream.children.indexOf(child);
        stream.deleteBlock(index);
        place = index;
        undo.push(() => stream.insert({ type: "text", value: JSON.stringify(former), id: child.id }, Math.min(index, stream.children.length)));
      }
    }
    for (const block of rest) {
      const fresh = stream.insert({ type: block.type, value: stored(block), id: newId() }, place);
      undo.unshift(() => stream.deleteBlock(stream.children.indexOf(fresh)));
      place += 1;
    }
    return { takeBack: () => undo.forEach((step) => step()), count: blocks.length, at: Math.max(0, place - 1) };
  };

  const blank = () => ({ key: key(), text: "", type: "unstyled", depth: 0, inlineStyleRanges: [], entityRanges: [], data: {} });

  /** Say what was changed on the way, beside what was pasted. */
  const tell = (done, notes) => {
    document.querySelector(".ts-pasted")?.remove();
    const note = document.getElementById("ts-pasted").content.firstElementChild.cloneNode(true);
    for (const words of notes) note.querySelector("[data-notes]").append(Object.assign(document.createElement("li"), { textContent: words }));
    note.querySelector("[data-undo]").addEventListener("click", () => {
      done.takeBack();
      note.remove();
      own.check();
    });
    note.querySelector("[data-close]").addEventListener("click", () => note.remove());
    const beside = own.stream().children[done.at]?.element ?? own.stream().container[0];
    beside.before(note);
    note.scrollIntoView({ block: "nearest" });
    own.announce([note.querySelector("strong").textContent, ...notes].join(" "));
  };

  const take = async (pasted, where) => {
    const plain = where.field && where.child?.type !== "text";
    const { answer, refused } = await cleaned({ ...pasted, plain });
    if (refused) return refused;
    if (!answer.blocks.length && !answer.notes.length) return own.bar().dataset.nothing;
    tell(insert(answer.blocks, where), answer.notes);
    own.check();
    return "";
  };

  const onPaste = async (event) => {
    const field = event.target instanceof Element ? fieldOf(event.target) : null;
    if (!field?.draftailEditor || !event.clipboardData) return;
    const child = childOf(event.target);
    const html = event.clipboardData.getData("text/html");
    if (!child || !html || OURS.test(html) || !FOREIGN.test(html)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const refused = await take({ html }, { field, child });
    if (refused) {
      own.announce(refused);
      own.bar().querySelector("[data-said]").textContent = refused;
    }
  };

  const dialog = () => {
    const shown = document.querySelector("[data-paste-dialog]");
    const field = shown.querySelector("[data-paste-field]");
    const said = shown.querySelector("[data-paste-said]");
    let held = null;
    const open = () => {
      held = null;
      field.value = "";
      said.textContent = "";
      shown.showModal();
      field.focus();
    };
    const close = () => shown.close();
    const use = async (pasted) => {
      said.textContent = own.bar().dataset.reading;
      const child = last && own.stream().children.includes(last) ? last : null;
      const refused = await take(pasted, { field: null, child });
      said.textContent = refused;
      if (!refused) close();
    };
    const opening = document.getElementById("ts-paste-open").content.firstElementChild.cloneNode(true);
    own.stream().container[0].before(opening);
    opening.querySelector("button").addEventListener("click", open);
    shown.querySelector("[data-paste-cancel]").addEventListener("click", close);
    field.addEventListener("paste", (event) => {
      const html = event.clipboardData?.getData("text/html");
      if (html) {
        event.preventDefault();
        held = html;
        use({ html });
      }
    });
    shown.querySelector("[data-paste-take]").addEventListener("click", () => {
      if (held) use({ html: held });
      else if (field.value.includes("\t")) use({ lines: field.value });
      else if (field.value.trim()) use({ html: paragraphs(field.value) });
      else said.textContent = own.bar().dataset.nothing;
    });
  };

  const paragraphs = (text) => {
    const holder = document.createElement("div");
    for (const line of text.split(/\n+/)) holder.append(Object.assign(document.createElement("p"), { textContent: line }));
    return holder.innerHTML;
  };

  const begin = () => {
    if (!own.bar() || !own.form() || !own.stream()) return;
    window.addEventListener("paste", onPaste, true);
    document.addEventListener("focusin", (event) => {
      const child = childOf(event.target);
      if (child) last = child;
    });
    dialog();
  };

  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin);
})();
