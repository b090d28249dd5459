// Sending waits for an automatic saving that is under way: a new page would be created by both, and stand there twice.
"use strict";
(() => {
  const own = window.tsunagariEditor;
  const PATIENCE = 10000; // milliseconds; a saving that never ends holds nobody up for longer
  let saving = false;
  let waiting = null;
  let sent = false;

  /** Send the form by the button that was pressed; Wagtail has disabled it meanwhile, so a field says its name. */
  const send = () => {
    if (!waiting) return;
    const { form, button, timer } = waiting;
    clearTimeout(timer);
    waiting = null;
    form.querySelector("[data-pressed]")?.remove();
    if (button?.name) {
      const pressed = document.createElement("input");
      pressed.type = "hidden";
      pressed.name = button.name;
      pressed.value = button.value;
      pressed.dataset.pressed = "";
      form.append(pressed);
    }
    form.requestSubmit();
  };

  const begin = () => {
    if (!own.bar()) return;
    document.addEventListener("w-autosave:save", (event) => {
      if (sent) event.preventDefault();
      else saving = true;
    });
    for (const end of ["success", "error"]) {
      document.addEventListener(`w-autosave:${end}`, () => {
        saving = false;
        send();
      });
    }
    document.addEventListener(
      "submit",
      (event) => {
        if (event.target !== own.form() || !saving) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        clearTimeout(waiting?.timer);
        waiting = { form: event.target, button: event.submitter, timer: setTimeout(send, PATIENCE) };
      },
      true,
    );
    window.addEventListener("submit", (event) => {
      if (event.target === own.form() && !event.defaultPrevented) sent = true;
    });
    window.addEventListener("pageshow", () => {
      sent = false; // somebody came back to the page as she left it
    });
  };

  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin);
})();
