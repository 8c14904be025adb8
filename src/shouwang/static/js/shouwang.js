// What every page does: keys, menus, dialogs, rows that lead somewhere, file drops, fragments that refresh themselves.
// Everything here betters a page that works without it. Listeners sit on the document, so htmx may swap what it likes.

import { labelCells } from "./tables.js";
import { drawCharts } from "./charts.js";

const on = (event, selector, handle) =>
  document.addEventListener(event, (e) => {
    const found = e.target.closest?.(selector);
    if (found) handle(found, e);
  });

const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (e) => {
  if (e.key === "/" && !typing(e.target) && !e.ctrlKey && !e.metaKey && !e.altKey) {
    const search = document.querySelector("[data-search]");
    if (search) {
      e.preventDefault();
      search.focus();
      search.select();
    }
  }
  if (!typing(e.target) && !e.ctrlKey && !e.metaKey && !e.altKey && !e.repeat && /^[a-z]$/.test(e.key)) {
    document.querySelector(`[data-key="${e.key}"]`)?.click();
  }
  if (e.key === "Escape") {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
});

document.addEventListener("click", (e) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(e.target)) menu.open = false;
  }
});

// Dialogs: data-dialog="id" opens, data-close closes, a click on the ground around it closes.
// One whose form was refused is open when the page comes back.
document.querySelector("dialog:has(.callout.danger)")?.showModal();
on("click", "[data-dialog]", (button) => document.getElementById(button.dataset.dialog)?.showModal());
on("click", "[data-close]", (button) => button.closest("dialog")?.close());
on("click", "dialog", (dialog, e) => e.target === dialog && dialog.close());
on("click", "[data-back]", (_, e) => history.length > 1 && (e.preventDefault(), history.back()));
on("click", "[data-print]", () => window.print());

// A row with data-href is as large a target as its first link; text may still be selected in it.
on("click", "tr[data-href]", (row, e) => {
  if (e.target.closest("a, button, input, select, label, summary") || String(window.getSelection())) return;
  if (e.ctrlKey || e.metaKey) window.open(row.dataset.href);
  else window.location.assign(row.dataset.href);
});

// Filters act as soon as a choice is made; text waits for Enter.
on("change", "form[data-filter] select, form[data-filter] [type=checkbox], form[data-filter] [type=date]", (control) =>
  control.form.requestSubmit(),
);

// A form is sent once, however often the button is pressed.
document.addEventListener("submit", (e) => {
  const form = e.target;
  if (e.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) return e.preventDefault();
  form.dataset.sent = "yes";
  document.body.classList.add("busy");
  setTimeout(release, 8000); // an answer that is a file leaves the page as it is
});
const release = () => {
  document.body.classList.remove("busy");
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
};
window.addEventListener("pageshow", release);

// File drop
on("dragover", "[data-drop]", (drop, e) => {
  e.preventDefault();
  drop.classList.add("over");
});
on("dragleave", "[data-drop]", (drop) => drop.classList.remove("over"));
on("drop", "[data-drop]", (drop, e) => {
  e.preventDefault();
  drop.classList.remove("over");
  const input = drop.querySelector("input[type=file]");
  if (e.dataTransfer.files.length) {
    input.files = e.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
on("change", "[data-drop] input[type=file]", (input) => {
  if (input.files.length) input.closest("[data-drop]").querySelector("[data-drop-name]").textContent = input.files[0].name;
});

// Fragments: no refresh that nobody sees, none under somebody's fingers.
document.addEventListener("htmx:beforeRequest", (e) => {
  const part = e.target.closest("[data-refresh]");
  if (part === e.target && (document.hidden || part.contains(document.activeElement))) return e.preventDefault();
  if (!part) document.body.classList.add("busy");
});
// Logged out meanwhile: the answer is the log-in page, which does not belong into a fragment.
document.addEventListener("htmx:beforeSwap", (e) => {
  const { xhr, pathInfo } = e.detail;
  const moved = xhr.responseURL && new URL(xhr.responseURL).pathname !== pathInfo.requestPath.split("?")[0];
  if (moved && /^\s*<!doctype html/i.test(xhr.responseText)) {
    e.detail.shouldSwap = false;
    window.location.reload();
  }
});
const lost = (shown) => (document.querySelector("[data-lost]").hidden = !shown);
document.addEventListener("htmx:sendError", () => lost(true));
document.addEventListener("htmx:timeout", () => lost(true));
document.addEventListener("htmx:responseError", (e) => e.detail.xhr.status >= 500 && lost(true));
on("click", "[data-hide]", (button) => (button.parentElement.hidden = true));
document.addEventListener("htmx:afterRequest", () => document.body.classList.remove("busy"));
const dress = (root) => {
  labelCells(root);
  drawCharts(root);
  root.querySelector("form[method=post] [data-autofocus]")?.focus();
};
dress(document);
document.addEventListener("htmx:load", (e) => dress(e.detail.elt.parentElement ?? e.detail.elt));
