// The incidents: one row each with day, place, toll, what makes it doubtful, and what was decided.

const rows = new Map(); // incident to its row

const STATES = { open: ["○", "open"], begun: ["◐", "begun"], decided: ["●", "decided"] };

function drawList() {
  const box = byId("list");
  rows.clear();
  const drawn = listed.map((incident, position) => {
    const row = make("div", {
      role: "option",
      class: "row",
      id: `row-${incident.number}`,
      "aria-selected": "false",
      "data-number": incident.number,
      "aria-setsize": listed.length,
      "aria-posinset": position + 1,
    });
    rows.set(incident, row);
    fillRow(incident);
    return row;
  });
  if (drawn.length) box.replaceChildren(...drawn);
  else
    box.replaceChildren(
      make(
        "p",
        { class: "empty" },
        batch.articles.length ? "No incident is like that. Clear a filter." : "This batch is empty.",
      ),
    );
  const all = incidents.length;
  byId("counted").textContent =
    listed.length === all
      ? count(all, "in all", "in all")
      : `${listed.length.toLocaleString("en")} of ${all.toLocaleString("en")}`;
  byId("clear").hidden = !filtered();
}

function fillRow(incident) {
  const row = rows.get(incident);
  if (!row) return;
  const state = stateOf(incident);
  const values = valuesNow(incident);
  const ask = askedAgain(incident);
  const verdict = incident.bare ? null : standing(incident);
  const [sign, name] = STATES[state];
  row.dataset.state = state;
  row.classList.toggle("struck", verdict?.verdict === "reject");
  const told = incident.bare
    ? "no incident read"
    : tolls(incident, values)
        .map(([outcome, shown]) => `${shown} ${plain(outcome)}`)
        .join(", ") || "no toll";
  row.replaceChildren(
    make(
      "span",
      { class: "state", title: name },
      make("span", { "aria-hidden": "true" }, sign),
      make("span", { class: "unseen" }, `${(verdict && SAID[verdict.verdict]) || name}. `),
    ),
    make("span", { class: "toll" }, told, verdict?.verdict === "correct" ? make("em", {}, " corrected") : null),
    make("span", { class: "day" }, days(values.earliest, values.latest) || "no date"),
    make("span", { class: "place" }, words(whereOf(values) || "no place")),
    make("span", { class: "title" }, words(incident.article.title || incident.article.id)),
    make("span", { class: "why" }, reasons(incident, ask)),
  );
}

/** Why it wants eyes, in a few tags. */
function reasons(incident, ask) {
  const tags = [];
  if (ask === "stale") tags.push(make("span", { class: "tag loud" }, "stale: ask again"));
  if (ask === "disputed") tags.push(make("span", { class: "tag loud" }, "disputed"));
  if (incident.contradictions.length)
    tags.push(
      make("span", { class: "tag loud" }, count(incident.contradictions.length, "contradiction", "contradictions")),
    );
  for (const doubt of incident.doubts.slice(0, 2))
    tags.push(make("span", { class: "tag", title: doubt }, words(doubt)));
  if (incident.doubts.length > 2) tags.push(make("span", { class: "tag" }, `and ${incident.doubts.length - 2} more`));
  return tags;
}

function drawProgress() {
  const all = incidents.filter((incident) => !incident.bare); // articles without an incident ask for nothing
  const done = all.filter((incident) => stateOf(incident) === "decided").length;
  byId("progress").max = all.length || 1;
  byId("progress").value = done;
  const kept = unsaved() ? ` · ${unsaved().toLocaleString("en")} not saved` : "";
  byId("progress-words").textContent =
    `${done.toLocaleString("en")} of ${all.length.toLocaleString("en")} decided${kept}`;
  byId("save").disabled = !(verdicts.size + elsewhere.length);
  byId("who").textContent = reviewer ? `Reviewer: ${reviewer}` : "Reviewer: who?";
}
