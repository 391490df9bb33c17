// The three views of what is listed: article, map and timeline, table.

const VIEWS = ["article", "where", "table"];
let shownView = "article";

function showView(name) {
  shownView = name;
  for (const one of VIEWS) {
    byId(`view-${one}`).hidden = one !== name;
    byId(`tab-${one}`).setAttribute("aria-selected", String(one === name));
    byId(`tab-${one}`).tabIndex = one === name ? 0 : -1;
  }
  byId("legend").hidden = name !== "article";
  if (name === "where") {
    fitMap();
    fitTime();
    drawMap();
    drawTimeline();
    drawSummary();
  }
  if (name === "table") drawTable();
  if (name === "article" && current.incident) revealFact(current.fact ?? current.incident.claims[0]);
}

function tabKeys(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  const name = VIEWS[(VIEWS.indexOf(shownView) + by + VIEWS.length) % VIEWS.length];
  showView(name);
  byId(`tab-${name}`).focus();
}
