// Which incidents are listed, and in which order.

let listed = []; // the incidents that the list, the map and the timeline show

const seek = (article) =>
  (article.haystack ??= fold([article.title, article.publisher, article.text, article.id].filter(Boolean).join("\n")));
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function doubtful(incident) {
  return incident.doubts.length > 0 || incident.claims.some((fact) => fact.doubts.length);
}

const askedAgain = (incident) => again(incident) || incident.claims.map(again).find(Boolean) || "";

/** What the filters' controls say now. */
function wanted() {
  return {
    words: fold(byId("search").value).split(/\s+/).filter(Boolean),
    place: byId("place").value,
    from: byId("from").value,
    to: byId("to").value,
    undecided: byId("only-undecided").checked,
    doubt: byId("only-doubt").checked,
    contradiction: byId("only-contradiction").checked,
    again: byId("only-again").checked,
  };
}

function passes(incident, want) {
  const { values } = incident;
  if (want.undecided && stateOf(incident) === "decided") return false;
  if (want.doubt && !doubtful(incident)) return false;
  if (want.contradiction && !incident.contradictions.length) return false;
  if (want.again && !askedAgain(incident)) return false;
  if (want.place && !places(incident).includes(want.place)) return false;
  if (want.from && !(values.latest >= want.from)) return false;
  if (want.to && !(values.earliest <= want.to)) return false;
  if (!want.words.length) return true;
  const beside = fold([whereOf(values), ...incident.leaders].join("\n"));
  return want.words.every((word) => beside.includes(word) || seek(incident.article).includes(word));
}

/** The names under which the filter knows an incident's place. */
function places(incident) {
  const { place_country_name: country, place_admin1: province, place_name: name } = incident.values;
  const found = [country, country && province && `${country} / ${province}`].filter(Boolean);
  return found.length ? found : [name ?? "(no place)"];
}

const ORDERS = {
  eyes: (one, other) =>
    Boolean(askedAgain(other)) - Boolean(askedAgain(one)) ||
    Boolean(one.bare) - Boolean(other.bare) ||
    (one.rank ?? 1e9) - (other.rank ?? 1e9) ||
    one.number - other.number,
  date: (one, other) =>
    (one.values.earliest ?? "9999").localeCompare(other.values.earliest ?? "9999") || one.number - other.number,
  toll: (one, other) => killed(other) - killed(one) || one.number - other.number,
  page: (one, other) => one.number - other.number,
};

/** A number to sort and draw by; -1 where nobody gives one. */
const killed = ({ values }) => values.killed_best ?? values.killed_high ?? values.killed_low ?? -1;

/** Who is listed now. The chosen one stays where it is, so that deciding on it does not pull it away. */
function filterIncidents(keep) {
  const want = wanted();
  listed = incidents
    .filter((incident) => incident === keep || passes(incident, want))
    .sort(ORDERS[byId("order").value]);
  return listed;
}

const filtered = () => Object.values(wanted()).some((value) => (Array.isArray(value) ? value.length : value));

function clearFilters() {
  byId("filters").reset();
}

/** The places to choose from, with how many incidents each has. */
function fillPlaces() {
  const counts = new Map();
  for (const incident of incidents)
    for (const place of places(incident)) counts.set(place, (counts.get(place) ?? 0) + 1);
  const named = [...counts].sort(([one], [other]) => one.localeCompare(other));
  const options = named.map(([name, many]) => make("option", { value: name }, `${name} (${many})`));
  byId("place").replaceChildren(make("option", { value: "" }, "All places"), ...options);
}
