// What is shown, kept in the address: #event=…&kind=…&side=…&account=…&certainty=…&q=…&reading=…&at=…
const FILTERS = ["event", "kind", "side", "account", "certainty", "q"];
const KEPT = [...FILTERS, "reading", "at"];
const state = Object.fromEntries(KEPT.map((name) => [name, ""]));

function readAddress() {
  const kept = new URLSearchParams(location.hash.slice(1));
  for (const name of KEPT) state[name] = kept.get(name) ?? "";
}

function address() {
  const kept = new URLSearchParams();
  for (const name of KEPT) if (state[name]) kept.set(name, state[name]);
  return "#" + kept;
}

/** Put the state into the address; a filter replaces it, a jump adds to the history so that Back returns. */
function writeAddress(jump) {
  if (address() === (location.hash || "#")) return;
  if (jump) history.pushState(null, "", address());
  else history.replaceState(null, "", address());
}

const filtered = () => FILTERS.some((name) => state[name]);
const chosenEvent = () => (state.event === "all" ? null : state.event === "" ? data.main : Number(state.event));
const inEvent = (entry) => chosenEvent() === null || entry.event === chosenEvent();

const haystacks = new Map();
function haystack(fact) {
  if (!haystacks.has(fact)) {
    const parts = [fact.summary, fact.object, fact.who, fact.whom, spoken(fact.kind), fact.value ?? "", articleOf(fact).name];
    for (const [name] of fact.chain) parts.push(name);
    for (const [, exact] of fact.words) parts.push(exact);
    for (const place of fact.claims) parts.push(data.claims[place].label);
    haystacks.set(fact, parts.join("\n").toLowerCase());
  }
  return haystacks.get(fact);
}

/** Whether a fact passes every filter but the event's. */
function passes(fact) {
  return (!state.kind || fact.kind === state.kind) && (!state.side || fact.side === state.side) &&
    (!state.account || articleOf(fact).id === state.account) && (!state.certainty || fact.certainty === state.certainty) &&
    (!state.q || haystack(fact).includes(state.q.toLowerCase()));
}
const anyPasses = (entry) => inEvent(entry) && entry.facts.some((place) => passes(data.facts[place]));

function clearFilters() {
  for (const name of FILTERS) state[name] = "";
}

/** Make the controls show the state. */
function syncControls() {
  for (const name of FILTERS) {
    const control = element(`filter-${name}`);
    if (control) control.value = name === "event" && state.event === "" ? String(data.main ?? "all") : state[name];
  }
  element("clear").hidden = !filtered();
}
