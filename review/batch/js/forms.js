// The form in which a value is corrected or added. Bounds are checked before they are taken.

let filling = null; // what the open form is about: { subject, field, add }

/** Correct a value; `proposed` are values to begin with (a place that the name could also mean). */
function openForm(subject, proposed = {}) {
  showForm(
    { subject, field: subject.field, proposed },
    `Correct: ${valueWords(subject.field, valuesNow(subject)) || batch.fields[subject.field].label}`,
    { ...valuesNow(subject), ...proposed },
  );
}

function showForm(about, heading, values) {
  filling = about;
  byId("form-body").replaceChildren(
    make("h2", { id: "form-heading" }, words(heading)),
    ...(about.adding ? addingLines(about) : []),
    make("div", { class: "controls", id: "controls" }),
    make(
      "label",
      { class: "line" },
      make("span", {}, "Why"),
      make("input", { name: "why", maxlength: 500, value: verdicts.get(about.subject?.key)?.why ?? "" }),
    ),
    make("p", { class: "error", id: "form-error", role: "alert" }),
    make(
      "div",
      { class: "buttons" },
      make("button", { type: "button", "data-close": true, onclick: closeForm }, "Cancel"),
      make("button", { type: "submit", class: "strong" }, about.adding ? "Add" : "Correct"),
    ),
  );
  fillControls(about.field, values);
  byId("form").showModal();
  byId("controls").querySelector("input, select")?.focus();
}

function closeForm() {
  byId("form").close();
}

/** The controls of a field; three bounds of one outcome stand in one line. */
function fillControls(field, values) {
  const lines = [];
  let bounds = null;
  for (const column of batch.fields[field].form) {
    const [, outcome, bound] = /^(.*?)_?(low|best|high)$/.exec(column.name) ?? [];
    if (!bound || column.kind !== "count") {
      lines.push(
        make("label", { class: "line" }, make("span", {}, plain(column.name)), control(column, values[column.name])),
      );
      continue;
    }
    if (bound === "low") {
      bounds = make("fieldset", { class: "line bounds" }, make("legend", {}, outcome ? plain(outcome) : "how many"));
      lines.push(bounds);
    }
    bounds.append(make("label", {}, make("span", {}, plain(bound)), control(column, values[column.name])));
  }
  byId("controls").replaceChildren(...lines);
}

function control(column, value) {
  const common = {
    name: column.name,
    "data-kind": column.kind,
    required: column.required,
    "aria-describedby": "form-error",
  };
  if (column.kind === "choice" || column.kind === "precision") {
    const choices =
      column.kind === "choice"
        ? column.choices.map((one) => [one, plain(one)])
        : Object.entries(batch.words.place_precision);
    const empty = column.required ? [] : [make("option", { value: "" }, "unknown")];
    return make(
      "select",
      common,
      empty,
      choices.map(([one, shown]) => make("option", { value: one, selected: String(one) === String(value) }, shown)),
    );
  }
  if (column.kind === "flag") return make("input", { ...common, type: "checkbox", checked: Boolean(value) });
  const types = {
    day: { type: "date" },
    count: { type: "text", inputmode: "numeric", size: 7 },
    degrees: { type: "text", inputmode: "decimal" },
  };
  return make("input", { ...common, type: "text", maxlength: 300, ...types[column.kind], value: value ?? "" });
}

/** What the form says, by column; `error` names the first thing that cannot be, and its control. */
function readForm(form, field) {
  const values = {};
  for (const column of batch.fields[field].form) {
    const input = form.elements[column.name];
    const written = column.kind === "flag" ? input.checked : input.value.trim();
    const wrong = (error) => ({ error: `${plain(column.name)}: ${error}`, input });
    if (input.validity?.badInput) return wrong("this is no day.");
    if (written === "" && column.required) return wrong("this is needed.");
    if (written === "") values[column.name] = null;
    else if (column.kind === "count" || column.kind === "precision") {
      const number = Number(String(written).replaceAll(",", ""));
      if (!Number.isInteger(number) || number < 0 || number > 2147483647)
        return wrong("a whole number, or empty where nobody says.");
      values[column.name] = number;
    } else if (column.kind === "degrees") {
      const number = Number(written);
      const most = column.name.endsWith("latitude") ? 90 : 180;
      if (!(Math.abs(number) <= most)) return wrong(`degrees between -${most} and ${most}.`);
      values[column.name] = number;
    } else values[column.name] = written;
  }
  return disorder(values, form) ?? { values: { ...values, ...implied(field, values) } };
}

/** Bounds in the wrong order. */
function disorder(values, form) {
  for (const name of Object.keys(values).filter((one) => one.endsWith("low"))) {
    const stem = name.slice(0, -3);
    const [low, best, high] = ["low", "best", "high"].map((bound) => values[stem + bound]);
    const grows = [low, best, high]
      .filter((number) => number !== null)
      .every((number, i, all) => !i || all[i - 1] <= number);
    if (!grows)
      return {
        error: `${stem ? `${plain(stem.slice(0, -1))}: ` : ""}at least, best and at most must not fall.`,
        input: form.elements[name],
      };
  }
  const { wanted } = batch.fields[filling.field];
  if (wanted.length && wanted.every((name) => values[name] === null))
    return { error: `Give one of ${wanted.map(plain).join(", ")}.`, input: form.elements[wanted[0]] };
  if ("earliest" in values) {
    const { earliest, latest } = values;
    if (!earliest !== !latest)
      return {
        error: "Give both days, or neither. For one day, give it twice.",
        input: form.elements[earliest ? "latest" : "earliest"],
      };
    if (earliest && earliest > latest)
      return { error: "The earliest day is after the latest.", input: form.elements.earliest };
  }
  if ("latitude" in values && (values.latitude === null) !== (values.longitude === null))
    return { error: "Give latitude and longitude, or neither.", input: form.elements.latitude };
  return null;
}

/** What follows from a date's days. (Its precision, and a figure's qualifier, follow where the file is taken in.) */
function implied(field, values) {
  if (field !== "dates") return {};
  const shown = days(values.earliest, values.latest);
  if (values.earliest === values.latest) return { granularity: "day" };
  return { granularity: /^\d{4}$/.test(shown) ? "year" : /^[A-Z]\w+ \d{4}$/.test(shown) ? "month" : "span" };
}

/** Take the form: only what differs from the machine's values is a correction. */
function submitForm(event) {
  event.preventDefault();
  const form = byId("form-body");
  const { subject, field, add, proposed } = filling;
  const { values, error, input } = withoutWords(form) ?? readForm(form, field);
  for (const one of form.elements) one.removeAttribute("aria-invalid");
  byId("form-error").textContent = error ?? "";
  if (error) {
    input.setAttribute("aria-invalid", "true");
    input.focus();
    return;
  }
  const why = form.elements.why.value.trim();
  closeForm();
  if (add) addValue(field, add, values, why);
  else correctValue(subject, { ...proposed, ...values }, why);
}

function correctValue(subject, values, why) {
  const corrected = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== (subject.values[name] ?? null)),
  );
  if (!("earliest" in corrected || "latest" in corrected)) delete corrected.granularity;
  // With another name goes all that was found by the old one, unless the correction says it: so it says what the form did.
  const prefix = { places: "", incidents: "place_" }[subject.field];
  if ([`${prefix}name`, `${prefix}country`, "geonameid"].some((name) => name in corrected)) {
    for (const name of ["precision", "country", "admin1", "admin2", "latitude", "longitude"])
      if (prefix + name in values) corrected[prefix + name] = values[prefix + name];
  }
  if (subject.human && verdicts.get(subject.key)?.verdict === "add") {
    const again = verdicts.get(subject.key);
    put(subject.key, { ...again, corrected: { ...again.corrected, ...values }, why, at: now() });
    subject.values = { ...subject.values, ...values };
    decided("Corrected", subject);
  } else if (!Object.keys(corrected).length) say("Nothing was changed. To say that it is right, accept it.");
  else {
    decide(subject, "correct", corrected, why);
    decided("Corrected", subject);
  }
}
