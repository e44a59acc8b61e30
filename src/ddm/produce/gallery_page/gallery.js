"use strict";
// The manifest is text from strangers: elements are only ever made by `el`, which sets text and checked attributes.
const { creatives, refusals, measures, packets } = JSON.parse(document.getElementById("manifest").textContent);
const STEP = 120; // cards laid out at a time
const FEW = 24; // cards of a group at first, where there are many in all
const MANY = 400;
const $ = (id) => document.getElementById(id);

// ---------------------------------------------------------------- values

const median = (numbers) => (numbers.length ? [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] : 0);
const byName = Object.fromEntries(measures.map((measure) => [measure.name, measure]));
const label = (name) => name.replaceAll("_", " ");

function relative(path) { // a path beside this page, never a scheme or a way out of the folder
  const parts = text(path).split("/").filter((part) => part && part !== "." && part !== "..");
  return parts.map(encodeURIComponent).join("/");
}
function live(address) {
  try { return ["http:", "https:"].includes(new URL(address).protocol) ? address : null; } catch { return null; }
}

const excess = (measure, value) => Math.max(0, measure.wanted === "at least" ? measure.target - value : value - measure.target);
const grade = (measure, value) => 1 - Math.min(1, excess(measure, value) / measure.reach);
const written = (measure, value) => measure.unit === "%" ? `${(value * 100).toFixed(1)} %` : measure.unit === "count" ? value.toFixed(0) : value.toFixed(2);
const verdict = (worst) => (worst >= 1 ? "good" : worst >= 0.6 ? "fair" : "bad");
const VERDICTS = { good: "meets every target", fair: "misses a target by little", bad: "misses a target by far" };

for (const row of creatives) {
  row.title = text(row.title);
  row.scores = Object.fromEntries(entries(row.scores).filter(([, value]) => typeof value === "number"));
  row.grades = Object.fromEntries(Object.entries(row.scores).filter(([name]) => byName[name]).map(([name, value]) => [name, grade(byName[name], value)]));
  row.worst = Math.min(1, ...Object.values(row.grades));
  row.time = Number(row.time) || 0;
  row.ratio = row.width > 0 && row.height > 0 ? row.width / row.height : 1;
  row.words = [row.id, row.title, row.product, row.template, row.format, row.placement, row.publisher, ...list(row.failures)].map(text).join(" ").toLowerCase();
}
const collator = new Intl.Collator();
[...creatives].sort((a, b) => collator.compare(text(a.id), text(b.id))).forEach((row, index) => { row.order = index; });
const mark = (worst) => el("i", { class: `mark ${verdict(worst)}`, role: "img", "aria-label": VERDICTS[verdict(worst)], title: VERDICTS[verdict(worst)] });

// ---------------------------------------------------------------- choices

const GROUPS = { product: "Product", template: "Template", placement: "Kind", format: "Format" };
const FILTERS = { product: "Product", template: "Template", placement: "Kind", format: "Format", language: "Language" };
const SORTS = { worst: "Worst first", best: "Best first", name: "Name", time: "Slowest first" };
const state = { group: "product", sort: "worst", find: "", filters: {}, verdict: "", open: new Set() };
let shown = [];

function order(rows) {
  const measure = byName[state.sort];
  const key = {
    worst: (row) => row.worst, best: (row) => -row.worst, time: (row) => -row.time,
  }[state.sort] || (measure ? (row) => row.grades[state.sort] ?? 2 : () => 0);
  return [...rows].sort((a, b) => key(a) - key(b) || a.order - b.order);
}

const VERDICT = { met: (row) => row.worst >= 1, missed: (row) => row.worst < 1 };
const judged = (row) => !state.verdict || (VERDICT[state.verdict] ? VERDICT[state.verdict](row) : row.grades[state.verdict] < 1);
const filtered = (row) => Object.entries(state.filters).every(([field, value]) => !value || text(row[field]) === value);

function chosen() {
  const words = state.find.toLowerCase().split(/\s+/).filter(Boolean);
  return creatives.filter((row) => filtered(row) && judged(row) && words.every((word) => row.words.includes(word)));
}

function heading(row) {
  return state.group === "product" ? text(row.title) || text(row.product) : text(row[state.group]);
}

// ---------------------------------------------------------------- the wall

const GAP = 14;
const WIDE = 2.6; // banners fill lines of their own, or they would dwarf or drown their neighbours
let queue = [];
let telling;

function lay() {
  const groups = new Map();
  for (const row of order(chosen())) {
    const key = text(row[state.group]);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(row);
  }
  const ordered = [...groups.values()].map((rows) => [...rows.filter((row) => row.ratio < WIDE), ...rows.filter((row) => row.ratio >= WIDE)]);
  if (state.sort === "name") ordered.sort((a, b) => heading(a[0]).localeCompare(heading(b[0])));
  shown = ordered.flat();
  const seen = ordered.map((rows) => (shown.length > MANY && ordered.length > 1 && !state.open.has(text(rows[0][state.group])) ? rows.slice(0, FEW) : rows));
  const sizes = seen.flatMap(justified);
  queue = seen.flatMap((rows, group) => rows.map((row, index) => ({ row, first: index === 0, last: index === rows.length - 1, all: ordered[group], count: rows.length }))).map((one, index) => ({ ...one, size: sizes[index] }));
  $("main").replaceChildren();
  if (!queue.length) $("main").append(el("p", { class: "empty" }, creatives.length ? "Nothing fits these choices." : "No creatives were made."));
  summary();
  lengthen();
  clearTimeout(telling); // the pictures first
  telling = setTimeout(report, 30);
}

// A group is laid out anew in full: its place on the page stays where it is.
function unfold(key) {
  const top = scrollY;
  state.open.add(key);
  lay();
  while (queue.length && $("main").offsetHeight < top + innerHeight) lengthen();
  scrollTo({ top });
}

// Lines of one height each, as wide as the page: sizes [width, height] in the order of the rows.
function justified(rows) {
  const style = getComputedStyle($("main"));
  const width = Math.floor($("main").clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
  const sizes = [];
  let line = [];
  const close = (full) => {
    const ratios = sum(line.map((row) => row.ratio));
    const fitting = (width - GAP * (line.length - 1)) / ratios;
    const height = Math.min(fitting, full ? Infinity : target(line[0], width), ...line.map((row) => row.height || Infinity));
    for (const row of line) sizes.push([Math.max(1, Math.floor(height * row.ratio * 100) / 100), height]);
    line = [];
  };
  for (const row of rows) {
    if (line.length && row.ratio >= WIDE !== line[0].ratio >= WIDE) close(false);
    line.push(row);
    if (sum(line.map((one) => one.ratio)) * target(row, width) + GAP * (line.length - 1) >= width) close(true);
  }
  if (line.length) close(false);
  return sizes;
}
const target = (row, width) => (row.ratio >= WIDE ? 0.45 : 1) * Math.min(250, Math.max(150, width / 4));

function lengthen() {
  let rows = $("main").lastElementChild?.querySelector(".rows");
  for (const { row, first, last, all, count, size } of queue.splice(0, STEP)) {
    if (first || !rows) {
      rows = el("div", { class: "rows" });
      const good = all.filter((one) => one.worst >= 1).length;
      $("main").append(el("section", { class: "group" }, el("h2", { dir: "auto" }, heading(row), el("small", {}, `${all.length.toLocaleString("en")}, ${share(good, all.length)} % meet every target`)), rows));
    }
    rows.append(card(row, size));
    if (last && count < all.length) rows.parentElement.append(el("button", { class: "all", type: "button", onclick: () => unfold(text(row[state.group])) }, `Show all ${all.length.toLocaleString("en")}`));
  }
  // the observer only speaks of changes: keep going while the end is still in sight
  if (queue.length && $("more").getBoundingClientRect().top < innerHeight + 1200) requestAnimationFrame(lengthen);
}
new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting) && queue.length) lengthen(); }, { rootMargin: "1200px" }).observe($("more"));

function picture(row, extra = {}) {
  return el("img", { src: relative(row.file), alt: `${text(row.title)}, ${text(row.template)}, ${text(row.format)}`, loading: "lazy", decoding: "async", width: row.width, height: row.height, ...extra });
}

function card(row, [width, height]) {
  const name = { product: [row.template, row.format], template: [row.title || row.product, row.format], format: [row.title || row.product, row.template], placement: [row.title || row.product, row.template, row.format] }[state.group];
  return el("button", { class: "card", type: "button", "data-id": text(row.id), title: list(row.failures).map(text).join("\n"), style: { width: `${width}px` }, onclick: () => open(row) },
    el("span", { class: "picture", style: { height: `${height}px` } }, picture(row)),
    el("span", { class: "caption" }, mark(row.worst), el("b", { dir: "auto" }, name.map(text).join(", "))));
}

// Per cent, rounded down to a tenth: 100 means all of them.
function share(part, whole) {
  return (Math.floor((1000 * part) / whole) / 10).toLocaleString("en");
}

function summary() {
  const good = shown.filter((row) => row.worst >= 1).length;
  const parts = [plural(shown.length, "creative")];
  if (shown.length < creatives.length) parts[0] += ` of ${creatives.length.toLocaleString("en")}`;
  parts.push(plural(new Set(shown.map((row) => row.product)).size, "product"));
  if (shown.length) parts.push(`${share(good, shown.length)} % meet every target`, `${median(shown.map((row) => row.time)).toFixed(0)} ms each`);
  $("summary").textContent = parts.join("  ·  ");
}

// ---------------------------------------------------------------- the report

function report() {
  const refused = refusals.filter(filtered);
  $("report").replaceChildren(...[scoreTable(), tally("template", "Templates", refused), tally("placement", "Kinds of placement", refused), notMade(refused)].filter(Boolean));
}

const part = (title, words, ...content) => el("div", {}, el("h2", {}, title), el("p", {}, words), el("div", { class: "scroll" }, ...content));
const met = (count, of) => el("td", { class: "n" }, of ? `${share(count, of)} %` : "", of ? el("span", { class: "bar" }, el("i", { style: { width: `${(100 * count) / of}%` } })) : null);

function scoreTable() {
  const rows = measures.map((measure) => {
    const values = shown.map((row) => row.scores[measure.name]).filter((value) => value !== undefined);
    return { measure, values, good: values.filter((value) => excess(measure, value) === 0).length };
  }).filter(({ values }) => values.length);
  return rows.length ? part("Scores", "Each measure over the creatives above that it applies to, judged on the finished picture.", table(["Measure", "What it says", ">Judged", ">Median", ">Target", ">Met by"], rows.map(({ measure, values, good }) => [
    label(measure.name), measure.meaning, `>${values.length.toLocaleString("en")}`, `>${written(measure, median(values))}`, `>${measure.wanted} ${written(measure, measure.target)}`, met(good, values.length),
  ]))) : null;
}

// How each template, or each kind of placement, fared.
function tally(field, title, refused) {
  const names = [...new Set([...shown, ...refused].map((row) => text(row[field])))].filter(Boolean).sort();
  if (names.length < 2) return null;
  return part(title, "Made, not made, and what is missed most often.", table(["Name", ">Made", ">Not made", "Missed most often", ">Meet every target"], names.map((name) => {
    const rows = shown.filter((row) => text(row[field]) === name);
    const missed = measures.map((measure) => [rows.filter((row) => row.grades[measure.name] < 1).length, label(measure.name)]).filter(([count]) => count).sort((one, other) => other[0] - one[0]).slice(0, 3);
    return [name, `>${rows.length.toLocaleString("en")}`, `>${refused.filter((row) => text(row[field]) === name).length.toLocaleString("en")}`, missed.map(([count, measure]) => `${measure} ${count}`).join(", "), met(rows.filter((row) => row.worst >= 1).length, rows.length)];
  })));
}

function notMade(refused) {
  if (!refused.length) return null;
  const reasons = new Map();
  for (const one of refused) { // figures and names differ from case to case; the reason is the same
    const key = text(one.reason).replace(/'[^']*'|\d+(?:[.,]\d+)*/g, "…");
    if (!reasons.has(key)) reasons.set(key, []);
    reasons.get(key).push(one);
  }
  const line = (one, several) => el("li", { dir: "auto" }, el("button", { class: "why", type: "button", onclick: () => refusal(one) }, [one.product, one.template, one.format].map(text).filter(Boolean).join(" · ")), several ? ` ${text(one.reason)}` : "");
  const rows = [...reasons.values()].sort((a, b) => b.length - a.length).map((same) => {
    const items = el("ul", {});
    const fill = () => items.append(...same.slice(0, 200).map((one) => line(one, same.length > 1)), same.length > 200 ? el("li", {}, `and ${(same.length - 200).toLocaleString("en")} more: filter by template or format`) : "");
    return [`>${same.length.toLocaleString("en")}`, el("td", { dir: "auto" }, text(same[0].reason), el("details", { ontoggle: () => { if (!items.childElementCount) fill(); } }, el("summary", {}, same.length > 1 ? "Where, and others like it" : "Where"), items))];
  });
  return part("Not made", `${plural(refused.length, "combination")} of product, template and format had no good answer; by reason.`, table([">Cases", "Reason"], rows));
}

// ---------------------------------------------------------------- one creative

const opened = new Map(); // packet -> promise of its rows
async function unpack(number) {
  const bytes = Uint8Array.from(atob(packets[number]), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}
async function explained(row) {
  const [number, place] = row.at;
  if (!opened.has(number)) opened.set(number, unpack(number));
  return (await opened.get(number))[place];
}

let current = null;
function open(row, push = true) {
  current = row;
  const others = creatives.filter((one) => one.product === row.product && one.template === row.template);
  show(
    el("div", { class: "stage" }, el("div", { class: "sheet", style: { aspectRatio: String(row.ratio), width: `min(100cqw, ${100 * row.ratio}cqh, ${row.width}px)` } }, picture(row, { loading: "eager" })),
      el("button", { class: "turn back", type: "button", "aria-label": "Previous", onclick: () => step(-1) }, "‹"),
      el("button", { class: "turn on", type: "button", "aria-label": "Next", onclick: () => step(1) }, "›")),
    others.length > 1 ? el("nav", { class: "strip", "aria-label": "Other formats" }, ...others.map((one) => el("button", { type: "button", title: text(one.format), "aria-current": one === row ? "true" : undefined, onclick: () => open(one) }, picture(one)))) : null,
    facts(row));
  document.querySelector(".strip [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  if (push) history.replaceState(null, "", `#${encodeURIComponent(text(row.id))}`);
}

function refusal(row) {
  current = null;
  const facts = el("aside", { class: "facts" }, el("header", {}, el("h2", { id: "detail-title", dir: "auto" }, "Not made"),
    el("p", { class: "under" }, [row.product, row.template, row.format].map(text).filter(Boolean).join("  ·  "))),
    el("ul", { class: "failures" }, el("li", { dir: "auto" }, row.detail ? `${text(row.reason)} (${text(row.detail)})` : text(row.reason))));
  show(facts);
  $("detail").classList.add("alone");
  append(facts, row, (found) => [...tried(found), ...nearest(found)]);
}

function show(...content) {
  $("detail").classList.remove("alone");
  $("detail").replaceChildren(...content.filter(Boolean), el("button", { class: "close", type: "button", autofocus: true, "aria-label": "Close", onclick: () => $("detail").close() }, "×"));
  if (!$("detail").open) $("detail").showModal();
}

// What the packet tells, as soon as it is unpacked.
async function append(facts, row, sections) {
  try {
    facts.append(...sections(await explained(row)));
  } catch (error) {
    facts.append(el("p", { class: "under" }, `The explanation cannot be read: ${error.message}`));
  }
}

function step(by) {
  const at = shown.indexOf(current);
  if (current && shown.length) open(shown[(at + by + shown.length) % shown.length]);
}

function facts(row) {
  const links = el("p", { class: "links" }, el("a", { href: relative(row.file) }, "Picture"), row.svg ? el("a", { href: relative(row.svg) }, "Resolved SVG") : null);
  const size = `${text(row.width)} × ${text(row.height)} px${row.pixel_ratio > 1 ? ` at ${row.pixel_ratio}x` : ""}${row.bytes ? `, ${(row.bytes / 1000).toFixed(0)} kB` : ""}`;
  const found = el("aside", { class: "facts" },
    el("header", {}, el("h2", { id: "detail-title", dir: "auto" }, row.title || text(row.product)),
      el("p", { class: "under" }, [row.template, row.format, row.language].map(text).filter(Boolean).join("  ·  ")),
      el("p", { class: "under" }, [size, row.publisher, row.placement].map(text).filter(Boolean).join("  ·  ")), links),
    list(row.failures).length ? el("ul", { class: "failures" }, ...list(row.failures).map((one) => el("li", { dir: "auto" }, text(one)))) : null,
    ...scores(row));
  append(found, row, (more) => {
    const address = live(more.url), host = guides({ ...more, width: row.width, height: row.height });
    if (current === row) document.querySelector(".stage .sheet")?.append(host);
    if (list(more.reserved).length) links.append(el("button", { class: "why", type: "button", onclick: () => document.body.classList.toggle("guided") }, "What the host covers"));
    if (address) links.append(el("a", { href: address, rel: "noreferrer" }, "Live URL"));
    return [...objects(more), ...relations(more), ...tried(more), ...times(more, row.time), ...values(more)];
  });
  return found;
}

function scores(row) {
  const known = measures.filter((measure) => measure.name in row.scores);
  return known.length ? [el("h3", {}, "Scores"), ...known.map((measure) => el("div", { class: "score", title: measure.meaning },
    mark(row.grades[measure.name]), el("b", {}, label(measure.name)), el("span", {}, written(measure, row.scores[measure.name])), el("em", {}, `${measure.wanted === "at least" ? "≥" : "≤"} ${written(measure, measure.target)}`)))] : [];
}

// ---------------------------------------------------------------- controls

function choices(field) {
  return [...new Set([...creatives, ...refusals].map((row) => text(row[field])))].filter(Boolean).sort(collator.compare);
}

const options = (names) => names.map((value) => el("option", { value }, value));
function formatOptions(names) { // by publisher, as there may be more than anyone reads through
  const homes = new Map([...creatives, ...refusals].map((row) => [text(row.format), text(row.publisher) || "Others"]));
  const publishers = [...new Set(names.map((name) => homes.get(name)))].sort(collator.compare);
  if (publishers.length < 2) return options(names);
  return publishers.map((publisher) => el("optgroup", { label: publisher }, ...options(names.filter((name) => homes.get(name) === publisher))));
}

function field(name, change, ...content) {
  const select = el("select", { "aria-label": name }, ...content);
  const box = el("label", { class: "field" }, el("span", {}, name), select);
  select.addEventListener("change", () => { change(select.value); box.classList.toggle("on", Boolean(select.value)); clear(); lay(); });
  return box;
}

function clear() { // what was unfolded belongs to the choices before
  state.open.clear();
  $("clear").hidden = !(state.find || state.verdict || Object.values(state.filters).some(Boolean));
}

function controls() {
  for (const [value, name] of Object.entries(GROUPS)) {
    $("group").append(el("label", {}, el("input", { type: "radio", name: "group", value, checked: value === state.group, onchange: () => { state.group = value; state.open.clear(); lay(); } }), el("span", {}, name)));
  }
  for (const [key, name] of Object.entries(FILTERS)) {
    const found = choices(key);
    if (found.length > 1) $("filters").append(field(name, (value) => { state.filters[key] = value; }, el("option", { value: "" }, "All"), ...(key === "format" ? formatOptions(found) : options(found))));
  }
  const scored = measures.filter((measure) => creatives.some((row) => measure.name in row.scores));
  const missed = scored.filter((measure) => creatives.some((row) => row.grades[measure.name] < 1));
  if (missed.length) $("filters").append(field("Targets", (value) => { state.verdict = value; }, el("option", { value: "" }, "All"), el("option", { value: "met" }, "All met"), el("option", { value: "missed" }, "Any missed"),
    el("optgroup", { label: "Missed" }, ...missed.map((measure) => el("option", { value: measure.name }, label(measure.name))))));
  $("sort").append(...Object.entries(SORTS).map(([value, name]) => el("option", { value }, name)), ...scored.map((measure) => el("option", { value: measure.name }, `By ${label(measure.name)}`)));
  $("sort").addEventListener("change", () => { state.sort = $("sort").value; lay(); });
  let waiting;
  $("find").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => { state.find = $("find").value; clear(); lay(); }, 120); });
  $("tools").addEventListener("submit", (event) => event.preventDefault());
  $("clear").addEventListener("click", () => {
    Object.assign(state, { find: "", filters: {}, verdict: "" });
    $("find").value = "";
    for (const select of document.querySelectorAll("#filters select")) select.value = "";
    for (const box of document.querySelectorAll("#filters .on")) box.classList.remove("on");
    clear();
    lay();
  });
}

function neighbour(from, by) { // up and down by what is seen, not by the order in the page
  const cards = [...document.querySelectorAll(".card")];
  const at = cards.indexOf(from);
  if (at < 0) return cards[0];
  if (by.x) return cards[at + by.x];
  const here = from.getBoundingClientRect(), middle = here.left + here.width / 2;
  const beyond = cards.map((card) => [card, card.getBoundingClientRect()]).filter(([, box]) => (by.y > 0 ? box.top > here.top + 8 : box.top < here.top - 8));
  const nearest = beyond.map(([card, box]) => [Math.abs(box.top - here.top) * 4 + Math.abs(box.left + box.width / 2 - middle), card]);
  return nearest.sort((a, b) => a[0] - b[0])[0]?.[1];
}

const ARROWS = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if ($("detail").open) {
    if (ARROWS[event.key]?.x) { event.preventDefault(); step(ARROWS[event.key].x); }
    return;
  }
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName)) {
    if (event.key === "Escape") document.activeElement.blur();
    return;
  }
  if (event.key === "/") { event.preventDefault(); $("find").focus(); }
  if (ARROWS[event.key] && (document.activeElement?.classList.contains("card") || ARROWS[event.key].x)) {
    const next = neighbour(document.activeElement, ARROWS[event.key]);
    if (next) { event.preventDefault(); next.focus(); }
  }
});
$("detail").addEventListener("close", () => {
  history.replaceState(null, "", location.pathname + location.search);
  const id = current && text(current.id);
  [...document.querySelectorAll(".card")].find((card) => card.dataset.id === id)?.focus({ preventScroll: false });
});
$("detail").addEventListener("click", (event) => { if (event.target === $("detail") || event.target.classList.contains("stage")) $("detail").close(); });
function follow() {
  let id = "";
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  const row = id && creatives.find((one) => text(one.id) === id);
  if (row) open(row, false);
}
addEventListener("hashchange", follow);

let wide = innerWidth;
let resizing;
addEventListener("resize", () => {
  if (innerWidth === wide) return; // a phone's address bar comes and goes
  wide = innerWidth;
  clearTimeout(resizing);
  resizing = setTimeout(lay, 100);
});

document.title = `${plural(creatives.length, "creative")}`;
controls();
lay();
follow();
