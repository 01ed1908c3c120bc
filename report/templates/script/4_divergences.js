// Where accounts part, worst first; what one account alone says stands apart, for silence is no conflict.
const MOST_READINGS = 9;
const MOST_WORDINGS = 4;
let conflicts = [];
let silences = [];

const conflictPages = new Pages(element("divergences-pages"), 15, "Divergences", (from, to) => {
  element("divergences-list").replaceChildren(...conflicts.slice(from, to).map(card));
  if (!conflicts.length) element("divergences-list").append(make("p", { class: "nothing" }, data.divergences.some((entry) => entry.type !== "silence")
    ? "No divergence passes these filters." : "The accounts do not part anywhere."));
});
const silencePages = new Pages(element("silences-pages"), 40, "Claims", (from, to) => {
  element("silences-list").replaceChildren(...silences.slice(from, to).map(silence));
});

function showDivergences() {
  const shown = data.divergences.filter(anyPasses);
  conflicts = shown.filter((entry) => entry.type !== "silence");
  silences = shown.filter((entry) => entry.type === "silence");
  conflictPages.show(conflicts.length);
  element("silences").hidden = !silences.length;
  element("silences-count").textContent = counted(silences.length, "claim");
  if (element("silences").open) silencePages.show(silences.length);
  element("divergences-count").textContent = counted(conflicts.length, "divergence");
}

const claimLinks = (entry) => entry.claims.map((place) => linkTo(atClaim(data.claims[place]), {}, data.claims[place].label));

function card(entry) {
  const facts = entry.facts.map((place) => data.facts[place]);
  const readings = entry.readings.map((places) => places.map((place) => data.facts[place]));
  return make("article", { class: `divergence item ${entry.severity}`, tabindex: "-1", "data-divergence": data.divergences.indexOf(entry) },
    make("p", { class: "eyebrow" }, make("span", { class: `severity ${entry.severity}` }, make("span", { class: "bars", "aria-hidden": "true" }), entry.severity),
      make("span", { class: "type" }, entry.name)),
    make("h3", {}, entry.heading),
    entry.detail && make("p", { class: "deck", title: entry.detail }, entry.detail),
    make("div", { class: "readings" }, ...readings.slice(0, MOST_READINGS).map(oneReading)),
    readings.length > MOST_READINGS && make("p", { class: "rule" }, `And ${counted(readings.length - MOST_READINGS, "more reading")}.`),
    entry.diff.length > 0 && comparison(entry, facts),
    make("p", { class: "rule" }, `Found by: ${spoken(entry.rule)}. `, ...claimLinks(entry).slice(0, 3).flatMap((link, place) => [place ? " · " : counted(entry.claims.length, "claim") + ": ", link])));
}

/** One way of telling it: the facts that agree with each other. */
const oneReading = (facts) => make("div", { class: "reading-of" }, ...facts.slice(0, MOST_WORDINGS).map(wording),
  facts.length > MOST_WORDINGS && make("p", { class: "rule" }, `And ${counted(facts.length - MOST_WORDINGS, "more fact")} to the same effect.`));

function comparison(entry, facts) {
  const signs = { same: "span", first: "del", second: "ins" };
  return make("div", { class: "diff" },
    make("p", { class: "rule" }, "Word by word: ", make("del", {}, `only ${articleOf(facts[0]).key}`), " ", make("ins", {}, `only ${articleOf(facts.at(-1)).key}`)),
    make("p", {}, ...entry.diff.flatMap(([op, text]) => [make(signs[op], {}, text), " "])));
}

function silence(entry) {
  const facts = entry.facts.map((place) => data.facts[place]);
  const link = claimLinks(entry)[0];
  return make("li", { class: "item", tabindex: "-1", "data-divergence": data.divergences.indexOf(entry) },
    make("span", { class: "letters" }, ...[...new Set(facts.map(articleOf))].slice(0, 8).map(letter)), link ?? facts[0].summary,
    make("small", {}, ` ${entry.detail}`));
}

function goToDivergence(entry) {
  if (!anyPasses(entry)) {
    clearFilters();
    state.event = String(entry.event);
    showAll();
  }
  if (entry.type === "silence") {
    element("silences").open = true;
    silencePages.show(silences.length, silences.indexOf(entry));
  } else conflictPages.show(conflicts.length, conflicts.indexOf(entry));
  return document.querySelector(`[data-divergence="${data.divergences.indexOf(entry)}"]`);
}

element("silences").addEventListener("toggle", () => {
  if (element("silences").open && !element("silences-list").childElementCount) silencePages.show(silences.length);
});
