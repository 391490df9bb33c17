// What is chosen, what happens when something is, and how it all begins.

const current = { incident: null, fact: null };

/** Choose an incident: its article is shown; the list, the map and the timeline follow. */
function chooseIncident(incident, { quietly = false } = {}) {
  if (!incident) return;
  const other = current.incident?.article !== incident.article || !byId("text").firstChild;
  Object.assign(current, { incident, fact: null });
  if (other) drawArticle(incident.article);
  drawChosen();
  const first = incident.claims[0];
  if (first) revealFact(first);
  if (!quietly) say(incidentWords(incident), { aloud: true });
}

/** Choose a value of the article; null chooses the incident itself. */
function chooseFact(fact) {
  current.fact = fact ?? null;
  drawChosen();
  if (shownView !== "article") showView("article");
  if (fact) revealFact(fact);
  say(
    fact
      ? `${batch.fields[fact.field].label}: ${valueWords(fact.field, valuesNow(fact))}`
      : incidentWords(current.incident),
    { aloud: true },
  );
}

/** Show everywhere what is chosen. */
function drawChosen() {
  markArticle();
  drawPanel();
  drawSubject();
  const row = rows.get(current.incident);
  mark(byId("list"), [...rows.values()], row);
  if (row) reveal(byId("list"), row);
  if (shownView === "where") {
    markSigns(byId("map"));
    markSigns(byId("time"));
    drawSummary();
  }
}

function drawSubject() {
  const { incident, fact } = current;
  const subject = fact ?? incident;
  const verdict = subject && !subject.bare && standing(subject);
  const shown = !incident
    ? ["Nothing chosen"]
    : fact
      ? [
          make("span", { class: `kind f-${fact.field}` }, batch.fields[fact.field].label),
          " ",
          words(short(valueWords(fact.field, valuesNow(fact)), 80)),
        ]
      : [
          make("span", { class: "kind" }, incident.bare ? "Article" : "Incident"),
          " ",
          words(short(incidentWords(incident), 90)),
        ];
  byId("subject").replaceChildren(
    ...shown,
    verdict ? make("span", { class: `verdict is-${verdict.verdict}` }, ` ${SAID[verdict.verdict]}`) : "",
  );
  for (const button of byId("actions").querySelectorAll("[data-do]")) {
    const mine = subject && verdicts.has(subject.key);
    const off = {
      accept: !subject || (incident.bare && !fact),
      reject: !subject || (incident.bare && !fact),
      correct: !subject || (incident.bare && !fact),
      withdraw: !mine,
      undo: !past.length,
      add: !incident,
    }[button.dataset.do];
    button.setAttribute("aria-disabled", String(Boolean(off)));
  }
}

/** In the map: which incident is chosen, and the way to its article. */
function drawSummary() {
  const { incident } = current;
  refill(
    byId("chosen"),
    ...(incident
      ? [
          make("span", { class: "sum" }, words(incidentWords(incident))),
          make("span", { class: "soft" }, words(incident.article.title ?? "")),
          make(
            "button",
            { type: "button", "data-key": "read", onclick: () => showView("article") },
            "Read the article ",
            make("kbd", {}, "1"),
          ),
        ]
      : []),
  );
}

/** A value further on or back; the incident itself comes before its first value. */
function move(by) {
  if (!current.incident) return;
  const all = [null, ...sequence(current.incident)];
  const to = all.indexOf(current.fact) + by;
  if (to < 0) say("This is the incident itself. p goes to the one before.");
  else if (to >= all.length) say("That was the last value. n goes to the next incident.");
  else chooseFact(all[to]);
}

/** The next or the previous incident of the list. */
function step(by) {
  const at = listed.indexOf(current.incident);
  const next = listed[at < 0 ? 0 : at + by];
  if (next) chooseIncident(next);
  else say(by > 0 ? "That was the last incident." : "This is the first incident.");
}

/** Show again what a decision changes: rows of its article, the text, the panel, the counts. */
function drawAll() {
  for (const incident of current.incident?.article.incidents ?? []) fillRow(incident);
  if (current.incident?.bare) fillRow(current.incident);
  drawProgress();
  drawChosen();
}

/** Show the list anew, after a filter, an order or a loaded file. */
function redraw() {
  filterIncidents(current.incident);
  drawList();
  drawProgress();
  if (shownView === "where") {
    fitMap();
    fitTime();
    drawMap();
    drawTimeline();
  }
  if (shownView === "table") drawTable();
  if (current.incident) {
    drawArticle(current.incident.article);
    drawChosen();
  } else chooseIncident(listed[0], { quietly: true });
}

function showLost() {
  const lines = orphans.map((one) =>
    make(
      "li",
      {},
      make("strong", {}, words(one.who)),
      `: ${SAID[one.verdict]} `,
      make("span", { class: "soft" }, batch.fields[one.field]?.label ?? one.field),
      " ",
      words(`“${one.quote}”`),
      Object.keys(one.corrected).length ? [" to ", changes(one.corrected)] : "",
      one.why ? [" – ", words(one.why)] : "",
      ` (${one.at.slice(0, 10)})`,
    ),
  );
  byId("lost-body").replaceChildren(
    make("h2", { id: "lost-heading" }, "Decisions whose words are gone"),
    make("p", {}, "They were taken on words that the text no longer has. They are kept, and apply to nothing."),
    make("ul", {}, lines),
    make(
      "div",
      { class: "buttons" },
      make("button", { type: "button", class: "strong", onclick: () => byId("lost-page").close() }, "Close"),
    ),
  );
  byId("lost-page").showModal();
}

function listen() {
  listbox(byId("list"), {
    options: () => [...rows.values()],
    choose: (row) => chooseIncident(numbered(row)),
    open: () => {
      showView("article");
      byId("text").focus();
    },
  });
  byId("list").addEventListener("click", (event) => chooseIncident(numbered(event.target)));
  byId("text").addEventListener("click", clickArticle);
  byId("filters").addEventListener("input", debounced(redraw));
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("clear").addEventListener("click", () => {
    clearFilters();
    redraw();
    byId("list").focus();
  });
  byId("save").addEventListener("click", save);
  byId("load").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", loadFile);
  byId("who").addEventListener("click", () => askName());
  byId("help").addEventListener("click", showHelp);
  byId("lost").addEventListener("click", showLost);
  byId("form-body").addEventListener("submit", submitForm);
  byId("name-body").addEventListener("submit", submitName);
  byId("name-body")
    .querySelector("[data-close]")
    .addEventListener("click", () => byId("name").close());
  for (const name of VIEWS) byId(`tab-${name}`).addEventListener("click", () => showView(name));
  document.querySelector(".tabs").addEventListener("keydown", tabKeys);
  byId("actions").addEventListener("mousedown", (event) => event.preventDefault()); // keep what is selected in the text
  byId("actions").addEventListener("click", (event) => act(event.target.closest("[data-do]")));
  for (const link of document.querySelectorAll(".skip"))
    link.addEventListener("click", () => {
      if (["#text", "#panel"].includes(link.getAttribute("href"))) showView("article");
    });
  document.addEventListener("keydown", pressed);
  addEventListener(
    "resize",
    debounced(() => {
      if (shownView === "where") {
        drawMap();
        drawTimeline();
      }
    }),
  );
  addEventListener("beforeunload", (event) => {
    if (unsaved()) event.preventDefault();
  });
}

function act(button) {
  const does = button?.dataset.do;
  if (!does || button.getAttribute("aria-disabled") === "true") return;
  const moves = { on: () => move(1), back: () => move(-1), next: () => step(1), previous: () => step(-1) };
  (moves[does] ?? (() => judge(does)))();
}

function debounced(action) {
  let waiting = 0;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(action, 120);
  };
}

readBatch();
const taken = takeUpDraft();
fillPlaces();
drawLegend();
listen();
startMap();
startTimeline();
if (orphans.length) {
  byId("lost").hidden = false;
  byId("lost").textContent = count(orphans.length, "lost decision", "lost decisions");
}
redraw();
if (taken)
  say(
    `${count(taken, "decision", "decisions")} of your last visit were taken up again${unsaved() ? "; they are not saved yet" : ""}.`,
  );
