// Ties the parts together: the address, the controls, the keyboard.
let shownFilters = null;

function showAll() {
  shownFilters = FILTERS.map((name) => state[name]).join("\n");
  syncControls();
  showMatrix();
  showDivergences();
  showArticle();
  drawTabs();
}

/** Draw what the address says, and go where it points. */
function follow() {
  readAddress();
  if (state.reading) {
    const place = data.articles.findIndex((article) => article.id === state.reading);
    if (place >= 0) reading = place;
  }
  if (shownFilters !== FILTERS.map((name) => state[name]).join("\n")) showAll();
  if (state.at) go(state.at);
}

/** Go to a place of the page and leave a trace in the history. */
function jump(at) {
  state.at = at;
  writeAddress(true);
  go(at);
}

function find(at) {
  const [what, ...ids] = at.split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  const same = (entry) => String(entry.event) === ids[0] && entry.id === ids[1];
  const fact = () => data.facts.find((one) => articleOf(one).id === ids[0] && one.id === ids[1]);
  switch (what) {
    case "claim": return [data.claims.find(same), goToClaim];
    case "divergence": return [data.divergences.find(same), goToDivergence];
    case "fact": return [fact(), goToFact];
    case "words": return [fact(), goToWords];
    case "article": return [data.articles.find((article) => article.id === ids[0]), (article) => {
      read(data.articles.indexOf(article));
      return element("articles");
    }];
    default: return [document.querySelector(`main > section[id="${CSS.escape(what)}"]`), (section) => section];
  }
}

function go(at) {
  const [target, arrive] = find(at);
  if (!target) return;
  for (const node of document.querySelectorAll(".here")) node.classList.remove("here");
  const node = arrive(target);
  if (!node) return;
  state.reading = data.articles[reading]?.id ?? "";
  writeAddress(false);
  node.classList.add("here");
  node.scrollIntoView({ block: node.matches("section") ? "start" : "center" });
  node.focus({ preventScroll: true });
}

function drawTabs() {
  const box = element("tabs");
  if (box.childElementCount) return;
  if (data.articles.length > 12) {
    box.append(make("label", {}, "Article ", make("select", { id: "tabs-select", on: { change: (event) => jump(atArticle(data.articles[Number(event.target.value)])) } },
      ...data.articles.map((article, place) => make("option", { value: place }, `${article.key} · ${article.name}`)))));
    element("tabs-select").value = String(reading);
    return;
  }
  data.articles.forEach((article, place) => box.append(make("button", { type: "button", value: place, "aria-pressed": String(place === reading),
    on: { click: () => jump(atArticle(article)) } }, letter(article), " ", article.name)));
}

function fillControls() {
  const option = (value, name) => make("option", { value }, name);
  const add = (name, options) => element(`filter-${name}`)?.append(...options);
  const used = (name) => [...new Set(data.facts.map((fact) => fact[name]).filter(Boolean))];
  add("event", [...data.events.map((event, place) => option(place, event.title)), option("all", "All events")]);
  add("kind", used("kind").sort().map((kind) => option(kind, spoken(kind))));
  add("side", used("side").map((side) => option(side, sideNames.get(side) ?? side)));
  add("account", data.articles.map((article) => option(article.id, `${article.key} · ${article.name}`)));
  add("certainty", [...new Map(data.facts.map((fact) => [fact.certainty, fact.sure]))].map(([code, name]) => option(code, name)));
  element("filter-event").closest("label").hidden = data.events.length < 2;
  for (const name of FILTERS) element(`filter-${name}`).addEventListener(name === "q" ? "input" : "change", (event) => {
    state[name] = event.target.value.trim() === String(data.main) && name === "event" ? "" : event.target.value.trim();
    state.at = "";
    writeAddress(false);
    showAll();
  });
}

/** Step through the rows, divergences and facts that are drawn, from wherever the focus is; turn the page at its end. */
function step(by) {
  const items = [...document.querySelectorAll(".item")].filter((item) => item.checkVisibility());
  const here = items.findIndex((item) => item.contains(document.activeElement));
  const next = here >= 0 ? here + by : items.findIndex((item) => item.getBoundingClientRect().bottom > 80);
  const item = items[next];
  const pages = { TR: matrixPages, ARTICLE: conflictPages, LI: factPages }[items[here]?.tagName];
  if (here >= 0 && items[here].tagName !== item?.tagName && pages?.turn(by * pages.size)) return step(0);
  item?.focus({ preventScroll: true });
  item?.scrollIntoView({ block: "center" });
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => element("filter-q").focus(),
  "?": () => element("keys").showModal(),
  t: () => turnTheme(),
  Enter: () => document.activeElement.matches?.("tr.claim") && toggle(data.claims[Number(document.activeElement.dataset.claim)]),
};

function turnTheme() {
  const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches?.("input, select, textarea");
  if (event.key === "Escape" && typing) event.target.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || element("keys").open || !Object.hasOwn(keys, event.key)) return;
  if (event.key === "Enter" && !document.activeElement.matches("tr.claim")) return;
  event.preventDefault();
  keys[event.key]();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-at]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  jump(link.dataset.at);
});
window.addEventListener("hashchange", follow);
window.addEventListener("popstate", follow);
element("theme").addEventListener("click", turnTheme);
element("help").addEventListener("click", () => element("keys").showModal());
element("clear").addEventListener("click", () => {
  clearFilters();
  state.at = "";
  writeAddress(false);
  showAll();
  element("filter-q").focus();
});
element("show-filters").addEventListener("click", (event) => {
  const open = element("filters").classList.toggle("open");
  event.currentTarget.setAttribute("aria-expanded", String(open));
});

fillControls();
follow();
