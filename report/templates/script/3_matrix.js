// Claims by accounts: a row a claim, a column what one article relays from one side.
const COLUMNS_AT_ONCE = 24;
const opened = new Set();
let rows = [];
let groups = new Map();
let columns = [];

const keyOf = (column) => `${column.side}/${column.article}`;

for (const claim of data.claims) {
  claim.cells = new Map(claim.cells.map(([place, state, facts]) => [keyOf(data.events[claim.event].columns[place]), { state, facts }]));
  claim.parts = [...claim.cells.values()].filter((found) => found.state === "differs").length;
  claim.articles = new Set(claim.facts.map((place) => data.facts[place].article)).size;
}

const sideNames = new Map(data.events.flatMap((event) => event.columns.map((column) => [column.side, column.sideName])));
const sideOrder = [...sideNames.keys()];
const listed = new Intl.ListFormat("en", { type: "conjunction" });

/** Claims are grouped by who carries them: every article, several sides, one side, no side. */
function groupName(claim) {
  const sides = sideOrder.filter((side) => claim.parties.includes(side)).map((side) => sideNames.get(side));
  if (data.events[claim.event].articles > 1 && claim.articles === data.events[claim.event].articles) return "In every article";
  return sides.length > 1 ? listed.format(sides) : sides.length ? `${sides[0]} only` : "Neither side: the press and others";
}
for (const claim of data.claims) {
  claim.group = groupName(claim);
  claim.rank = claim.group === "In every article" ? -100 : claim.parties.length ? -claim.parties.length : 1;
}

function allColumns() {
  const seen = new Map();
  for (const [place, event] of data.events.entries())
    if (chosenEvent() === null || chosenEvent() === place)
      for (const column of event.columns) seen.set(keyOf(column), column);
  return [...seen.values()].filter((column) => (!state.side || column.side === state.side) &&
    (!state.account || data.articles[column.article].id === state.account));
}

const matrixPages = new Pages(element("claims-pages"), 60, "Claims", drawRows);
const columnPages = new Pages(element("columns-pages"), COLUMNS_AT_ONCE, "Accounts", (from, to) => {
  columns = allColumns().slice(from, to);
  drawHead();
  if (matrixPages.total) drawRows(matrixPages.from, Math.min(matrixPages.from + matrixPages.size, matrixPages.total));
});

function showMatrix() {
  rows = data.claims.filter(anyPasses);
  groups = Map.groupBy(rows, (claim) => claim.group);
  rows.sort((a, b) => a.rank - b.rank || groups.get(b.group).length - groups.get(a.group).length || a.group.localeCompare(b.group) ||
    b.articles - a.articles || b.parts - a.parts);
  matrixPages.total = 0;
  columnPages.show(allColumns().length);
  matrixPages.show(rows.length);
  element("claims-count").textContent = `${counted(rows.length, "claim")} of ${data.claims.length.toLocaleString("en")}`;
}

function drawHead() {
  const sides = make("tr", {}, make("th", { scope: "col", rowspan: 2, class: "claim-head" }, "Claim"));
  const names = make("tr", {});
  columns.forEach((column, place) => {
    const opens = !place || columns[place - 1].side !== column.side;
    if (opens) sides.append(make("th", { scope: "colgroup", class: "side opens", colspan: columns.filter((other) => other.side === column.side).length }, column.sideName));
    const article = data.articles[column.article];
    names.append(make("th", { scope: "col", class: opens ? "opens" : null },
      linkTo(atArticle(article), { title: article.name, class: "letter", "aria-label": `Article ${article.key}, ${article.name}` }, article.key)));
  });
  sides.append(make("th", { scope: "col", rowspan: 2, class: "opens witness-head" }, "Wit", "\u00ad", "nesses"));
  element("matrix-head").replaceChildren(sides, names);
}

function drawRows(from, to) {
  const body = element("matrix-body");
  body.replaceChildren();
  let group = null;
  for (const claim of rows.slice(from, to)) {
    if (claim.group !== group) {
      group = claim.group;
      const size = groups.get(group).length;
      body.append(make("tr", { class: "group" }, make("th", { scope: "rowgroup", colspan: columns.length + 2 }, make("span", {}, group, make("small", {}, ` ${counted(size, "claim")}`)))));
    }
    body.append(row(claim));
    if (opened.has(claim)) body.append(wordsRow(claim));
  }
  if (!rows.length) body.append(make("tr", {}, make("td", { class: "nothing", colspan: columns.length + 2 }, "No claim passes these filters.")));
}

function row(claim) {
  const values = [...new Set(claim.facts.map((place) => data.facts[place].value).filter(Boolean))];
  const line = make("tr", { class: "claim item", tabindex: "-1", "data-claim": data.claims.indexOf(claim) },
    make("th", { scope: "row" },
      make("button", { type: "button", class: "open", "aria-expanded": String(opened.has(claim)), on: { click: () => toggle(claim) } }, claim.label),
      make("span", { class: "meta" }, kindTag(claim.kind, claim.family), values.length > 0 && make("span", { class: "value" }, values.slice(0, 6).join(" · ")),
        claim.outcome !== null && linkTo(atClaim(data.claims[claim.outcome]), {}, "what came of it"))));
  columns.forEach((column, place) => line.append(cell(claim, column, !place || columns[place - 1].side !== column.side)));
  const sources = claim.witnesses.map((witness) => witness.source).join(", ");
  line.append(make("td", { class: "opens witness-count", title: sources }, String(claim.witnesses.length)));
  return line;
}

function cell(claim, column, opens) {
  const found = claim.cells.get(keyOf(column));
  const edge = opens ? " opens" : "";
  if (!found) return make("td", { class: "silent" + edge }, unseen("silent"));
  const stance = found.state === "differs" ? "differs" : "agrees";
  const article = data.articles[column.article];
  return make("td", { class: stance + edge },
    make("button", { type: "button", title: `${article.name}: ${stance}`, "aria-label": `${article.key}, ${column.sideName}: ${stance}. Show the words`,
      on: { click: () => toggle(claim, found.facts[0]) } }, make("span", { class: "sign", "aria-hidden": "true" })));
}

function wordsRow(claim) {
  const list = make("div", { class: "wordings" });
  for (const place of claim.facts.slice(0, 40)) {
    const entry = wording(data.facts[place]);
    entry.dataset.fact = place;
    entry.tabIndex = -1;
    list.append(entry);
  }
  const shared = claim.witnesses.map((witness) => make("li", {}, make("strong", {}, witness.source),
    witness.articles.length > 1 && ` in ${witness.articles.map((place) => data.articles[place].key).join(", ")}: one witness`,
    witness.shared && make("span", { class: "shared" }, ` shared words: “${witness.shared}”`)));
  const more = claim.facts.length - 40;
  return make("tr", { class: "detail" }, make("td", { colspan: columns.length + 2 }, list, more > 0 && make("p", {}, `And ${counted(more, "more fact")}.`),
    make("p", { class: "rule" }, "Independent witnesses"), make("ul", { class: "witness-list" }, ...shared), make("p", { class: "rule" }, `Joined by: ${spoken(claim.rule)}`)));
}

/** Open or close the words of a claim; with a fact given, open them at that fact. */
function toggle(claim, place) {
  const asked = place !== undefined;
  if (opened.has(claim) && !asked) opened.delete(claim);
  else opened.add(claim);
  drawRows(matrixPages.from, Math.min(matrixPages.from + matrixPages.size, matrixPages.total));
  const line = document.querySelector(`[data-claim="${data.claims.indexOf(claim)}"]`);
  if (!asked) return line?.querySelector("button").focus();
  const entry = line?.nextElementSibling?.querySelector(`[data-fact="${place}"]`);
  entry?.focus();
  entry?.classList.add("here");
}

function goToClaim(claim) {
  let place = rows.indexOf(claim);
  if (place < 0) {
    clearFilters();
    state.event = String(claim.event);
    showAll();
    place = rows.indexOf(claim);
  }
  opened.add(claim);
  matrixPages.show(rows.length, place);
  return document.querySelector(`[data-claim="${data.claims.indexOf(claim)}"]`);
}
