// One list to choose from, with one stop for the Tab key: arrows move, Home and End go to the ends, Enter opens.
// Used by the incidents, the values of an article, the map and the timeline.

/** Make `box` such a list. `options` gives its option elements in order, `choose(element)` chooses, `open` is Enter. */
function listbox(box, { options, choose, open }) {
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = options();
    const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const moves = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: all.length - 1,
      PageDown: at + 8,
      PageUp: at - 8,
    };
    if (event.key in moves && all.length) choose(all[Math.min(all.length - 1, Math.max(0, moves[event.key]))]);
    else if ((event.key === "Enter" || event.key === " ") && at >= 0) open?.(all[at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** Mark the chosen option, tell the box of it, and bring it into view within the box. */
function mark(box, options, chosen) {
  for (const option of options) {
    const is = option === chosen;
    if ((option.getAttribute("aria-selected") === "true") !== is) option.setAttribute("aria-selected", String(is));
  }
  if (chosen) box.setAttribute("aria-activedescendant", chosen.id);
  else box.removeAttribute("aria-activedescendant");
}

/** Scroll `box` just so far that `element` is seen: the page itself stays where it is. */
function reveal(box, element, margin = 8) {
  const outer = box.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  if (inner.top < outer.top + margin) box.scrollTop += inner.top - outer.top - margin;
  else if (inner.bottom > outer.bottom - margin)
    box.scrollTop += Math.min(inner.bottom - outer.bottom + margin, inner.top - outer.top - margin);
}
