// The article with its values marked. The text is cut wherever a value or its evidence begins or ends; each piece is
// wrapped once for each value over it, the longest outside, with its line on a level of its own: so values may overlap
// in any way. What is furniture is left out.

const pieces = new Map(); // fact to its wraps in the text
const proofs = new Map(); // fact to the pieces of its evidence: [element, role]

function drawArticle(article) {
  pieces.clear();
  proofs.clear();
  const [heading, ...rest] = paragraphs(article);
  const about = [
    article.publisher,
    article.published && `published ${days(...monthOrDay(article.published))}`,
    article.published_from && `date from ${article.published_from}`,
  ]
    .filter(Boolean)
    .join(" · ");
  const titled = article.title && heading && article.text.slice(...heading).trim() === article.title.trim();
  const body = byId("text");
  const cuts = cutsOf(article);
  body.replaceChildren(
    make(
      "header",
      {},
      titled
        ? paragraph(article, heading, cuts, "h2")
        : make("h2", { id: "article-heading" }, words(article.title || article.id)),
      make(
        "p",
        { class: "about" },
        words(about || "no publication date"),
        web(article.url)
          ? [" · ", make("a", { href: article.url, target: "_blank", rel: "noopener noreferrer" }, "live page")]
          : null,
      ),
    ),
    ...(titled ? rest : [heading, ...rest].filter(Boolean)).map((stretch) => paragraph(article, stretch, cuts, "p")),
  );
  body.lang = article.language ?? "";
  if (article.unread.length)
    body.append(
      make("p", { class: "aside" }, `${count(article.unread.length, "stretch", "stretches")} of furniture set aside`),
    );
  body.scrollTop = 0;
}

const monthOrDay = (published) =>
  published.length === 7
    ? [`${published}-01`, `${published}-${lastDay(...published.split("-").map(Number))}`]
    : [published, published];

/** Where the paragraphs stand, without the stretches that are furniture: [from, to] in UTF-16 units. */
function paragraphs(article) {
  const hidden = article.unread.map(([start, stop]) => [article.offsets.units(start), article.offsets.units(stop)]);
  const found = [];
  for (const match of article.text.matchAll(/[^\n]+/g)) {
    let stretches = [[match.index, match.index + match[0].length]];
    for (const [from, to] of hidden) {
      stretches = stretches.flatMap(([a, b]) =>
        to <= a || from >= b
          ? [[a, b]]
          : [
              [a, Math.max(a, from)],
              [Math.min(b, to), b],
            ],
      );
    }
    found.push(...stretches.filter(([a, b]) => a < b && article.text.slice(a, b).trim()));
  }
  return found;
}

/** All places where a value or its evidence begins or ends, in order; and each value's level. */
function cutsOf(article) {
  const cuts = new Set();
  for (const fact of article.facts) for (const { from, to } of [fact, ...fact.evidence]) cuts.add(from).add(to);
  return { places: [...cuts].sort((one, other) => one - other), levels: levels(article.facts) };
}

/** Levels for the lines under overlapping values: none shares one with a value that it overlaps. */
function levels(facts) {
  const found = new Map();
  const ends = [];
  for (const fact of [...facts].sort((one, other) => one.from - other.from || other.to - one.to)) {
    let level = ends.findIndex((end) => end <= fact.from);
    if (level < 0) level = ends.length;
    ends[level] = fact.to;
    found.set(fact, Math.min(level, 4));
  }
  return found;
}

function paragraph(article, [from, to], { places, levels }, tag) {
  const facts = article.facts.filter((fact) => fact.from < to && from < fact.to);
  const proven = article.facts.filter((fact) => fact.evidence.some((one) => one.from < to && from < one.to));
  const inside = places.filter((cut) => from < cut && cut < to);
  const borders = [from, ...inside, to];
  const leaves = borders.slice(1).map((end, i) => leaf(article, borders[i], end, facts, proven, levels));
  return make(tag, { dir: "auto", id: tag === "h2" ? "article-heading" : null }, leaves);
}

/** One piece of text in the wraps of the values over it. `data-from` is where it stands, for what is selected. */
function leaf(article, from, to, facts, proven, levels) {
  let piece = make("span", { "data-from": from }, article.text.slice(from, to));
  for (const fact of proven) {
    for (const one of fact.evidence) {
      if (one.from <= from && to <= one.to) pushTo(proofs, fact, [piece, one.role]);
    }
  }
  const over = facts
    .filter((fact) => fact.from <= from && to <= fact.to)
    .sort((one, other) => one.to - one.from - (other.to - other.from));
  for (const fact of over) {
    const edges = `${fact.from === from ? " first" : ""}${fact.to === to ? " last" : ""}`;
    piece = make("span", { class: `v f-${fact.field} level-${levels.get(fact)}${edges}` }, piece);
    pushTo(pieces, fact, piece);
  }
  return piece;
}

function pushTo(map, key, value) {
  if (!map.has(key)) map.set(key, []);
  map.get(key).push(value);
}

/** Show in the text what was decided, which value is chosen, what it rests on, and which belong to the incident. */
function markArticle() {
  const own = new Set(current.incident?.claims ?? []);
  for (const [fact, wraps] of pieces) {
    const verdict = standing(fact);
    const ask = again(fact);
    for (const wrap of wraps) {
      wrap.classList.toggle("own", own.has(fact));
      wrap.classList.toggle("chosen", fact === current.fact);
      for (const name of Object.keys(SAID)) wrap.classList.toggle(`is-${name}`, !ask && verdict?.verdict === name);
      wrap.classList.toggle("is-again", Boolean(ask));
    }
  }
  for (const pairs of proofs.values()) for (const [piece] of pairs) unprove(piece);
  for (const [piece, role] of proofs.get(current.fact) ?? []) {
    piece.classList.add("proof");
    piece.title = plain(role);
  }
}

function unprove(piece) {
  piece.classList.remove("proof");
  piece.removeAttribute("title");
}

/** Bring the words of a value into view. */
function revealFact(fact) {
  const [first] = pieces.get(fact) ?? [];
  if (first) reveal(byId("text"), first, 90);
}

/** The values under a click, the shortest first; a second click on the same words takes the next. */
function clickArticle(event) {
  if (String(getSelection())) return;
  const under = [];
  for (const [fact, wraps] of pieces) if (wraps.some((wrap) => wrap.contains(event.target))) under.push(fact);
  if (!under.length) return;
  under.sort((one, other) => one.to - one.from - (other.to - other.from));
  chooseFact(under[(under.indexOf(current.fact) + 1) % under.length]);
}

/** What is selected in the text, as offsets in code points; null where nothing is. */
function selectedWords() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !current.incident) return null;
  const range = selection.getRangeAt(0);
  const body = byId("text");
  let [from, to] = [Infinity, -Infinity];
  for (const piece of body.querySelectorAll("[data-from]")) {
    if (!range.intersectsNode(piece)) continue;
    const node = piece.firstChild;
    const base = Number(piece.dataset.from);
    const start = node === range.startContainer ? range.startOffset : 0;
    const stop = node === range.endContainer ? range.endOffset : node.length;
    if (start >= stop) continue;
    from = Math.min(from, base + start);
    to = Math.max(to, base + stop);
  }
  if (from >= to) return null;
  const { text, offsets } = current.incident.article;
  const quote = text.slice(from, to);
  from += quote.length - quote.trimStart().length;
  to -= quote.length - quote.trimEnd().length;
  return from < to ? { start: offsets.points(from), stop: offsets.points(to), quote: text.slice(from, to) } : null;
}

/** Whether an address is one of the web: nothing else becomes a link. */
function web(url) {
  try {
    return ["http:", "https:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

function drawLegend() {
  const marks = FIELDS.map((field) =>
    make("li", {}, make("span", { class: `v own f-${field} level-0` }, batch.fields[field].label)),
  );
  marks.push(make("li", {}, make("span", { class: "proof" }, "rests on")));
  byId("legend").replaceChildren(...marks);
}
