// Time left, second by second: <b data-left="573">9:33</b>. The server says anew how much is left whenever it is asked.

const begun = new WeakMap();

setInterval(() => {
  for (const element of document.querySelectorAll("[data-left]")) {
    if (!begun.has(element)) begun.set(element, performance.now());
    const passed = (performance.now() - begun.get(element)) / 1000;
    const left = Math.max(0, Math.ceil(element.dataset.left - passed));
    element.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }
}, 250); // more often than it shows: each second gets its turn
