// Copies a text that came too late, so that it can be sent elsewhere.
for (const offer of document.querySelectorAll("[data-copy-of]")) {
  const field = document.getElementById(offer.dataset.copyOf);
  if (!field || !navigator.clipboard) continue;
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    offer.querySelector("[role=status]").textContent = offer.dataset.done;
  });
}
