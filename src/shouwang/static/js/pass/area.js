// Area codes: the jurisdiction of an area is all codes from its own to the last of its span (kernel/areas.py).

// First and last code, both inside, of a code of 12 digits.
export function span(area) {
  const size = [1e10, 1e8, 1e6, 1e3].find((codes) => area % codes === 0) ?? 1;
  return [area, area + size - 1];
}
