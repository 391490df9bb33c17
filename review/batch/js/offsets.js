// Offsets: the data count Unicode code points, as Python does; JavaScript's strings count UTF-16 units.

const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/;

/** A pair of functions that turn a text's offsets: `units` from code points, `points` from UTF-16 units. */
function offsetsOf(text) {
  if (!PAIRS.test(text)) return { units: (point) => point, points: (unit) => unit };
  const units = [0];
  for (const character of text) units.push(units[units.length - 1] + character.length);
  return { units: (point) => units[Math.min(point, units.length - 1)], points: (unit) => place(units, unit) };
}

/** The number of code points that begin before a UTF-16 unit: the place of `unit` in a growing list. */
function place(units, unit) {
  let low = 0;
  let high = units.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (units[middle] < unit) low = middle + 1;
    else high = middle;
  }
  return low;
}
