// What the buttons and keys of a verdict do to what is chosen.

/** What the buttons and keys of a verdict do to what is chosen. */
function judge(verdict) {
  const subject = current.fact ?? current.incident;
  if (verdict === "undo") return goBack();
  if (verdict === "add") return openAdding();
  if (!subject) return say("Choose an incident first.");
  if (subject.bare) return say("No incident was read here; choose a value with j.");
  if (verdict === "correct") return openForm(subject);
  if (verdict === "withdraw") return takeBack(subject);
  if (subject.human && verdicts.get(subject.key)?.verdict === "add")
    return say("You added this value yourself; x withdraws it.");
  decide(subject, verdict, {}, "");
  decided(verdict === "accept" ? "Accepted" : "Rejected", subject);
  return undefined;
}

/** After a decision: say it, show it, and go on to the next value. */
function decided(said, subject) {
  const told = subject === current.incident ? incidentWords(subject) : valueWords(subject.field, valuesNow(subject));
  drawAll();
  const all = sequence(current.incident);
  const next = current.fact && said !== "Added" ? all[all.indexOf(current.fact) + 1] : null;
  if (next && current.incident.claims.includes(current.fact) === current.incident.claims.includes(next)) {
    chooseFact(next);
    say(`${said}: ${told}. Now: ${valueWords(next.field, valuesNow(next))}`);
  } else say(`${said}: ${told}.${stateOf(current.incident) === "decided" ? " The incident is decided." : ""}`);
}

function takeBack(subject) {
  if (!verdicts.has(subject.key)) {
    say("You have not decided on this.");
    return;
  }
  const added = verdicts.get(subject.key).verdict === "add";
  withdraw(subject);
  if (added) {
    current.fact = null;
    drawArticle(current.incident.article);
  }
  drawAll();
  say("Withdrawn.");
}

function goBack() {
  const key = undo();
  if (!key) {
    say("There is nothing to undo.");
    return;
  }
  const [text, field, target] = key.split("|");
  const incident =
    incidents.find(
      (one) => one.article.text_id === text && (field === "incidents" ? one.id === target : one.facts.includes(target)),
    ) ?? incidents.find((one) => one.article.text_id === text);
  if (incident) {
    const near = current.incident?.article === incident.article && field !== "incidents" ? current.incident : incident;
    Object.assign(current, { incident: near, fact: incident.article.byId.get(target) ?? null });
    drawArticle(incident.article);
    if (current.fact) revealFact(current.fact);
  }
  drawAll();
  say(
    `Undone: ${current.fact ? valueWords(current.fact.field, valuesNow(current.fact)) : incident ? incidentWords(incident) : "a step"}.`,
  );
}

/** The incident and all its values that nobody decided are right; then the next incident. */
function acceptAll() {
  const { incident } = current;
  if (!incident || incident.bare) return;
  const open = [incident, ...incident.claims].filter(
    (subject) => !verdicts.has(subject.key) && (!standing(subject) || again(subject)),
  );
  for (const subject of open) decide(subject, "accept");
  drawAll();
  const told = `Accepted: the incident and ${count(incident.claims.length, "value", "values")}.`;
  const next = listed[listed.indexOf(incident) + 1];
  if (next) chooseIncident(next);
  say(next ? `${told} Now: ${incidentWords(next)}` : told);
}

/** A reason is written beside a verdict. */
function explain(subject, why) {
  const mine = verdicts.get(subject.key);
  if (!mine) return;
  put(subject.key, { ...mine, why: why.trim(), at: now() });
  drawProgress();
  say("The reason is kept.");
}
