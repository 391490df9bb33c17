// The keys, and what they do. They can be switched off (for speech input and screen readers); every one has a button.

const KEYS = [
  ["j", "next value", () => move(1)],
  ["k", "previous value", () => move(-1)],
  ["n", "next incident", () => step(1)],
  ["p", "previous incident", () => step(-1)],
  ["a", "accept the chosen value, or the incident", () => judge("accept")],
  ["A", "accept the incident with all its values that are undecided, and go on", () => acceptAll()],
  ["r", "reject it", () => judge("reject")],
  ["c", "correct it", () => judge("correct")],
  ["x", "withdraw your decision on it", () => judge("withdraw")],
  ["u", "undo the last step", () => judge("undo")],
  [
    "+",
    "add a value that was missed: to the words selected in the article, or to words that you type",
    () => judge("add"),
  ],
  ["/", "search", () => byId("search").focus()],
  ["s", "save the decisions as a file", () => save()],
  ["1", "article", () => showView("article")],
  ["2", "map and timeline", () => showView("where")],
  ["3", "table", () => showView("table")],
  ["?", "this help", () => showHelp()],
];

let keysOn = true;

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const typed = event.target.matches?.("input:not([type=checkbox]), select, textarea");
  const typing = typed && !event.target.closest("dialog"); // a dialog that was just closed may keep the focus for a moment
  if (typing) {
    if (event.key === "Escape") byId("list").focus();
    return;
  }
  const known = keysOn && KEYS.find(([key]) => key === event.key);
  if (!known) return;
  event.preventDefault();
  known[2]();
}

function showHelp() {
  const lines = KEYS.map(([key, does]) =>
    make("tr", {}, make("th", { scope: "row" }, make("kbd", {}, key === "A" ? "Shift a" : key)), make("td", {}, does)),
  );
  const marks = FIELDS.map((field) =>
    make("li", {}, make("span", { class: `v own f-${field} level-0` }, batch.fields[field].many)),
  );
  byId("help-body").replaceChildren(
    make("h2", { id: "help-heading" }, "How to review"),
    make(
      "p",
      {},
      "Read the words, then say of each value whether it is right. Your word is final: it outlives every rerun. Nothing leaves this page until you save; the file then goes to ",
      make("code", {}, "dateline decide import"),
      ".",
    ),
    make(
      "div",
      { class: "columns" },
      make("table", {}, make("caption", {}, "Keys"), make("tbody", {}, lines)),
      make(
        "div",
        {},
        make("h3", {}, "Marks in the text"),
        make(
          "ul",
          { class: "marks" },
          marks,
          make("li", {}, make("span", { class: "proof" }, "words that the chosen value rests on")),
        ),
        make("h3", {}, "Map and timeline"),
        make(
          "p",
          {},
          "The bigger a disc, the more were killed. A hollow diamond: nobody gives a number. A dashed circle: the place is known no nearer than a district, province or country. Arrows go through the incidents, Enter opens the article.",
        ),
        make("h3", {}, "States"),
        make(
          "p",
          {},
          "Stale: a decision was taken, and the machine reads something else since. Disputed: two people disagree. Both are asked again, and come first. Lost: the words of a decision are no longer there.",
        ),
        make(
          "label",
          { class: "tick" },
          make("input", {
            type: "checkbox",
            checked: keysOn,
            onchange: (event) => {
              keysOn = event.target.checked;
            },
          }),
          " single keys are on",
        ),
      ),
    ),
    make(
      "div",
      { class: "buttons" },
      make("button", { type: "button", class: "strong", onclick: () => byId("help-page").close() }, "Close"),
    ),
  );
  byId("help-page").showModal();
}
