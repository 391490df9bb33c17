// What the map and the timeline share: how big a sign is, and what it looks like.

/** The radius of a sign in pixels: its area grows with the number killed. Where nobody gives a number, a fixed size. */
function radius(incident) {
  const number = killed({ values: valuesNow(incident) });
  return number < 0 ? 6 : Math.min(22, 4 + 2.2 * Math.sqrt(number));
}

/** A sign: a disc for a known number of killed, a hollow diamond where none is known; decided ones are paler. */
function sign(incident, x, y) {
  const r = radius(incident);
  const known = killed({ values: valuesNow(incident) }) >= 0;
  const shape = known ? draw("circle", { r }) : draw("path", { d: `M0${-r - 1}L${r + 1} 0L0 ${r + 1}L${-r - 1} 0Z` });
  return draw(
    "g",
    {
      class: `sign ${known ? "known" : "unknown"} is-${stateOf(incident)}${standing(incident)?.verdict === "reject" ? " rejected" : ""}`,
      transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
    },
    shape,
  );
}

/** A sign as an option of a list, with its words for screen readers and as a tooltip. `position` is its place in the
 * list, which is not that in the drawing: there, small signs lie over big ones. */
function signOption(prefix, incident, x, y, position) {
  const shown = sign(incident, x, y);
  dress(
    shown,
    {
      role: "option",
      "aria-posinset": position + 1,
      id: `${prefix}-${incident.number}`,
      "data-number": incident.number,
      "aria-selected": String(incident === current.incident),
      "aria-label": incidentWords(incident),
    },
    [draw("title", {}, incidentWords(incident))],
  );
  return shown;
}

const signsOf = (box) =>
  [...box.querySelectorAll('[role="option"]')].sort(
    (one, other) => one.getAttribute("aria-posinset") - other.getAttribute("aria-posinset"),
  );

/** Mark the chosen incident: its sign is drawn once more over all others. */
function markSigns(box) {
  const options = signsOf(box);
  const chosen = options.find((one) => numbered(one) === current.incident);
  mark(box, options, chosen);
  box.querySelector(".halo")?.remove();
  if (!chosen) return;
  const halo = draw("g", {
    class: `${chosen.getAttribute("class")} halo`,
    transform: chosen.getAttribute("transform"),
    "aria-hidden": "true",
  });
  halo.append(...[...chosen.children].filter((one) => one.tagName !== "title").map((one) => one.cloneNode()));
  box.firstChild.append(halo);
  reveal(box, chosen);
}

const numbered = (element) => incidents[Number(element.closest("[data-number]")?.dataset.number)];

/** A box that lists signs: choosing with the arrows or the mouse, Enter opens the article. */
function signBox(box, label) {
  dress(box, { role: "listbox", tabindex: 0, "aria-label": label }, []);
  listbox(box, {
    options: () => signsOf(box),
    choose: (option) => chooseIncident(numbered(option)),
    open: () => showView("article"),
  });
  box.addEventListener("click", (event) => {
    const incident = numbered(event.target);
    if (incident) chooseIncident(incident);
  });
  box.addEventListener("dblclick", (event) => {
    if (numbered(event.target)) showView("article");
  });
}

/** Round steps for an axis: about `many` of them over `length`. */
function niceStep(length, many) {
  const rough = Math.max(length / many, 1e-9);
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((one) => one * power).find((step) => step >= rough);
}
