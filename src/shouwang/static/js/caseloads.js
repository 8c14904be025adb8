// The board of caseloads: choose squares and move them, or drag them; loads are recounted at once, every move can be
// undone. Mouse: press and drag. Touch: hold, then drag. Keyboard: choose with space, then the bar below.
const HOLD = 350; // milliseconds until a held finger drags instead of scrolling
const FAR = 8; // pixels until a pressed mouse drags instead of choosing
const NOBODY = "-1";

const root = document.querySelector("[data-loads][data-may]");
if (root) start(root);

function start(root) {
  const bar = root.querySelector("[data-bar]");
  const said = bar.querySelector("[data-said]");
  const to = bar.querySelector("[data-to]");
  const undo = bar.querySelector("[data-undo]");
  const rows = new Map([...root.querySelectorAll("[data-target]")].map((row) => [row.dataset.target, row]));
  const cells = [...root.querySelectorAll("[data-household]")];
  const mean = Number(root.dataset.mean);
  const done = []; // moves, the last one last: [{cell, from, held}]
  let drag = null;

  const chosen = () => cells.filter((cell) => cell.getAttribute("aria-pressed") === "true");
  const choose = (list, on) => list.forEach((cell) => cell.setAttribute("aria-pressed", String(on)));
  const of = (button) => [...button.closest("[data-group]").querySelectorAll("[data-household]")];
  const words = (number) => (number === 1 ? said.dataset.one : said.dataset.more.replace("#", number));

  function show(text) {
    const number = chosen().length;
    bar.hidden = !number && !done.length && !text;
    said.textContent = text ?? (number ? words(number) : "");
    undo.disabled = !done.length;
    bar.querySelector("[type=submit]").disabled = !number;
  }

  function count(place, cell, sign) {
    const row = rows.get(place);
    if (!row) return;
    row.dataset.households = Number(row.dataset.households) + sign;
    row.dataset.people = Number(row.dataset.people) + sign * Number(cell.dataset.people);
    row.dataset.load = Number(row.dataset.load) + sign * Number(cell.dataset.weight);
    for (const name of ["households", "people"]) row.querySelector(`[data-show=${name}]`).textContent = row.dataset[name];
    const share = row.querySelector("[data-show=share]");
    const percent = mean ? Math.round((100 * Number(row.dataset.load)) / mean) : 0;
    share.textContent = `${percent}%`;
    share.classList.toggle("over", percent > 120);
  }

  function dress(cell, place, held) {
    count(cell.dataset.place, cell, -1);
    count(place, cell, 1);
    const tones = (name) => name.startsWith("tone-");
    cell.classList.remove(...[...cell.classList].filter(tones), "was");
    cell.classList.add(place === NOBODY ? "tone-none" : `tone-${Number(place) % 12}`);
    cell.classList.toggle("held", held);
    cell.toggleAttribute("data-held", held);
    cell.textContent = rows.get(place)?.dataset.label ?? "?";
    const address = cell.title.split(" · ")[0];
    cell.title = [address, rows.get(place)?.dataset.name].filter(Boolean).join(" · ");
    cell.setAttribute("aria-label", cell.title);
    cell.dataset.place = place;
  }

  async function save(list, place, fix) {
    const body = new FormData();
    body.set("households", list.map((cell) => cell.dataset.household).join(","));
    body.set("place", place);
    body.set("to", rows.get(place)?.dataset.caseload ?? "");
    body.set("fix", fix ? "1" : "0");
    const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}"); // the token, as htmx sends it
    try {
      const answer = await fetch(root.dataset.move, { method: "POST", body, headers });
      if (answer.ok) return "";
      return (await answer.json().catch(() => ({}))).hint || root.dataset.failed;
    } catch {
      return root.dataset.failed;
    }
  }

  async function move(list, place) {
    const group = list.filter((cell) => cell.dataset.place !== place).map((cell) => ({ cell, from: cell.dataset.place, held: cell.hasAttribute("data-held") }));
    choose(cells, false);
    if (!group.length) return show();
    const proposal = root.dataset.move.includes("/division/");
    for (const { cell } of group) dress(cell, place, !proposal);
    done.push(group);
    show(said.dataset.moved.replace("#", group.length) + " " + (rows.get(place)?.dataset.label ?? "—"));
    const wrong = await save(group.map((one) => one.cell), place, true);
    if (wrong) {
      for (const { cell, from, held } of group) dress(cell, from, held);
      done.splice(done.indexOf(group), 1);
      show(wrong);
    }
  }

  async function back() {
    const group = done.pop();
    if (!group) return;
    for (const { cell, from, held } of group) dress(cell, from, held);
    show();
    const parts = {};
    for (const one of group) (parts[`${one.from} ${one.held}`] ??= []).push(one);
    for (const part of Object.values(parts)) {
      const wrong = await save(part.map((one) => one.cell), part[0].from, part[0].held);
      if (wrong) show(wrong);
    }
  }

  bar.addEventListener("submit", (e) => {
    e.preventDefault();
    e.stopPropagation();
    move(chosen(), to.value);
  });
  bar.querySelector("[data-clear]").addEventListener("click", () => {
    choose(cells, false);
    show();
  });
  undo.addEventListener("click", back);
  document.addEventListener("keydown", (e) => {
    if ((e.ctrlKey || e.metaKey) && e.key === "z" && !/^(INPUT|TEXTAREA)$/.test(e.target.tagName)) {
      e.preventDefault();
      back();
    }
    if (e.key === "Escape" && drag) end();
  });

  // Choosing: a square, a staircase, a building.
  root.addEventListener("click", (e) => {
    if (root.dataset.dragged) return;
    const cell = e.target.closest("[data-household]");
    const all = e.target.closest("[data-all]");
    if (cell) choose([cell], cell.getAttribute("aria-pressed") !== "true");
    else if (all) choose(of(all), of(all).some((one) => one.getAttribute("aria-pressed") !== "true"));
    else return;
    show();
  });

  // Dragging
  const load = (origin) => {
    const all = origin.closest("[data-all]");
    const cell = origin.closest("[data-household]");
    if (all) return of(all);
    return cell.getAttribute("aria-pressed") === "true" ? chosen() : [cell];
  };
  function begin(e) {
    drag.list = load(drag.origin);
    drag.ghost = document.createElement("div");
    drag.ghost.className = "load-ghost";
    drag.ghost.textContent = words(drag.list.length);
    document.body.append(drag.ghost);
    document.body.classList.add("dragging");
    drag.list.forEach((cell) => cell.classList.add("dragged"));
    root.dataset.dragged = "1";
    follow(e);
  }
  function follow(e) {
    drag.ghost.style.transform = `translate(${e.clientX + 12}px, ${e.clientY + 12}px)`;
    const under = document.elementFromPoint(e.clientX, e.clientY)?.closest("[data-target], [data-household]");
    drag.onto?.classList.remove("onto");
    drag.onto = under && root.contains(under) ? under : null;
    drag.onto?.classList.add("onto");
  }
  function end() {
    clearTimeout(drag.timer);
    drag.ghost?.remove();
    drag.onto?.classList.remove("onto");
    drag.list?.forEach((cell) => cell.classList.remove("dragged"));
    document.body.classList.remove("dragging");
    drag = null;
    setTimeout(() => delete root.dataset.dragged); // after the click that follows
  }
  root.addEventListener("pointerdown", (e) => {
    const origin = e.target.closest("[data-household], [data-all]");
    if (!origin || e.button) return;
    drag = { origin, x: e.clientX, y: e.clientY, touch: e.pointerType !== "mouse" };
    if (drag.touch) drag.timer = setTimeout(() => drag && begin(e), HOLD);
  });
  document.addEventListener("pointermove", (e) => {
    if (!drag) return;
    const far = Math.hypot(e.clientX - drag.x, e.clientY - drag.y) > FAR;
    if (drag.list) follow(e);
    else if (far && drag.touch) end(); // the page is scrolled
    else if (far) begin(e);
  });
  document.addEventListener("pointerup", () => {
    if (!drag) return;
    const { list, onto } = drag;
    end();
    const place = onto?.dataset.target ?? onto?.dataset.place;
    if (list && place !== undefined) move(list, place);
  });
  document.addEventListener("pointercancel", () => drag && end());
  document.addEventListener("touchmove", (e) => drag?.list && e.preventDefault(), { passive: false });
  root.addEventListener("contextmenu", (e) => e.pointerType !== "mouse" && e.target.closest("[data-household]") && e.preventDefault());
  show();
}
