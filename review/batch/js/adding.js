// A value that was missed, added to words of the article: those that are selected, or those that are typed.

const AROUND = 30; // characters on either side of words that stand in the text more than once

/** Add a value that was missed; where no words are selected, the form asks for them. */
function openAdding() {
  const selected = selectedWords();
  const about = { adding: true, add: selected, field: "casualties", proposed: {} };
  const heading = selected ? `Add: “${short(selected.quote, 80)}”` : "Add a value that was missed";
  showForm(about, heading, guess("casualties", selected?.quote ?? ""));
  if (!selected) byId("form-body").elements.words.focus();
}

/** The lines of the form that say of what kind a value is, and of which words. */
function addingLines(about) {
  const field = make("label", { class: "line" }, make("span", {}, "Field"), fieldChoice(about.field));
  if (about.add) return [field];
  const typed = make("input", { name: "words", required: true, "aria-describedby": "form-error", oninput: findWords });
  const which = make("select", { name: "which", onchange: takeWords });
  return [
    make("label", { class: "line" }, make("span", {}, "Words of the article"), typed),
    make("label", { class: "line", id: "which", hidden: true }, make("span", {}, "Which of them"), which),
    field,
  ];
}

/** Find the words that are typed, and let the reviewer say which where they stand there more than once. */
function findWords(event) {
  const { text, unread, offsets } = current.incident.article;
  const isHidden = (at) => unread.some(([start, stop]) => at >= offsets.units(start) && at < offsets.units(stop));
  const typed = event.target.value.trim();
  const found = [];
  for (let at = typed ? text.indexOf(typed) : -1; at >= 0; at = text.indexOf(typed, at + 1))
    if (!isHidden(at)) found.push(at);
  const shown = (at) =>
    `…${text.slice(Math.max(0, at - AROUND), at)}[${typed}]${text.slice(at + typed.length, at + typed.length + AROUND)}…`;
  const { which } = byId("form-body").elements;
  which.replaceChildren(...found.map((at) => make("option", { value: at }, shown(at))));
  byId("which").hidden = found.length < 2;
  takeWords();
}

/** What is wrong where words were to be typed and are none of the article. */
function withoutWords(form) {
  if (!filling.adding || filling.add) return null;
  return {
    error: "Words of the article: these do not stand in it. Write them as they stand there.",
    input: form.elements.words,
  };
}

function takeWords() {
  const { words: input, which } = byId("form-body").elements;
  const { offsets } = current.incident.article;
  const [quote, at] = [input.value.trim(), Number(which.value)];
  filling.add =
    which.value === "" ? null : { start: offsets.points(at), stop: offsets.points(at + quote.length), quote };
}

/** What a new value begins with: what the field says, and a number or the words themselves where they can serve. */
function guess(field, quote) {
  const values = { ...batch.fields[field].adding };
  const number = /\d[\d,]*/.exec(quote);
  if (field === "casualties" && number) values.low = values.best = values.high = Number(number[0].replaceAll(",", ""));
  if (field === "places" || field === "leaders") values.name = quote;
  return values;
}

function fieldChoice(chosen) {
  const options = FIELDS.map((name) =>
    make("option", { value: name, selected: name === chosen }, batch.fields[name].label),
  );
  return make(
    "select",
    {
      name: "field",
      onchange: (event) => {
        filling.field = event.target.value;
        fillControls(filling.field, guess(filling.field, filling.add?.quote ?? ""));
      },
    },
    options,
  );
}

function addValue(field, { start, stop }, values, why) {
  const { article } = current.incident;
  const id = newId(article, field, start, stop);
  const whole = { ...batch.fields[field].adding, ...values };
  const key = keyOf(article.text_id, field, id);
  put(key, {
    verdict: "add",
    field,
    target: null,
    text: article.text_id,
    start,
    stop,
    judged: {},
    corrected: whole,
    who: reviewer,
    why,
    at: now(),
  });
  getSelection().removeAllRanges();
  drawArticle(article);
  current.fact = article.byId.get(id);
  decided("Added", current.fact);
}
