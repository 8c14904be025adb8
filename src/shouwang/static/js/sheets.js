// Typing a round sheet back with the keyboard alone: Tab from person to person, Enter to the rest of the household and
// on, a scanned door goes to its line.
const form = document.querySelector("[data-typing]");
if (form) start(form);

function start(form) {
  const rows = [...form.querySelectorAll("[data-row]")];
  const people = [...form.querySelectorAll("[data-one]")];
  const doors = new Map([...form.querySelectorAll("[data-door]")].map((one) => [one.dataset.door, one.dataset.of]));
  const jump = form.querySelector("[data-jump]");
  const first = (row) => row?.querySelector("[data-one], [data-rest]");
  const following = (row) => first(rows.slice(rows.indexOf(row) + 1).find((one) => first(one)));

  function go(field) {
    if (!field) return false;
    field.focus();
    field.select?.();
    field.closest("[data-row]")?.scrollIntoView({ block: "nearest" });
    return true;
  }
  // A scanner types the whole code into whatever field has the focus; what stood there before stays.
  function scanned(input) {
    const at = input.value.toUpperCase().indexOf("SWD1:");
    if (at < 0) return false;
    const line = doors.get(input.value.slice(at).trim().toUpperCase());
    input.value = input.value.slice(0, at);
    if (line) go(first(rows[Number(line) - 1]));
    else input.setCustomValidity?.("");
    return true;
  }

  form.addEventListener("keydown", (e) => {
    const input = e.target;
    if (input.tagName !== "INPUT") return;
    const row = input.closest("[data-row]");
    if (e.key === "Enter") {
      if (e.ctrlKey || e.metaKey) return form.requestSubmit();
      e.preventDefault();
      if (scanned(input)) return;
      if (input === jump) {
        const line = rows.find((one) => one.dataset.line === input.value.trim());
        if (go(first(line))) input.value = "";
      } else if (input.matches("[data-one]")) go(row.querySelector("[data-rest]"));
      else if (input.matches("[data-rest]")) go(following(row)) || form.querySelector(".typing-save button").focus();
      else go(people.find((one) => !one.value));
    } else if (e.key === "Tab" && !e.ctrlKey && !e.altKey && input.matches("[data-one]")) {
      const next = people[people.indexOf(input) + (e.shiftKey ? -1 : 1)];
      if (next && go(next)) e.preventDefault();
    } else if (e.key === "ArrowDown" && row && go(following(row))) e.preventDefault();
    else if (e.key === "ArrowUp" && row) {
      const before = rows.slice(0, rows.indexOf(row)).reverse().find((one) => first(one));
      if (go(first(before))) e.preventDefault();
    }
  });
  go(form.querySelector("[aria-invalid]")) || (form.channel.value ? go(people.find((one) => !one.value)) : form.channel.focus());
}
