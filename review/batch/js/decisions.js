// What this reviewer says: one verdict a value, the last word counts; every step can be undone; nothing leaves the page
// but by `save`. Verdicts on articles that are not in this page (of a loaded file) are kept and saved on.

const verdicts = new Map(); // by key
let elsewhere = []; // verdicts of loaded files on texts that are not here
let reviewer = null;
let saved = new Map(); // the verdicts as they were last saved or loaded
const past = []; // steps: [key, verdict before, verdict after]

const DRAFT = `dateline-draft:${batch.batch}`;
const SAID = { accept: "accepted", reject: "rejected", correct: "corrected", add: "added" };

const now = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");

/** Decide on a fact or an incident; what was decided before on this page is replaced, and can be had back by undo. */
function decide(subject, verdict, corrected = {}, why = "") {
  const fact = subject.field === "incidents" ? subject.claims[0] : subject;
  const added = verdict === "add";
  put(subject.key, {
    verdict,
    field: subject.field,
    target: added ? null : subject.id,
    text: subject.article.text_id,
    start: fact?.start ?? null,
    stop: fact?.stop ?? null,
    judged: added ? {} : { ...subject.values },
    corrected,
    who: reviewer,
    why,
    at: now(),
  });
}

/** Take a verdict back, whether it was just given or loaded. */
function withdraw(subject) {
  if (verdicts.has(subject.key)) put(subject.key, null);
}

function put(key, after) {
  past.push([key, verdicts.get(key) ?? null, after]);
  set(key, after);
  keepDraft();
}

/** Go back one step; gives the key of what it concerned, or null. */
function undo() {
  const step = past.pop();
  if (!step) return null;
  set(step[0], step[1]);
  keepDraft();
  return step[0];
}

/** Values that were added on this page come and go with their verdict. */
function set(key, verdict) {
  const [text, field, target] = key.split("|");
  for (const article of articlesOf(text)) {
    if (verdict?.verdict === "add") addFact(article, field, verdict.start, verdict.stop, verdict.corrected, target);
    else if (!verdict && verdicts.get(key)?.verdict === "add") removeFact(article, target);
  }
  if (verdict) verdicts.set(key, verdict);
  else verdicts.delete(key);
}

/** How many verdicts are new, changed or gone since they were last saved. */
function unsaved() {
  const same = (one, other) => one?.verdict === other?.verdict && one?.at === other?.at && one?.why === other?.why;
  return [...new Set([...verdicts.keys(), ...saved.keys()])].filter((key) => !same(verdicts.get(key), saved.get(key)))
    .length;
}

/** Whether the store that this page was made from has a verdict already: a draft or a file may be older than the page. */
function isKnown(verdict) {
  const at = (one) =>
    verdict.verdict === "add"
      ? one.start === verdict.start && one.stop === verdict.stop
      : one.target === verdict.target;
  return batch.earlier.some(
    (one) =>
      one.verdict === verdict.verdict &&
      one.field === verdict.field &&
      Date.parse(one.at) === Date.parse(verdict.at) &&
      one.who === verdict.who &&
      at(one),
  );
}

/** The name of a value that is added: the same words and field twice are two values. */
function newId(article, field, start, stop) {
  let number = 0;
  const name = () => `new-${field}-${start}-${stop}${number ? `-${number}` : ""}`;
  while (article.byId.has(name())) number += 1;
  return name();
}

/** What holds of a value: this page's verdict, or one taken before that counts still; null where nobody decided. */
function standing(subject) {
  const mine = verdicts.get(subject.key);
  if (mine) return mine;
  const known = (earlierOf.get(subject.key) ?? []).filter((one) => one.counts);
  return known[known.length - 1] ?? null;
}

/** Whether a value must be asked again: its decision is stale, or two people disagree; a word of today settles it. */
function again(subject) {
  if (verdicts.has(subject.key)) return "";
  const known = earlierOf.get(subject.key) ?? [];
  if (known.some((one) => one.disputed)) return "disputed";
  return known.some((one) => one.state === "stale") ? "stale" : "";
}

/** The values as they stand: the machine's, or the reviewer's where they were corrected. */
function valuesNow(subject) {
  const verdict = standing(subject);
  return verdict?.verdict === "correct" ? { ...subject.values, ...verdict.corrected } : subject.values;
}

/** open, begun or decided: an incident is decided by a word on it, or on each of its values. */
function stateOf(incident) {
  if (!incident.bare && standing(incident) && !again(incident)) return "decided";
  const claims = incident.bare ? incident.article.facts : incident.claims;
  const done = claims.filter((fact) => standing(fact) && !again(fact)).length;
  if (done && done === claims.length) return "decided";
  return done ? "begun" : "open";
}

// The draft: what a browser keeps of this page in case it is closed. It may refuse; nothing depends on it.

function keepDraft() {
  try {
    localStorage.setItem(DRAFT, JSON.stringify({ reviewer, verdicts: [...verdicts], saved: [...saved], elsewhere }));
  } catch {
    // No storage for files here, or it is full: the warning on leaving remains.
  }
}

function takeUpDraft() {
  try {
    const draft = JSON.parse(localStorage.getItem(DRAFT) ?? "null");
    if (!draft) return 0;
    reviewer = draft.reviewer;
    elsewhere = draft.elsewhere ?? [];
    for (const [key, verdict] of draft.verdicts) if (!isKnown(verdict)) set(key, verdict);
    saved = new Map(draft.saved.filter(([, verdict]) => !isKnown(verdict)));
    return verdicts.size;
  } catch {
    return 0;
  }
}
