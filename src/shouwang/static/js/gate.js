// The temperature in two taps: whole degrees, then tenths. Typing works as well; without this file it is the only way.

const sync = (pad, input) => {
  const [whole, tenth] = input.value.replace(",", ".").split(".");
  for (const key of pad.querySelectorAll("button")) {
    const on = key.dataset.whole ? key.dataset.whole === whole : Boolean(tenth) && key.dataset.tenth === tenth;
    key.setAttribute("aria-pressed", String(on));
  }
};

const field = (pad) => pad.closest(".field").querySelector("[data-degrees]");

const dress = (root) => {
  for (const pad of root.querySelectorAll("[data-pad]")) {
    pad.hidden = false;
    sync(pad, field(pad));
  }
};

document.addEventListener("click", (e) => {
  const key = e.target.closest?.("[data-pad] button");
  if (!key) return;
  const pad = key.closest("[data-pad]");
  const input = field(pad);
  const [whole, tenth] = input.value.replace(",", ".").split(".");
  if (key.dataset.whole) input.value = tenth ? `${key.dataset.whole}.${tenth}` : `${key.dataset.whole}.`;
  else if (whole) input.value = `${whole}.${key.dataset.tenth}`;
  sync(pad, input);
});
document.addEventListener("input", (e) => {
  const pad = e.target.closest?.("[data-degrees]")?.closest(".field").querySelector("[data-pad]");
  if (pad) sync(pad, e.target);
});
document.addEventListener("htmx:afterSwap", (e) => dress(e.target));
// The verdict is what counts, not the button below it that has the focus.
document.addEventListener("htmx:afterSettle", (e) => {
  if (e.target.id === "work") e.target.querySelector(".gate-answer")?.scrollIntoView({ block: "start" });
});
dress(document);
