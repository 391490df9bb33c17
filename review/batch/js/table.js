// The same incidents as a table: for whoever cannot see the map and the timeline, and for reading figures side by side.

const COLUMNS = [
  "Day",
  "Place",
  "Known to",
  "Latitude",
  "Longitude",
  "Killed",
  "Injured",
  "Missing",
  "Captured",
  "Killed or injured",
  "State",
  "Article",
];

function drawTable() {
  const lines = listed.map((incident) => {
    const values = valuesNow(incident);
    const open = make(
      "button",
      {
        type: "button",
        class: "link",
        "data-number": incident.number,
        onclick: () => {
          chooseIncident(incident);
          showView("article");
        },
      },
      words(incident.article.title || incident.article.id),
    );
    const cells = [
      days(values.earliest, values.latest) || "unknown",
      words(whereOf(values) || "unknown"),
      batch.words.place_precision[values.place_precision] ?? "",
      values.place_latitude ?? "",
      values.place_longitude ?? "",
      ...OUTCOMES.map((name) => tollOf(values, name) || vague(incident, name)),
      stateOf(incident),
      open,
    ];
    return make(
      "tr",
      { class: incident === current.incident ? "chosen" : "" },
      cells.map((cell, i) =>
        make(i ? "td" : "th", i ? {} : { scope: "row" }, cell instanceof Node ? cell : String(cell)),
      ),
    );
  });
  byId("view-table").replaceChildren(
    make(
      "table",
      {},
      make(
        "caption",
        {},
        `${count(listed.length, "incident", "incidents")}, as listed. Two articles may tell of one event: never add them up.`,
      ),
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          COLUMNS.map((name) => make("th", { scope: "col" }, name)),
        ),
      ),
      make("tbody", {}, lines),
    ),
  );
}
