// What was read: the articles with their facts and incidents, found by id; and what was decided before.

const batch = JSON.parse(byId("batch-data").textContent);
const OUTCOMES = ["killed", "injured", "missing", "captured", "killed_or_injured"];
const FIELDS = Object.keys(batch.fields).filter((name) => name !== "incidents");

const incidents = []; // every incident of the batch, in the order of the articles
const earlierOf = new Map(); // decisions taken before, by what they judged
const orphans = []; // decisions whose words are gone

const keyOf = (text, field, target) => `${text}|${field}|${target}`;

function readBatch() {
  for (const article of batch.articles) readArticle(article);
  for (const decision of batch.earlier) {
    const key = keyOf(decision.text, decision.field, decision.target);
    if (!decision.latest) continue; // the same reviewer has decided otherwise since
    if (decision.state === "orphan") orphans.push(decision);
    if (!earlierOf.has(key)) earlierOf.set(key, []);
    earlierOf.get(key).push(decision);
  }
  for (const decision of batch.earlier) if (decision.verdict === "add" && decision.latest) addEarlier(decision);
}

function readArticle(article) {
  article.offsets = offsetsOf(article.text);
  article.byId = new Map();
  for (const fact of article.facts) {
    fact.article = article;
    fact.from = article.offsets.units(fact.start);
    fact.to = article.offsets.units(fact.stop);
    fact.quote = article.text.slice(fact.from, fact.to);
    fact.evidence = fact.evidence.map(([role, start, stop]) => {
      const [from, to] = [article.offsets.units(start), article.offsets.units(stop)];
      return { role, from, to, quote: article.text.slice(from, to) };
    });
    fact.key = keyOf(article.text_id, fact.field, fact.id);
    article.byId.set(fact.id, fact);
  }
  article.incidents.forEach((incident, position) => {
    incident.article = article;
    incident.field = "incidents";
    incident.position = position;
    incident.key = keyOf(article.text_id, "incidents", incident.id);
    incident.claims = incident.facts
      .map((id) => article.byId.get(id))
      .filter(Boolean)
      .sort(inText);
    incident.number = incidents.push(incident) - 1;
  });
  // An article without an incident still has values to be seen: it has a row of its own.
  if (!article.incidents.length) incidents.push(bare(article, incidents.length));
}

function bare(article, number) {
  const values = Object.fromEntries(
    OUTCOMES.flatMap((name) => ["low", "best", "high"].map((bound) => [`${name}_${bound}`, null])),
  );
  return {
    article,
    number,
    values,
    bare: true,
    field: "incidents",
    id: null,
    key: keyOf(article.text_id, "article", number),
    position: 0,
    basis: {},
    facts: [],
    claims: [],
    doubts: [],
    contradictions: [],
    groups: [],
    leaders: [],
    rank: null,
    event: null,
  };
}

/** A value that somebody added before stands in the article like those that were read. */
function addEarlier(decision) {
  if (decision.state === "orphan") return;
  for (const article of articlesOf(decision.text))
    addFact(article, decision.field, decision.start, decision.stop, decision.corrected, decision.target);
}

/** The articles with a text: it may have been published on two days. */
const articlesOf = (text) => batch.articles.filter((one) => one.text_id === text);

/** A value that a person found takes its place in an article: offsets in code points. */
function addFact(article, field, start, stop, values, id) {
  if (article.byId.has(id)) return;
  const [from, to] = [article.offsets.units(start), article.offsets.units(stop)];
  const quote = article.text.slice(from, to);
  const key = keyOf(article.text_id, field, id);
  const fact = {
    article,
    id,
    key,
    field,
    start,
    stop,
    from,
    to,
    quote,
    values,
    human: true,
    evidence: [],
    doubts: [],
    rule: "",
    link: null,
  };
  article.byId.set(id, fact);
  article.facts.push(fact);
  article.facts.sort(inText);
}

function removeFact(article, id) {
  article.facts = article.facts.filter((fact) => fact.id !== id);
  article.byId.delete(id);
}

const inText = (one, other) => one.from - other.from || one.to - other.to || (one.id < other.id ? -1 : 1);

/** The values that j and k go through: those of the incident first, then the rest of its article, each in text order. */
function sequence(incident) {
  const own = new Set(incident.claims);
  return [...incident.claims, ...incident.article.facts.filter((fact) => !own.has(fact))];
}

// Words for values.

function tollOf(values, outcome) {
  return figure(values[`${outcome}_low`], values[`${outcome}_best`], values[`${outcome}_high`]);
}

/** Every outcome that an incident has a claim or a number for: its name and its figure, "?" where nobody counts. */
function tolls(incident, values = incident.values) {
  return OUTCOMES.map((name) => [name, tollOf(values, name) || vague(incident, name)]).filter(([, shown]) => shown);
}

function vague(incident, outcome) {
  const claims = (incident.basis[outcome] ?? []).map((id) => incident.article.byId.get(id)).filter(Boolean);
  return claims.length
    ? (claims.map((claim) => claim.values.vague && `“${claim.values.vague}”`).find(Boolean) ?? "?")
    : "";
}

function whereOf(values) {
  if (!values.place_name) return "";
  const near = values.place_precision === 2 ? "near " : "";
  const named = [values.place_name, values.place_admin1, values.place_country_name ?? values.place_country];
  return near + [...new Set(named.filter(Boolean))].join(", ");
}

function incidentWords(incident) {
  if (incident.bare) return incident.article.title || "No incident was read";
  const values = valuesNow(incident);
  const people =
    tolls(incident, values)
      .map(([name, shown]) => `${shown} ${plain(name)}`)
      .join(", ") || "no toll";
  return [people, whereOf(values) || "place unknown", days(values.earliest, values.latest) || "date unknown"].join(
    " · ",
  );
}

/** A value in few words. */
function valueWords(field, values) {
  if (field === "casualties") {
    const shown = figure(values.low, values.best, values.high) || (values.vague ? `“${values.vague}”` : "?");
    const beside = [values.polarity, values.scope].filter((one) => one && one !== "affirmed" && one !== "incident");
    return `${shown} ${plain(values.outcome)}${beside.length ? ` (${beside.join(", ")})` : ""}`;
  }
  if (field === "dates") return days(values.earliest, values.latest) || "no day known";
  if (field === "places") {
    const named = [values.name, values.admin1, values.country_name ?? values.country].filter(Boolean);
    return `${[...new Set(named)].join(", ")} (${plain(values.role)})`;
  }
  if (field === "leaders") {
    const office = [values.role, values.organisation].filter(Boolean).join(", ");
    return `${values.name}${office ? `, ${office}` : ""}${values.status === "mentioned" ? "" : ` (${values.status})`}`;
  }
  if (field === "incidents") {
    const people = OUTCOMES.map((name) => [tollOf(values, name), plain(name)]).filter(([shown]) => shown);
    return [people.map((pair) => pair.join(" ")).join(", "), whereOf(values), days(values.earliest, values.latest)]
      .filter(Boolean)
      .join(" · ");
  }
  return Object.values(values)
    .filter((value) => value !== null)
    .join(", ");
}
