// One article at a time: its words with the facts marked in them, and the facts beside.
const PIECES_AT_ONCE = 1200; // pieces of text, marked or not, that stand in the page at once
let reading = 0;
let factsShown = [];
let chunks = [];
const beside = document.querySelector(".beside");

const factPages = new Pages(element("facts-pages"), 60, "Facts", (from, to) => {
  element("facts-list").replaceChildren(...factsShown.slice(from, to).map(factCard));
  if (!factsShown.length) element("facts-list").append(make("p", { class: "nothing" }, data.articles[reading]?.facts[1] ? "No fact of this article passes these filters." : "No fact was found in this article."));
});
const textPages = new Pages(element("text-pages"), 1, "Part", (from) => {
  element("text").replaceChildren(...(chunks[from] ?? []).map(paragraph));
});
const rejectedPages = new Pages(element("rejected-pages"), 40, "Rejected", (from, to) => {
  element("rejected-list").replaceChildren(...data.articles[reading].rejected.slice(from, to).map(rejection));
});

function showArticle() {
  const article = data.articles[reading];
  if (!article) return;
  element("article-title").replaceChildren(letter(article), " ", article.title ?? article.name);
  const about = [article.title && article.name, article.anchor && `read as of ${article.anchor}`,
    `${article.chars.toLocaleString("en")} characters`, counted(article.facts[1], "fact"), `${article.rejected.length.toLocaleString("en")} rejected`];
  element("article-about").textContent = about.filter(Boolean).join(" · ");
  const [first, count] = article.facts;
  factsShown = data.facts.slice(first, first + count).filter(passes);
  chunks = article.text ? chunked(article.text) : [];
  element("no-text").hidden = article.text !== null;
  element("text").hidden = article.text === null;
  textPages.show(chunks.length);
  factPages.show(factsShown.length);
  element("rejected").hidden = !article.rejected.length;
  element("rejected-count").textContent = counted(article.rejected.length, "rejected fact");
  element("rejected").open = false;
  element("rejected-list").replaceChildren();
  for (const tab of document.querySelectorAll("#tabs button")) tab.setAttribute("aria-pressed", String(Number(tab.value) === reading));
  if (element("tabs-select")) element("tabs-select").value = String(reading);
}

/** Paragraphs gathered into parts of bounded size. */
function chunked(paragraphs) {
  const parts = [[]];
  let pieces = 0;
  for (const line of paragraphs) {
    if (pieces && pieces + line.length > PIECES_AT_ONCE) {
      parts.push([]);
      pieces = 0;
    }
    parts.at(-1).push(line);
    pieces += line.length;
  }
  return parts;
}

function paragraph(line) {
  const labelled = new Set();
  const node = make("p", {});
  for (const piece of line) {
    if (typeof piece === "string") {
      node.append(piece);
      continue;
    }
    const [text, ...marks] = piece;
    for (const place of marks) {
      if (labelled.has(place)) continue;
      labelled.add(place);
      const fact = data.facts[place];
      node.append(linkTo(atFact(fact), { class: `tag family-${fact.family}${passes(fact) ? "" : " dim"}`, "data-words": place, "aria-label": `Fact ${fact.number}, ${spoken(fact.kind)}` },
        `${fact.number} ${spoken(fact.kind)}`));
    }
    const shown = marks.filter((place) => passes(data.facts[place]));
    const family = data.facts[(shown.length ? shown : marks).at(-1)].family;
    node.append(make("mark", { class: `family-${family}${marks.length > 1 ? " several" : ""}${shown.length ? "" : " dim"}`, "data-facts": marks.join(" ") }, text));
  }
  return node;
}

function factCard(fact) {
  const place = data.facts.indexOf(fact);
  const article = data.articles[fact.article];
  const hasText = article.text !== null;
  return make("li", { class: `fact item family-${fact.family}`, tabindex: "-1", "data-fact-card": place },
    make("p", { class: "eyebrow" }, hasText ? linkTo(atWords(fact), { class: "number", "aria-label": `Words of fact ${fact.number}` }, String(fact.number)) : make("span", { class: "number" }, String(fact.number)),
      kindTag(fact.kind, fact.family), make("span", {}, fact.sure), make("span", {}, fact.realis)),
    make("p", { class: "summary" }, fact.summary),
    !hasText && words(fact),
    make("p", { class: "source" }, chain(fact)),
    make("p", { class: "jumps" }, fact.value && make("span", { class: "value" }, fact.value), hasText && linkTo(atWords(fact), {}, "the words"),
      ...fact.claims.map((claim) => linkTo(atClaim(data.claims[claim]), { title: data.claims[claim].label }, "the claim"))));
}

const rejection = (entry) => make("li", {}, make("p", { class: "eyebrow" }, make("span", { class: "kind" }, entry.kind), make("strong", {}, entry.reason)),
  make("p", { class: "summary" }, entry.summary), entry.words && make("blockquote", { class: "words" }, entry.words));

function read(place) {
  if (place === reading && element("facts-list").childElementCount) return;
  reading = place;
  showArticle();
}

function goToFact(fact) {
  read(fact.article);
  if (!factsShown.includes(fact)) {
    clearFilters();
    showAll();
  }
  markWords(fact);
  return showCard(fact);
}

function showCard(fact) {
  factPages.show(factsShown.length, factsShown.indexOf(fact));
  return document.querySelector(`[data-fact-card="${data.facts.indexOf(fact)}"]`);
}

/** Turn to the part of the text that holds the words of a fact and mark them; the label before them, if they are there. */
function markWords(fact) {
  const place = data.facts.indexOf(fact);
  const part = chunks.findIndex((lines) => lines.some((line) => line.some((piece) => typeof piece !== "string" && piece.indexOf(place, 1) > 0)));
  if (part < 0) return null;
  textPages.show(chunks.length, part);
  for (const mark of element("text").querySelectorAll("mark")) if (mark.dataset.facts.split(" ").includes(String(place))) mark.classList.add("here");
  return element("text").querySelector(`[data-words="${place}"]`);
}

function goToWords(fact) {
  read(fact.article);
  const label = markWords(fact);
  if (!label) return goToFact(fact);
  const card = factsShown.includes(fact) && showCard(fact);
  if (card) {
    card.classList.add("here");
    beside.scrollTop += card.getBoundingClientRect().top - beside.getBoundingClientRect().top - beside.clientHeight / 3;
  }
  return label;
}

element("rejected").addEventListener("toggle", () => {
  if (element("rejected").open && !element("rejected-list").childElementCount) rejectedPages.show(data.articles[reading].rejected.length);
});
element("text").addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  if (mark) jump(atFact(data.facts[Number(mark.dataset.facts.split(" ").at(-1))]));
});
