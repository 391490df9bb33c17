// The map: incidents on an outline of the world that is part of this file. Plate carrée, squeezed by the cosine of its
// middle, so that shapes hold where one looks. The outline counts tenths of a degree.

const world = JSON.parse(byId("world-data").textContent);
const view = { x: 0, y: 0, width: 3600 }; // what is seen: its middle and width, in tenths of a degree
const NEAREST = 140; // tenths of a degree: what `Fit` shows at least
const NAMED = 40; // signs up to which their places are named
const KILOMETRES = { 3: 25, 4: 75, 5: 150, 6: 300 }; // the circle around a place that is known no nearer than that

const located = (incident) => {
  const { place_latitude: latitude, place_longitude: longitude } = valuesNow(incident);
  return typeof latitude === "number" && typeof longitude === "number"
    ? { x: longitude * 10, y: -latitude * 10 }
    : null;
};

function startMap() {
  const box = byId("map");
  signBox(box, "Map of the incidents; arrows go through them");
  byId("map-in").addEventListener("click", () => zoomMap(0.5));
  byId("map-out").addEventListener("click", () => zoomMap(2));
  byId("map-fit").addEventListener("click", () => {
    fitMap();
    drawMap();
  });
  byId("map-world").addEventListener("click", () => {
    Object.assign(view, { x: 0, y: -150, width: 3600 });
    drawMap();
  });
  box.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      zoomMap(event.deltaY < 0 ? 0.8 : 1.25);
    },
    { passive: false },
  );
  let held = null;
  box.addEventListener("pointerdown", (event) => {
    held = [event.clientX, event.clientY];
  });
  addEventListener("pointerup", () => {
    held = null;
  });
  box.addEventListener("pointermove", (event) => {
    if (!held) return;
    const scale = view.width / box.clientWidth;
    view.x -= (event.clientX - held[0]) * scale;
    view.y -= (event.clientY - held[1]) * scale * squeeze();
    held = [event.clientX, event.clientY];
    drawMap();
  });
}

const squeeze = () => Math.max(0.2, Math.cos((view.y / 10) * (Math.PI / 180)));

function zoomMap(factor) {
  view.width = Math.min(3600, Math.max(8, view.width * factor));
  const at = current.incident && located(current.incident);
  if (at && factor < 1) Object.assign(view, at);
  drawMap();
}

/** See all listed incidents, with some room; at least so much that one knows where one is. */
function fitMap() {
  const found = listed.map(located).filter(Boolean);
  const box = byId("map");
  if (!found.length) Object.assign(view, { x: 0, y: -150, width: 3600 });
  else {
    const [left, right] = [Math.min(...found.map((one) => one.x)), Math.max(...found.map((one) => one.x))];
    const [top, bottom] = [Math.min(...found.map((one) => one.y)), Math.max(...found.map((one) => one.y))];
    view.x = (left + right) / 2;
    view.y = (top + bottom) / 2;
    const ratio = (box.clientWidth || 900) / (box.clientHeight || 400);
    view.width = Math.min(3600, Math.max(NEAREST, (right - left) * 1.3, ((bottom - top) / squeeze()) * ratio * 1.3));
  }
}

function drawMap() {
  const box = byId("map");
  const [width, height] = [box.clientWidth, box.clientHeight];
  if (!width) return;
  const scale = width / view.width; // pixels a tenth of a degree of longitude
  const steep = scale / squeeze(); // and of latitude
  const at = ({ x, y }) => [width / 2 + (x - view.x) * scale, height / 2 + (y - view.y) * steep];
  const [left, top] = at({ x: 0, y: 0 });
  const ground = draw(
    "g",
    { transform: `translate(${left} ${top}) scale(${scale} ${steep})`, "aria-hidden": "true" },
    draw("path", { class: "land", d: world.land }),
    draw("path", { class: "border", d: world.borders }),
  );
  const signs = [];
  const clouds = [];
  const seen = new Map();
  let nowhere = 0;
  for (const incident of listed) {
    const where = located(incident);
    if (!where) {
      nowhere += 1;
      continue;
    }
    const spot = `${where.x} ${where.y}`;
    const before = seen.get(spot) ?? 0;
    seen.set(spot, before + 1);
    const [x, y] = beside(at(where), before);
    const reach = KILOMETRES[valuesNow(incident).place_precision];
    if (reach)
      clouds.push(
        draw("ellipse", {
          class: "cloud",
          cx: x,
          cy: y,
          rx: ((reach / 11.1) * scale) / squeeze(),
          ry: (reach / 11.1) * steep,
          "aria-hidden": "true",
        }),
      );
    signs.push(signOption("map", incident, x, y, signs.length));
  }
  signs.sort((one, other) => radius(numbered(other)) - radius(numbered(one)));
  box.replaceChildren(
    draw(
      "svg",
      { width, height, viewBox: `0 0 ${width} ${height}`, role: "presentation" },
      ground,
      names(at, scale, width, height),
      clouds,
      signs,
      placeNames(signs, width),
      scaleBar(width, height, scale),
    ),
  );
  markSigns(box);
  byId("map-words").textContent =
    `${count(signs.length, "incident", "incidents")} placed${nowhere ? `, ${nowhere} without a known place` : ""}`;
}

/** Incidents at one and the same place lie around it like the seeds of a sunflower. */
function beside([x, y], number) {
  const [distance, angle] = [7 * Math.sqrt(number), number * 2.39996];
  return [x + distance * Math.cos(angle), y + distance * Math.sin(angle)];
}

/** The names of countries that are big enough on the screen to carry them. */
function names(at, scale, width, height) {
  const shown = [];
  for (const [name, x, y, size] of world.names) {
    const [left, top] = at({ x, y });
    const wide = Math.sqrt(size) * 10 * scale;
    if (wide < name.length * 7 + 10 || left < 0 || left > width || top < 12 || top > height - 20) continue;
    shown.push(draw("text", { class: "country", x: left, y: top }, name));
  }
  return draw("g", { "aria-hidden": "true" }, shown);
}

/** The places of a few incidents by name, where a name touches no other. */
function placeNames(signs, width) {
  if (signs.length > NAMED) return null;
  const taken = [];
  const shown = [];
  for (const one of signs) {
    const incident = numbered(one);
    const name = valuesNow(incident).place_name;
    const [, x, y] = /translate\((\S+) (\S+)\)/.exec(one.getAttribute("transform")).map(Number);
    const left = x + radius(incident) + 4;
    const box = [left, y - 8, left + name.length * 7, y + 8];
    if (
      box[2] > width ||
      taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])
    )
      continue;
    taken.push(box);
    shown.push(draw("text", { class: "where-name", x: left, y: y + 4 }, name));
  }
  return draw("g", { "aria-hidden": "true" }, shown);
}

function scaleBar(width, height, scale) {
  const kilometre = scale / 11.1 / squeeze();
  const length = niceStep((120 / kilometre) * 1, 1);
  const wide = length * kilometre > 240 ? length / 2 : length;
  return draw(
    "g",
    { class: "scale", transform: `translate(14 ${height - 14})`, "aria-hidden": "true" },
    draw("path", { d: `M0-5V0H${(wide * kilometre).toFixed(1)}V-5` }),
    draw("text", { x: 4, y: -5 }, `${wide.toLocaleString("en")} km`),
  );
}
