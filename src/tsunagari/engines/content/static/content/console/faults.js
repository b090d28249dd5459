// What is wrong with the page, shown where it stands while somebody writes; a button puts it right.
"use strict";
(() => {
  const own = window.tsunagariEditor;
  const WAIT = 1200;
  let faults = [];
  let present = -1;
  let asked = 0;
  let timer = 0;
  let sent = "";

  const say = (text, more = {}) => text.replace(/\{(\w+)\}/g, (_all, name) => more[name]);

  const check = async () => {
    if (!own.stream()) return;
    const data = own.formData();
    asked += 1;
    const number = asked;
    sent = fingerprint(data);
    own.bar().dataset.busy = "";
    const { answer, refused } = await own.post(own.address("check"), new URLSearchParams(data));
    if (number !== asked) return;
    delete own.bar().dataset.busy;
    if (refused) return tell(refused);
    faults = answer.faults;
    present = Math.min(present, faults.length - 1);
    show(answer.counted);
    own.suggestSlug?.(answer.slug);
  };
  own.check = check;

  const IGNORED = /^(csrfmiddlewaretoken|next|comments-|loaded_revision|overwrite_revision)/;
  const fingerprint = (data) =>
    [...data].filter(([key]) => !IGNORED.test(key)).map(([key, value]) => `${key}=${value}`).join("&");

  /** Check again a moment after the last change. */
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (fingerprint(own.formData()) !== sent) check();
    }, WAIT);
  };
  own.later = later;

  const tell = (sentence) => {
    own.bar().querySelector("[data-said]").textContent = sentence;
  };

  const show = (counted) => {
    const bar = own.bar();
    const said = bar.querySelector("[data-said]");
    if (said.textContent !== counted.said) said.textContent = counted.said;
    bar.dataset.weight = counted.stops ? "stops" : counted.rest ? "rest" : "fine";
    for (const button of bar.querySelectorAll("[data-step]")) button.hidden = !faults.length;
    bar.querySelector("[data-mend-all]").hidden = !faults.some((fault) => fault.mends.length);
    lists();
    marks();
    underline();
  };

  /** A list below each field that has faults. Lists stay where they are, so that nothing jumps while somebody types. */
  const lists = () => {
    const wanted = new Map();
    for (const fault of faults) {
      const home = own.elementAt(fault.part, fault.field) ?? own.elementAt(fault.part, "");
      if (home) wanted.set(home, [...(wanted.get(home) ?? []), fault]);
    }
    for (const list of document.querySelectorAll("[data-faults]")) {
      if (!wanted.has(list.parentNode)) list.remove();
    }
    for (const [home, found] of wanted) {
      let list = home.querySelector(":scope > [data-faults]");
      const key = JSON.stringify(found);
      if (list?.dataset.faults === key) continue;
      const held = list?.contains(document.activeElement) ? document.activeElement.dataset.role : "";
      const fresh = drawn(found);
      fresh.dataset.faults = key;
      if (list) list.replaceWith(fresh);
      else home.append(fresh);
      if (held) (fresh.querySelector(`[data-role="${held}"]`) ?? fresh.querySelector("[data-fault]")).focus();
    }
  };

  const template = (name) => document.getElementById(`ts-${name}`).content.firstElementChild.cloneNode(true);

  const drawn = (found) => {
    const list = template("faults");
    for (const fault of found) {
      const row = template("fault");
      row.dataset.fault = fault.key;
      row.dataset.level = fault.level;
      row.querySelector("[data-level-words]").textContent = own.bar().dataset[fault.level === "A" ? "stops" : "advice"];
      row.querySelector("[data-words]").textContent = fault.said;
      row.querySelector("[data-why]").textContent = fault.why;
      const places = row.querySelector("[data-mends]");
      fault.mends.forEach((label, number) => {
        const button = template("mend");
        button.querySelector("span").textContent = label;
        button.dataset.role = `mend-${number}`;
        button.addEventListener("click", () => mend({ fault: fault.key, number }));
        places.append(button);
      });
      list.append(row);
    }
    return list;
  };

  /** How much is wrong, in words, in the head of each block. */
  const marks = () => {
    for (const child of own.stream()?.children ?? []) {
      const head = child.element.querySelector(".w-panel__header");
      const found = faults.filter((fault) => fault.part === child.id);
      let mark = head.querySelector("[data-mark]");
      if (!found.length) {
        mark?.remove();
        continue;
      }
      if (!mark) {
        mark = template("mark");
        head.querySelector(".w-panel__heading").after(mark);
        mark.addEventListener("click", () => go(faults.findIndex((fault) => fault.part === child.id)));
      }
      const stops = found.filter((fault) => fault.level === "A").length;
      const rest = found.length - stops;
      const { stops: first, advice } = own.bar().dataset;
      mark.dataset.weight = stops ? "stops" : "rest";
      mark.querySelector("span").textContent = [stops && `${first} ${stops}`, rest && `${advice} ${rest}`]
        .filter(Boolean)
        .join(own.bar().dataset.comma);
    }
  };

  /** Underline the very letters, without touching the editor's own nodes. */
  const underline = () => {
    if (!window.CSS?.highlights) return;
    const stops = new Highlight();
    const rest = new Highlight();
    const here = new Highlight();
    faults.forEach((fault, index) => {
      const range = own.range(fault);
      if (!range) return;
      (fault.level === "A" ? stops : rest).add(range);
      if (index === present) here.add(range);
    });
    here.priority = 1;
    CSS.highlights.set("ts-stops", stops);
    CSS.highlights.set("ts-rest", rest);
    CSS.highlights.set("ts-here", here);
  };

  /** To a fault: its field into view, its row focused. */
  const go = (index) => {
    if (!faults.length) return;
    present = (index + faults.length) % faults.length;
    const fault = faults[present];
    own.reveal(fault.part);
    underline();
    const row = [...document.querySelectorAll("[data-fault]")].find((each) => each.dataset.fault === fault.key);
    row?.scrollIntoView({ block: "center", behavior: "instant" });
    row?.focus({ preventScroll: true });
    own.bar().querySelector("[data-position]").textContent = say(own.bar().dataset.position, {
      number: present + 1,
      count: faults.length,
    });
  };

  const mend = async (asking) => {
    const row = document.activeElement?.closest("[data-fault]");
    const parts = faults.map((fault) => fault.key);
    const index = row ? parts.indexOf(row.dataset.fault) : -1;
    const data = new URLSearchParams(own.formData());
    const { answer, refused } = await own.post(own.address("mend", asking), data);
    if (refused) {
      tell(refused);
      return check();
    }
    const held = document.activeElement;
    for (const value of answer.values) own.setValue(value);
    held?.focus?.({ preventScroll: true });
    await check();
    if (index >= 0 && faults.length) go(Math.min(index, faults.length - 1));
    else if (index >= 0) own.bar().querySelector("[data-said]").focus();
    return announce(own.bar().dataset.mended);
  };

  const announce = (sentence) => {
    own.bar().querySelector("[data-announce]").textContent = sentence;
  };
  own.announce = announce;

  const keys = (event) => {
    if (event.key !== "F8" || event.isComposing) return;
    event.preventDefault();
    go(event.shiftKey ? present - 1 : present + 1);
  };

  /** Nothing is wrong with a page that nobody has begun: it is checked when something stands there. */
  const first = () => {
    const begun = own.form().elements.title?.value || own.stream()?.children.length || !/\/pages\/add\//.test(own.form().action);
    if (begun) return check();
    sent = fingerprint(own.formData());
    return tell(own.bar().dataset.blank);
  };

  const begin = () => {
    if (!own.bar() || !own.form()) return;
    own.form().before(own.bar());
    const bar = own.bar();
    bar.hidden = false;
    bar.querySelector("[data-step='-1']").addEventListener("click", () => go(present - 1));
    bar.querySelector("[data-step='1']").addEventListener("click", () => go(present + 1));
    bar.querySelector("[data-mend-all]").addEventListener("click", () => mend({ fault: "all" }));
    document.addEventListener("keydown", keys);
    for (const kind of ["beforeinput", "input", "compositionend", "change", "click", "drop", "keyup"]) document.addEventListener(kind, later, true);
    new MutationObserver(() => underline()).observe(own.form(), { characterData: true, subtree: true });
    setTimeout(first, 300);
  };

  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin);
})();
