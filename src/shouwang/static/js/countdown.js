// Time left, second by second: <b data-left="573">9:33</b>; time passed: <b data-passed="1573">26:13</b>, of an hour and
// more <b data-passed="7413">2:03:33</b>. The server says anew how much it is whenever it is asked.

const begun = new WeakMap();

const since = (element) => {
  if (!begun.has(element)) begun.set(element, performance.now());
  return (performance.now() - begun.get(element)) / 1000;
};
const two = (number) => String(number).padStart(2, "0");

setInterval(() => {
  for (const element of document.querySelectorAll("[data-left]")) {
    const left = Math.max(0, Math.ceil(element.dataset.left - since(element)));
    element.textContent = `${Math.floor(left / 60)}:${two(left % 60)}`;
  }
  for (const element of document.querySelectorAll("[data-passed]")) {
    const passed = Math.floor(Number(element.dataset.passed) + since(element));
    const [hours, minutes] = [Math.floor(passed / 3600), Math.floor(passed / 60) % 60];
    element.textContent = `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(passed % 60)}`;
  }
}, 250); // more often than it shows: each second gets its turn
