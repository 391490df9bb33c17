// Decisions as a file (dateline-decisions/1, JSON lines), out and in again.

/** Its name begins the file; every verdict is one line. Verdicts without a name are this reviewer's. */
function decisionLines() {
  const all = [...elsewhere, ...verdicts.values()].map((one) => ({ ...one, who: one.who ?? reviewer }));
  const head = { schema: batch.schema, who: reviewer, store: batch.store, count: all.length };
  return [head, ...all].map((one) => `${JSON.stringify(one)}\n`).join("");
}

function save() {
  if (!(verdicts.size + elsewhere.length)) {
    say("Nothing is decided yet.");
    return;
  }
  if (!reviewer) {
    askName(save);
    return;
  }
  for (const [key, verdict] of verdicts) if (!verdict.who) verdicts.set(key, { ...verdict, who: reviewer });
  const name = `decisions-${slug(batch.title)}-${slug(reviewer)}-${now().slice(0, 10)}.jsonl`;
  const url = URL.createObjectURL(new Blob([decisionLines()], { type: "application/jsonl" }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  saved = new Map(verdicts);
  keepDraft();
  drawAll();
  say(
    `${count(verdicts.size + elsewhere.length, "decision", "decisions")} saved as ${name}. Give the file to: dateline decide import.`,
  );
}

const slug = (text) =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40) || "batch";

/** Read a file of decisions: all of it or nothing. Gives what is wrong with it, or "" and takes it in. */
function takeIn(source) {
  const lines = source
    .replace(/^\ufeff/, "")
    .split("\n")
    .filter((line) => line.trim());
  let read;
  try {
    read = lines.map((line) => JSON.parse(line));
  } catch {
    return "This file is no list of decisions: a line of it is not JSON.";
  }
  const [head, ...found] = read;
  if (head?.schema !== batch.schema)
    return `This file is none of decisions: its first line does not say ${batch.schema}.`;
  if (head.count !== found.length)
    return `This file is damaged: it says ${head.count} decisions and has ${found.length}.`;
  if (head.store && batch.store && head.store !== batch.store) return "These are decisions on another store.";
  const bad = found.findIndex(
    (one) => !(one?.verdict in SAID) || !(one.field in batch.fields) || typeof one.text !== "string",
  );
  if (bad >= 0) return `Line ${bad + 2} of this file is no decision.`;
  const step = past.length;
  elsewhere = [];
  const known = found.filter(isKnown);
  for (const one of found) if (!isKnown(one)) takeVerdict(one);
  past.length = step; // a loaded file is not undone piece by piece
  reviewer ??= head.who || null;
  keepDraft();
  const here = found.length - elsewhere.length - known.length;
  say(
    `${count(here, "decision", "decisions")} loaded${elsewhere.length ? `; ${elsewhere.length} on articles that are not in this page are kept and saved on` : ""}${known.length ? `; ${known.length} are in the store already` : ""}.`,
  );
  return "";
}

function takeVerdict(one) {
  const article = batch.articles.find((known) => known.text_id === one.text);
  if (!article) {
    elsewhere.push(one);
    return;
  }
  const same = ([, mine]) =>
    mine.verdict === "add" &&
    mine.start === one.start &&
    mine.stop === one.stop &&
    mine.field === one.field &&
    mine.text === one.text;
  if (one.verdict === "add" && [...verdicts].some(same)) return;
  const target = one.verdict === "add" ? newId(article, one.field, one.start, one.stop) : one.target;
  const key = keyOf(one.text, one.field, target);
  set(key, one);
  saved.set(key, one);
}

async function loadFile(event) {
  const [file] = event.target.files;
  event.target.value = "";
  if (!file) return;
  const wrong = takeIn(await file.text());
  if (wrong) say(`${file.name} was not loaded. ${wrong}`);
  else redraw();
}

// The reviewer's name.

let afterName = null;

function askName(then = null) {
  afterName = then;
  byId("name-field").value = reviewer ?? "";
  byId("name-error").textContent = "";
  byId("name").showModal();
}

function submitName(event) {
  event.preventDefault();
  const given = byId("name-field").value.trim();
  if (!given) {
    byId("name-error").textContent = "A name is needed.";
    byId("name-field").setAttribute("aria-invalid", "true");
    byId("name-field").focus();
    return;
  }
  byId("name-field").removeAttribute("aria-invalid");
  reviewer = given;
  byId("name").close();
  keepDraft();
  drawProgress();
  afterName?.();
}
