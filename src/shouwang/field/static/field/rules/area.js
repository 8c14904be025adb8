// Area codes of 12 digits: an area is the range of codes inside it (kernel/areas.py).

const SIZES = [10 ** 10, 10 ** 8, 10 ** 6, 10 ** 3, 1];

// [first, last] of the codes inside the area, both inside; null for what is no area code.
export function span(area) {
  if (!Number.isSafeInteger(area) || area < 100_000_000_000 || area > 999_999_999_999) return null;
  return [area, area + SIZES.find((size) => area % size === 0) - 1];
}

export function contains(area, code) {
  const [first, last] = span(area) ?? [1, 0];
  return first <= code && code <= last;
}
