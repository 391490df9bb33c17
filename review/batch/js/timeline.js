// The timeline: a bar from the earliest to the latest day, a sign in its middle; those that would touch lie in lanes.

const span = { from: 0, to: 1 }; // what is seen, in days since 1970
const EDGE = 28;

function startTimeline() {
  signBox(byId("time"), "Timeline of the incidents; arrows go through them");
  byId("time-in").addEventListener("click", () => zoomTime(0.5));
  byId("time-out").addEventListener("click", () => zoomTime(2));
  byId("time-fit").addEventListener("click", () => {
    fitTime();
    drawTimeline();
  });
}

const dated = (incident) => {
  const { earliest, latest } = valuesNow(incident);
  const from = dayNumber(earliest);
  return from === null ? null : { from, to: (dayNumber(latest) ?? from) + 1 };
};

function fitTime() {
  const found = listed.map(dated).filter(Boolean);
  if (!found.length) return;
  span.from = Math.min(...found.map((one) => one.from));
  span.to = Math.max(...found.map((one) => one.to));
  const room = Math.max(2, (span.to - span.from) * 0.03);
  span.from -= room;
  span.to += room;
}

/** Nearer and farther, around the chosen incident where there is one. */
function zoomTime(factor) {
  const at = current.incident && dated(current.incident);
  const middle = at && factor < 1 ? (at.from + at.to) / 2 : (span.from + span.to) / 2;
  const half = Math.min(40000, Math.max(3, ((span.to - span.from) / 2) * factor));
  Object.assign(span, { from: middle - half, to: middle + half });
  drawTimeline();
}

function drawTimeline() {
  const box = byId("time");
  const [width, height] = [box.clientWidth, box.clientHeight];
  if (!width) return;
  const scale = (width - 2 * EDGE) / (span.to - span.from);
  const at = (day) => EDGE + (day - span.from) * scale;
  const found = listed.map((incident) => ({ incident, when: dated(incident) })).filter((one) => one.when);
  found.sort(
    (one, other) =>
      one.when.from - other.when.from || one.when.to - other.when.to || one.incident.number - other.incident.number,
  );
  const inside = found.filter(({ when }) => when.to >= span.from && when.from <= span.to);
  const lanes = [];
  for (const one of inside) {
    const r = radius(one.incident);
    one.middle = at((one.when.from + one.when.to) / 2);
    one.left = Math.min(at(one.when.from), one.middle - r) - 2;
    one.right = Math.max(at(one.when.to), one.middle + r) + 2;
    one.lane = lanes.findIndex((end) => end <= one.left);
    if (one.lane < 0) one.lane = lanes.length;
    lanes[one.lane] = one.right;
  }
  const step = Math.min(30, Math.max(15, (height - 60) / Math.max(1, lanes.length))); // closer where there are many
  const tall = Math.max(height, lanes.length * step + 52);
  const signs = inside.map(({ incident, when, middle, lane }, position) => {
    const y = tall - 40 - lane * step;
    const option = signOption("time", incident, middle, y, position);
    if (when.to - when.from > 1)
      option.prepend(
        draw("path", {
          class: "bar-line",
          d: `M${(at(when.from) - middle).toFixed(1)} 0H${(at(when.to) - middle).toFixed(1)}`,
        }),
      );
    return option;
  });
  const at_bottom = box.scrollTop + box.clientHeight >= box.scrollHeight - 4 || !box.firstChild;
  box.replaceChildren(
    draw(
      "svg",
      { width, height: tall, viewBox: `0 0 ${width} ${tall}`, role: "presentation" },
      axis(at, tall, scale),
      signs,
    ),
  );
  if (at_bottom) box.scrollTop = tall;
  markSigns(box);
  const undated = listed.length - found.length;
  byId("time-words").textContent =
    `${count(inside.length, "incident", "incidents")}${found.length > inside.length ? ` of ${found.length} in view` : ""}${undated ? `, ${undated} without a known day` : ""}`;
}

/** Days, months or years below, whichever leave room for their words. */
function axis(at, height, scale) {
  const ticks = [];
  const first = new Date(span.from * 86400000);
  let date = new Date(Date.UTC(first.getUTCFullYear(), 0, 1));
  const steps = [
    [1, "day"],
    [2, "day"],
    [7, "day"],
    [1, "month"],
    [3, "month"],
    [1, "year"],
    [2, "year"],
    [5, "year"],
    [10, "year"],
    [50, "year"],
  ];
  const length = { day: 1, month: 30, year: 365 };
  const [many, unit] = steps.find(([number, name]) => number * length[name] * scale >= 76) ?? [100, "year"];
  if (unit === "day") date = new Date(Math.floor(span.from) * 86400000);
  if (unit === "year") date.setUTCFullYear(Math.floor(date.getUTCFullYear() / many) * many);
  for (let i = 0; i < 400; i += 1) {
    const day = date.getTime() / 86400000;
    if (day > span.to) break;
    if (day >= span.from) ticks.push([day, label(date, unit)]);
    if (unit === "day") date.setUTCDate(date.getUTCDate() + many);
    else if (unit === "month") date.setUTCMonth(date.getUTCMonth() + many);
    else date.setUTCFullYear(date.getUTCFullYear() + many);
  }
  return draw(
    "g",
    { class: "axis", "aria-hidden": "true" },
    ticks
      .map(([day, shown]) => [
        draw("path", { d: `M${at(day).toFixed(1)} 4V${height - 20}` }),
        draw("text", { x: at(day).toFixed(1), y: height - 6 }, shown),
      ])
      .flat(),
  );
}

function label(date, unit) {
  const month = MONTHS[date.getUTCMonth()].slice(0, 3);
  if (unit === "year") return `${date.getUTCFullYear()}`;
  return unit === "month"
    ? `${month} ${date.getUTCFullYear()}`
    : `${date.getUTCDate()} ${month} ${String(date.getUTCFullYear()).slice(2)}`;
}
