// Beside the article: the incident with the claims that its figures come from, the chosen value with its rule and
// evidence, and all values as a list.

function drawPanel() {
  const { incident, fact } = current;
  const panel = byId("panel");
  if (!incident) {
    refill(panel, make("p", { class: "empty" }, "Choose an incident."));
    return;
  }
  refill(panel, incidentPart(incident), fact ? valuePart(fact) : null, listPart(incident));
  const box = byId("values");
  const options = [...box.querySelectorAll('[role="option"]')];
  mark(
    box,
    options,
    options.find((one) => one.dataset.id === (fact?.id ?? "")),
  );
  listbox(box, {
    options: () => options,
    choose: (option) => chooseFact(factOf(option.dataset.id)),
    open: () => byId("text").focus(),
  });
  const chosen = panel.querySelector(".value");
  panel.scrollTop = chosen ? Math.max(0, chosen.offsetTop - 12) : 0;
}

const factOf = (id) => (id ? current.incident.article.byId.get(id) : null);

// The incident.

function incidentPart(incident) {
  const { article } = incident;
  const many = article.incidents.length;
  const which = incident.bare
    ? "Article"
    : `Incident ${incident.position + 1} of ${many}${incident.main ? ", the main one" : ""}`;
  return make(
    "section",
    { class: `incident${current.fact ? "" : " chosen"}`, "aria-labelledby": "incident-heading" },
    make(
      "h2",
      { id: "incident-heading" },
      make(
        "button",
        {
          type: "button",
          class: "plain",
          "data-key": "incident",
          onclick: () => chooseFact(null),
          "aria-pressed": String(!current.fact),
        },
        which,
      ),
    ),
    make("p", { class: "sum" }, words(incidentWords(incident))),
    incident.bare
      ? make("p", { class: "note" }, "No incident was read in this article; its values are listed below.")
      : figures(incident),
    incident.claims.some((fact) => ["reject", "correct"].includes(standing(fact)?.verdict))
      ? make(
          "p",
          { class: "note" },
          "These figures are the machine's. What was decided on their claims is laid over them in the store.",
        )
      : null,
    incident.part_of
      ? make("p", { class: "note" }, "Part of a spanning incident of this article: their tolls are never added up.")
      : null,
    ...incident.contradictions.map((one) => contradiction(incident, one)),
    doubtsOf(incident),
    sameEvent(incident),
    standingPart(incident),
  );
}

/** Each figure with the claims that it comes from: a click goes to the words. */
function figures(incident) {
  const values = valuesNow(incident);
  const shown = [
    ["date", "Date", days(values.earliest, values.latest)],
    ["place", "Place", whereOf(values)],
    ...tolls(incident, values).map(([name, told]) => [name, plain(name), told]),
  ];
  const lines = shown.map(([name, label, told]) => [
    make("dt", {}, label),
    make(
      "dd",
      {},
      words(told || "unknown", "strong"),
      precisionOf(name, values),
      (incident.basis[name] ?? []).map((id) => quoteButton(incident.article.byId.get(id), `basis-${name}-${id}`)),
    ),
  ]);
  const groups = incident.groups.map(
    (group) =>
      `${figure(group.low, group.best, group.high) || "?"} ${plain(group.group_class)} ${plain(group.outcome)}`,
  );
  if (groups.length) lines.push([make("dt", {}, "Among them"), make("dd", {}, groups.join(", "))]);
  if (incident.leaders.length)
    lines.push([make("dt", {}, "Leaders"), make("dd", {}, words(incident.leaders.join(", ")))]);
  return make("dl", { class: "figures" }, lines.flat());
}

function precisionOf(name, values) {
  const precision = name === "place" ? values.place_precision : name === "date" ? values.date_precision : null;
  const said = batch.words[`${name}_precision`]?.[precision];
  return said && precision > 1 ? make("span", { class: "soft" }, ` ${said} `) : " ";
}

function quoteButton(fact, key) {
  if (!fact) return null;
  return make(
    "button",
    { type: "button", class: `quote f-${fact.field}`, "data-key": key, onclick: () => chooseFact(fact) },
    `“${short(fact.quote)}”`,
  );
}

const short = (quote, most = 60) => (quote.length > most ? `${quote.slice(0, most - 1).trimEnd()}…` : quote);

function contradiction(incident, one) {
  const who = (name) => (name ? [" (", words(name), ")"] : " (the article)");
  const kind = one.kind === "status" ? "civilians or fighters?" : "figures exclude each other";
  return make(
    "p",
    { class: "contradiction" },
    make("strong", {}, `Contradiction, ${plain(one.outcome)}: `),
    `${kind} `,
    quoteButton(incident.article.byId.get(one.one_id), `one-${one.one_id}-${one.other_id}`),
    who(one.one_attribution),
    " against ",
    quoteButton(incident.article.byId.get(one.other_id), `other-${one.one_id}-${one.other_id}`),
    who(one.other_attribution),
  );
}

function doubtsOf(subject) {
  return subject.doubts.length
    ? make("p", { class: "doubts" }, make("strong", {}, "Look at this: "), words(subject.doubts.join("; ")))
    : null;
}

/** Other incidents of this batch that tell of the same event. */
function sameEvent(incident) {
  const others = incident.event ? incidents.filter((one) => one !== incident && one.event === incident.event) : [];
  if (!others.length) return null;
  return make(
    "div",
    { class: "note" },
    "Told of the same event: ",
    make(
      "ul",
      {},
      others
        .slice(0, 6)
        .map((one) =>
          make(
            "li",
            {},
            make(
              "button",
              { type: "button", class: "link", "data-key": `event-${one.number}`, onclick: () => chooseIncident(one) },
              words(one.article.title || incidentWords(one)),
            ),
          ),
        ),
    ),
  );
}

// The chosen value.

function valuePart(fact) {
  const read = Object.entries(fact.values).filter(([, value]) => value !== null && value !== "" && value !== false);
  return make(
    "section",
    { class: `value f-${fact.field}`, "aria-labelledby": "value-heading" },
    make(
      "h2",
      { id: "value-heading" },
      make("span", { class: "kind" }, batch.fields[fact.field].label),
      " ",
      words(valueWords(fact.field, valuesNow(fact))),
    ),
    make("blockquote", { dir: "auto" }, words(`“${fact.quote}”`)),
    standingPart(fact),
    doubtsOf(fact),
    fact.human ? null : make("h3", {}, "As the machine reads it"),
    make(
      "dl",
      { class: "read" },
      read.map(([name, value]) => [make("dt", {}, plain(name)), make("dd", {}, words(valueIn(name, value)))]).flat(),
    ),
    fact.evidence.length
      ? make(
          "div",
          { class: "rests" },
          make("h3", {}, "Rests on"),
          make(
            "ul",
            {},
            fact.evidence.map((one) =>
              make(
                "li",
                {},
                make("span", { class: "soft" }, `${plain(one.role)} `),
                make("span", { class: "proof" }, words(one.quote)),
              ),
            ),
          ),
        )
      : null,
    candidates(fact),
    make(
      "p",
      { class: "rule" },
      fact.human ? "Added by a person" : ["Rule ", make("code", {}, fact.rule)],
      web(fact.link)
        ? [
            " · ",
            make(
              "a",
              { href: fact.link, target: "_blank", rel: "noopener noreferrer" },
              "these words on the live page",
            ),
          ]
        : null,
    ),
  );
}

function valueIn(name, value) {
  if (name === "precision")
    return `${value}${batch.words[`${current.fact.field.replace(/s$/, "")}_precision`]?.[value] ? `, ${batch.words[`${current.fact.field.replace(/s$/, "")}_precision`][value]}` : ""}`;
  if (value === true) return "yes";
  return typeof value === "string" ? value.replaceAll("_", " ") : value;
}

/** Other places that the name could mean: one click corrects to it. */
function candidates(fact) {
  if (!fact.candidates?.length) return null;
  return make(
    "div",
    { class: "rests" },
    make("h3", {}, "It could also be"),
    make(
      "ul",
      {},
      fact.candidates.map((one, i) =>
        make(
          "li",
          {},
          make(
            "button",
            {
              type: "button",
              class: "link",
              "data-key": `candidate-${i}`,
              onclick: () => openForm(fact, placeOf(one)),
            },
            words([one.name, one.admin1, one.country].filter(Boolean).join(", ")),
          ),
        ),
      ),
    ),
  );
}

/** A candidate as values of a place: what it does not say is unknown. */
const placeOf = ({ name, country, admin1, latitude, longitude, geonameid }) => ({
  name,
  country,
  country_name: null,
  admin1,
  admin2: null,
  latitude,
  longitude,
  geonameid,
});

// All values.

function listPart(incident) {
  const order = sequence(incident);
  const own = incident.claims.length;
  const whole = incident.bare ? [] : [option("", "incidents", "The incident as a whole", incident)];
  return make(
    "section",
    { class: "all", "aria-labelledby": "values-heading" },
    make("h2", { id: "values-heading" }, `Values (${order.length})`),
    make(
      "div",
      { id: "values", role: "listbox", tabindex: 0, "data-key": "values", "aria-labelledby": "values-heading" },
      whole,
      order
        .map((fact, i) => [
          i === own && own ? make("div", { class: "divide", role: "presentation" }, "elsewhere in the article") : null,
          option(fact.id, fact.field, valueWords(fact.field, valuesNow(fact)), fact),
        ])
        .flat(),
    ),
  );
}

function option(id, field, told, subject) {
  const verdict = standing(subject);
  const ask = again(subject);
  const said = ask || (verdict ? SAID[verdict.verdict] : "");
  return make(
    "div",
    {
      role: "option",
      id: `value-${id || "whole"}`,
      "data-id": id,
      class: `option f-${field}`,
      "aria-selected": "false",
      onclick: () => chooseFact(factOf(id)),
    },
    make("span", { class: "kind" }, batch.fields[field].label),
    " ",
    words(short(told, 90)),
    said ? make("span", { class: `verdict ${ask ? "loud" : `is-${verdict.verdict}`}` }, ` ${said}`) : null,
    subject.doubts?.length ? make("span", { class: "verdict soft" }, " doubtful") : null,
  );
}
