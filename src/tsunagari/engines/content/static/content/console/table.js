// Buttons below the sheet of a table: rows and columns without a mouse's second button, which a phone has not.
"use strict";
(() => {
  const own = window.tsunagariEditor;

  /** What a button does, at the row and the column that were chosen last, or the last ones. */
  const DEEDS = {
    "more-rows": ({ sheet, row }) => sheet.alter("insert_row", row + 1),
    "more-columns": ({ sheet, column }) => sheet.alter("insert_col", column + 1),
    "fewer-rows": ({ sheet, row }) => sheet.countRows() > 1 && sheet.alter("remove_row", row),
    "fewer-columns": ({ sheet, column }) => sheet.countCols() > 1 && sheet.alter("remove_col", column),
  };

  const place = (sheet) => {
    const [row, column] = sheet.getSelectedLast() ?? [Infinity, Infinity];
    return {
      sheet,
      row: Math.min(row, sheet.countRows() - 1),
      column: Math.min(column, sheet.countCols() - 1),
    };
  };

  const attach = (container) => {
    const sheet = own.sheet(container);
    if (!sheet || container.nextElementSibling?.matches(".ts-table-buttons")) return;
    const buttons = document.getElementById("ts-table-buttons").content.firstElementChild.cloneNode(true);
    container.after(buttons);
    sheet.updateSettings({ outsideClickDeselects: (target) => !buttons.contains(target) });
    for (const button of buttons.querySelectorAll("[data-deed]")) {
      button.addEventListener("click", () => {
        DEEDS[button.dataset.deed](place(sheet));
        own.later();
      });
    }
  };

  const begin = () => {
    if (!own.bar()) return;
    const look = () => document.querySelectorAll("[id$='-handsontable-container']").forEach(attach);
    new MutationObserver(look).observe(own.form(), { childList: true, subtree: true });
    look();
  };

  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin);
})();
