// Elements, words and announcements. Nothing here, or anywhere on this page, makes markup out of a string.

const SVG = "http://www.w3.org/2000/svg";

const byId = (id) => document.getElementById(id);

/** An element. `attributes`: on… are listeners, `class` and the rest attributes; false, null and undefined are left out. */
function make(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
function draw(tag, attributes = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), attributes, children);
}

function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Words of others, kept from turning the line around them (bidirectional marks). */
const words = (text, tag = "bdi") => make(tag, {}, String(text));

/** Put new children into a place; whatever had the focus there, and its like among the new ones, keeps it. */
function refill(place, ...children) {
  const held = place.contains(document.activeElement) ? document.activeElement : null;
  place.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
  if (!held) return;
  const key = held.dataset.key;
  const again = key && [...place.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  (again ?? place).focus({ preventScroll: true });
}

/** Say something: it is shown beside the subject and read out; `aloud` is only read out, for it is seen elsewhere. */
function say(message, { aloud = false } = {}) {
  const said = byId("said");
  said.classList.toggle("unseen", aloud);
  said.textContent = said.textContent === message ? `${message}\u00a0` : message;
}

const count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** A column's or a choice's name as people read it. */
const plain = (name) => batch.words.columns[name] ?? String(name).replaceAll("_", " ");

/** An interval as people write it: 5, 10–16, ≥39, ≤3,735, ≈12; empty where nobody gives a number. */
function figure(low, best, high) {
  const shown = (number) => number.toLocaleString("en");
  if (low != null && high != null) return low === high ? shown(low) : `${shown(low)}–${shown(high)}`;
  if (low != null) return `≥${shown(low)}`;
  if (high != null) return `≤${shown(high)}`;
  return best != null ? `≈${shown(best)}` : "";
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** The days between two ISO days as people write them: 11 June 2014, 11–12 June 2014, June 2014, 2014. */
function days(earliest, latest) {
  if (!earliest) return "";
  const from = parts(earliest);
  const to = parts(latest || earliest);
  const whole = to.day === lastDay(to.year, to.month);
  if (from.year !== to.year) return `${long(from)} – ${long(to)}`;
  if (from.month === 1 && from.day === 1 && to.month === 12 && whole) return `${from.year}`;
  if (from.month !== to.month) return `${from.day} ${MONTHS[from.month - 1]} – ${long(to)}`;
  if (from.day === to.day) return long(from);
  if (from.day === 1 && whole) return `${MONTHS[from.month - 1]} ${from.year}`;
  return `${from.day}–${long(to)}`;
}

const long = (date) => `${date.day} ${MONTHS[date.month - 1] ?? "?"} ${date.year}`;
const lastDay = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();

function parts(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return { year, month, day };
}

/** Days since 1970 of an ISO day; null where it is none. */
function dayNumber(iso) {
  const time = iso ? Date.parse(`${iso}T00:00:00Z`) : NaN;
  return Number.isNaN(time) ? null : Math.round(time / 86400000);
}
