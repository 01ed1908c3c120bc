// The page's data, and how anything becomes part of the page: as text nodes and set attributes, never as markup.
const data = JSON.parse(document.getElementById("data").textContent);

const element = (id) => document.getElementById(id);

/** A new element; strings among `children` become text nodes, null and false ones are left out. */
function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name === "on") for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const unseen = (text) => make("span", { class: "unseen" }, text);
const spoken = (code) => code.replaceAll("_", " ");
const counted = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many ?? one + "s"}`;
const articleOf = (fact) => data.articles[fact.article];

/** A link to a place in this page; `at` is what `go` understands. The address keeps the filters when it is followed. */
const linkTo = (at, attributes, ...children) =>
  make("a", { href: "#" + new URLSearchParams({ at }), "data-at": at, ...attributes }, ...children);

const atFact = (fact) => ["fact", articleOf(fact).id, fact.id].map(encodeURIComponent).join("/");
const atWords = (fact) => ["words", articleOf(fact).id, fact.id].map(encodeURIComponent).join("/");
const atClaim = (claim) => ["claim", String(claim.event), claim.id].map(encodeURIComponent).join("/");
const atDivergence = (entry) => ["divergence", String(entry.event), entry.id].map(encodeURIComponent).join("/");
const atArticle = (article) => ["article", article.id].map(encodeURIComponent).join("/");

const letter = (article) => make("span", { class: "letter" }, article.key);
const kindTag = (kind, family) => make("span", { class: `kind family-${family}` }, spoken(kind));

/** The chain of a fact, outermost first, ending at the primary source. */
function chain(fact) {
  const links = fact.chain.map(([name, note], place) =>
    make("span", { class: place === fact.chain.length - 1 ? "link primary" : "link" }, name, note && make("small", {}, ` ${note}`)));
  const list = make("span", { class: "chain" }, letter(articleOf(fact)), " ", articleOf(fact).name);
  for (const link of links) list.append(make("span", { class: "arrow", "aria-hidden": "true" }, " ‹ "), unseen(" from "), link);
  if (!links.length) list.append(make("small", {}, " in its own voice"));
  return list;
}

/** The words of a fact between what stands before and after them. */
function words(fact) {
  const quote = make("blockquote", { class: "words" });
  fact.words.forEach(([before, exact, after], place) => {
    if (place) quote.append(make("span", { class: "gap" }, " … "));
    quote.append(make("span", { class: "around" }, before), make("mark", { class: `family-${fact.family}` }, exact),
      make("span", { class: "around" }, after));
  });
  if (!fact.words.length) quote.append(fact.summary);
  return quote;
}

/** What one account says, in its words, and who says so. */
function wording(fact) {
  return make("figure", { class: "wording" }, words(fact),
    make("figcaption", {}, chain(fact),
      make("span", { class: "notes" }, fact.value && make("span", { class: "value" }, fact.value), make("span", {}, fact.sure),
        make("span", {}, fact.realis), linkTo(atWords(fact), {}, "in the article", unseen(`: fact ${fact.number} of ${articleOf(fact).name}`)))));
}

/** One page of a long list: `draw(from, to)` fills it, `size` bounds it, the buttons turn it. */
class Pages {
  constructor(box, size, what, draw) {
    Object.assign(this, { box, size, what, draw, from: 0, total: 0 });
  }
  show(total, from = 0) {
    this.total = total;
    this.from = Math.max(0, Math.min(from, total - 1));
    this.from -= this.from % this.size;
    const to = Math.min(this.from + this.size, total);
    this.draw(this.from, to);
    this.box.replaceChildren();
    if (total <= this.size) return;
    const turn = (step, name) => make("button", { type: "button", class: "quiet", disabled: this.from + step < 0 || this.from + step >= total,
      on: { click: () => this.turn(step) } }, name);
    this.box.append(turn(-this.size, "‹ Previous"), make("span", {}, `${this.what} ${(this.from + 1).toLocaleString("en")}–${to.toLocaleString("en")} of ${total.toLocaleString("en")}`),
      turn(this.size, "Next ›"));
  }
  /** Turn to the neighbouring page; whether there was one. */
  turn(step) {
    if (this.from + step < 0 || this.from + step >= this.total) return false;
    this.show(this.total, this.from + step);
    return true;
  }
}
