// Filters and keys. Without this every change is on the page all the same.
const form = document.getElementById("filters");
const cards = [...document.querySelectorAll(".card")];
const selects = [...form.querySelectorAll("select")];
const words = document.getElementById("words");
const texts = cards.map((card) => card.textContent.toLowerCase());

function show() {
  const wanted = words.value.toLowerCase().trim();
  let count = 0;
  cards.forEach((card, at) => {
    const fits = selects.every((one) => !one.value || card.dataset[one.dataset.by].split("\t").includes(one.value))
      && texts[at].includes(wanted);
    card.hidden = !fits;
    count += fits;
  });
  document.getElementById("shown").textContent = `${count.toLocaleString("en")} of ${cards.length.toLocaleString("en")}`;
  document.getElementById("none").hidden = count > 0;
}

function step(by) {
  const there = cards.filter((card) => !card.hidden);
  const at = there.indexOf(document.activeElement.closest(".card"));
  const next = there[at < 0 ? 0 : Math.min(Math.max(at + by, 0), there.length - 1)];
  if (next) {
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
}

for (const one of selects) one.closest("label").hidden = one.options.length < 3; // "all" and one more: nothing to choose
form.hidden = false;
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(show));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const doing = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => words.focus(),
    o: () => document.activeElement.closest(".card")?.querySelector("a.live")?.click(),
  }[event.key];
  if (doing) {
    event.preventDefault();
    doing();
  }
});
show();
