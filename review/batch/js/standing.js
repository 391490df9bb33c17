// What was decided on a value or an incident, before and on this page, as the panel says it.

function standingPart(subject) {
  const mine = verdicts.get(subject.key);
  const lines = (earlierOf.get(subject.key) ?? []).map((one) => earlierLine(subject, one));
  if (mine) lines.push(mineLine(subject, mine));
  return lines.length ? make("div", { class: "standing" }, lines) : null;
}

function earlierLine(subject, one) {
  const said = make(
    "p",
    { class: one.state === "applied" && !one.disputed ? "" : "loud" },
    make("strong", {}, words(one.who), `: ${SAID[one.verdict]}`),
    one.verdict === "correct" || one.verdict === "add" ? [" to ", changes(one.corrected)] : null,
    one.why ? [" – ", words(one.why)] : null,
    ` (${one.at.slice(0, 10)})`,
  );
  if (one.state === "stale")
    said.append(
      " Stale: the machine reads something else now. It was ",
      changes(changed(one.judged, one.now ?? subject.values)),
      ".",
    );
  if (one.disputed) said.append(" Disputed: somebody else decided otherwise.");
  return said;
}

/** What was judged and is another value today. */
function changed(judged, today) {
  return Object.fromEntries(
    Object.entries(judged).filter(([name, value]) => name in today && String(today[name]) !== String(value)),
  );
}

const changes = (values) =>
  words(
    Object.entries(values)
      .map(([name, value]) => `${plain(name)}: ${value ?? "unknown"}`)
      .join(", ") || "no value",
  );

function mineLine(subject, mine) {
  const field = make("input", {
    type: "text",
    "data-key": `why-${subject.key}`,
    value: mine.why,
    maxlength: 500,
    placeholder: "why (may stay empty)",
    onchange: (event) => explain(subject, event.target.value),
  });
  return make(
    "div",
    { class: `mine is-${mine.verdict}` },
    make(
      "p",
      {},
      make("strong", {}, `${mine.who && mine.who !== reviewer ? mine.who : "You"}: ${SAID[mine.verdict]}`),
      mine.verdict === "correct" || mine.verdict === "add" ? [" to ", changes(mine.corrected)] : null,
    ),
    make("label", {}, make("span", { class: "unseen" }, "Reason"), field),
  );
}
