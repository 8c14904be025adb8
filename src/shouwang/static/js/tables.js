// On a phone a table of class "cards" becomes a stack of cards; each cell then needs the word of its column.

export function labelCells(root) {
  for (const table of root.querySelectorAll("table.cards")) {
    const words = [...table.querySelectorAll("thead th")].map((head) => (head.querySelector(".visually-hidden") ? "" : head.textContent.trim()));
    for (const row of table.tBodies[0]?.rows ?? []) {
      [...row.cells].forEach((cell, at) => {
        if (words[at] && cell.dataset.label === undefined) cell.dataset.label = words[at];
      });
    }
  }
}
