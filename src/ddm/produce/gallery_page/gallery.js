"use strict";
// The manifest is text from strangers: elements are only ever made by `el`, which sets text and checked attributes.
const { creatives, refusals, measures } = JSON.parse(document.getElementById("manifest").textContent);
const STEP = 120; // cards laid out at a time
const STAGES = ["#5b8c7b", "#c08a3e", "#7b86b8", "#b0645a", "#8a7aa0", "#6f9a4d", "#a89f91"];
const $ = (id) => document.getElementById(id);

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") node.className = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "style") Object.assign(node.style, value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

// ---------------------------------------------------------------- values

const text = (value) => (value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));
const list = (value) => (Array.isArray(value) ? value : []);
const entries = (value) => (value && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : []);
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const median = (numbers) => (numbers.length ? [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] : 0);
const plural = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
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
  row.scores = Object.fromEntries(entries(row.scores).filter(([, value]) => typeof value === "number"));
  row.grades = Object.fromEntries(Object.entries(row.scores).filter(([name]) => byName[name]).map(([name, value]) => [name, grade(byName[name], value)]));
  row.worst = Math.min(1, ...Object.values(row.grades));
  row.time = sum(entries(row.ms).map(([, value]) => Number(value) || 0));
  row.ratio = row.width > 0 && row.height > 0 ? row.width / row.height : 1;
  row.words = [row.id, row.title, row.product, row.template, row.format, ...list(row.failures)].map(text).join(" ").toLowerCase();
}
const mark = (worst) => el("i", { class: `mark ${verdict(worst)}`, role: "img", "aria-label": VERDICTS[verdict(worst)], title: VERDICTS[verdict(worst)] });

// ---------------------------------------------------------------- choices

const GROUPS = { product: "Product", template: "Template", format: "Format" };
const FILTERS = { product: "Product", template: "Template", format: "Format", language: "Language" };
const SORTS = { worst: "Worst first", best: "Best first", name: "Name", time: "Slowest first" };
const state = { group: "product", sort: "worst", find: "", filters: {} };
let shown = [];

function order(rows) {
  const measure = byName[state.sort];
  const key = {
    worst: (row) => row.worst, best: (row) => -row.worst, time: (row) => -row.time,
  }[state.sort] || (measure ? (row) => row.grades[state.sort] ?? 2 : () => 0);
  return [...rows].sort((a, b) => key(a) - key(b) || text(a.id).localeCompare(text(b.id)));
}

function chosen() {
  const words = state.find.toLowerCase().split(/\s+/).filter(Boolean);
  return creatives.filter((row) =>
    Object.entries(state.filters).every(([field, value]) => !value || text(row[field]) === value) &&
    words.every((word) => row.words.includes(word)));
}

function heading(row) {
  return state.group === "product" ? text(row.title) || text(row.product) : text(row[state.group]);
}

// ---------------------------------------------------------------- the wall

const GAP = 14;
const WIDE = 2.6; // banners fill lines of their own, or they would dwarf or drown their neighbours
let queue = [];

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
  const sizes = ordered.flatMap(justified);
  queue = ordered.flatMap((rows) => rows.map((row, index) => ({ row, first: index === 0, count: rows.length }))).map((one, index) => ({ ...one, size: sizes[index] }));
  $("main").replaceChildren();
  if (!queue.length) $("main").append(el("p", { class: "empty" }, creatives.length ? "Nothing fits these choices." : "No creatives were made."));
  summary();
  lengthen();
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
  for (const { row, first, count, size } of queue.splice(0, STEP)) {
    if (first || !rows) {
      rows = el("div", { class: "rows" });
      $("main").append(el("section", { class: "group" }, el("h2", { dir: "auto" }, heading(row), el("small", {}, String(count))), rows));
    }
    rows.append(card(row, size));
  }
  // the observer only speaks of changes: keep going while the end is still in sight
  if (queue.length && $("more").getBoundingClientRect().top < innerHeight + 1200) requestAnimationFrame(lengthen);
}
new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting) && queue.length) lengthen(); }, { rootMargin: "1200px" }).observe($("more"));

function picture(row, extra = {}) {
  return el("img", { src: relative(row.file), alt: `${text(row.title)}, ${text(row.template)}, ${text(row.format)}`, loading: "lazy", decoding: "async", width: row.width, height: row.height, ...extra });
}

function card(row, [width, height]) {
  const name = { product: [row.template, row.format], template: [row.title || row.product, row.format], format: [row.title || row.product, row.template] }[state.group];
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
  const judged = measures.map((measure) => {
    const values = creatives.map((row) => row.scores[measure.name]).filter((value) => value !== undefined);
    return { measure, values, met: values.filter((value) => excess(measure, value) === 0).length };
  }).filter(({ values }) => values.length);
  if (judged.length) $("report").append(el("div", {}, el("h2", {}, "Scores"), el("p", {}, "Each measure over all creatives it applies to, judged on the finished picture."), el("div", { class: "scroll" }, table(["Measure", "What it says", ">Median", ">Target", ">Met by"], judged.map(({ measure, values, met }) => [
    label(measure.name), measure.meaning, `>${written(measure, median(values))}`, `>${measure.wanted} ${written(measure, measure.target)}`,
    el("td", { class: "n" }, `${((100 * met) / values.length).toFixed(1)} %`, el("span", { class: "bar" }, el("i", { style: { width: `${(100 * met) / values.length}%` } }))),
  ])))));
  if (!refusals.length) return;
  const reasons = new Map();
  for (const one of refusals) { // figures differ from case to case; the reason is the same
    const key = text(one.reason).replace(/\d+(?:[.,]\d+)*/g, "…");
    if (!reasons.has(key)) reasons.set(key, []);
    reasons.get(key).push(one);
  }
  const rows = [...reasons.values()].sort((a, b) => b.length - a.length).map((same) => [`>${same.length}`, el("td", { dir: "auto" },
    text(same[0].reason), el("details", {}, el("summary", {}, same.length > 1 ? "Where, and others like it" : "Where"),
      el("ul", {}, ...same.slice(0, 200).map((one) => el("li", { dir: "auto" }, [one.product, one.template, one.format].map(text).filter(Boolean).join(" · "), same.length > 1 ? `: ${text(one.reason)}` : "")),
        same.length > 200 ? el("li", {}, `and ${same.length - 200} more`) : null)))]);
  $("report").append(el("div", {}, el("h2", {}, "Not made"), el("p", {}, `${plural(refusals.length, "combination")} of product, template and format had no good answer; by reason.`), table([">Cases", "Reason"], rows)));
}

function table(heads, rows, name) {
  const cell = (tag, value) => typeof value === "string" ? el(tag, { class: value.startsWith(">") ? "n" : undefined, dir: tag === "td" ? "auto" : undefined }, value.replace(/^>/, "")) : value;
  return el("table", { class: name }, el("thead", {}, el("tr", {}, ...heads.map((head) => cell("th", head)))), el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map((value) => cell("td", value))))));
}

// ---------------------------------------------------------------- one creative

let current = null;
function open(row, push = true) {
  current = row;
  const others = creatives.filter((one) => one.product === row.product && one.template === row.template);
  $("detail").replaceChildren(...[
    el("div", { class: "stage" }, picture(row, { loading: "eager" }),
      el("button", { class: "turn back", type: "button", "aria-label": "Previous", onclick: () => step(-1) }, "‹"),
      el("button", { class: "turn on", type: "button", "aria-label": "Next", onclick: () => step(1) }, "›")),
    others.length > 1 ? el("nav", { class: "strip", "aria-label": "Other formats" }, ...others.map((one) => el("button", { type: "button", title: text(one.format), "aria-current": one === row ? "true" : undefined, onclick: () => open(one) }, picture(one)))) : null,
    facts(row),
    el("button", { class: "close", type: "button", autofocus: true, "aria-label": "Close", onclick: () => $("detail").close() }, "×"),
  ].filter(Boolean));
  if (!$("detail").open) $("detail").showModal();
  if (push) history.replaceState(null, "", `#${encodeURIComponent(text(row.id))}`);
}

function step(by) {
  const at = shown.indexOf(current);
  if (shown.length) open(shown[(at + by + shown.length) % shown.length]);
}

function facts(row) {
  const address = live(row.url);
  return el("aside", { class: "facts" },
    el("header", {}, el("h2", { id: "detail-title", dir: "auto" }, text(row.title) || text(row.product)),
      el("p", { class: "under" }, [row.template, row.format, row.language].map(text).filter(Boolean).join("  ·  ")),
      el("p", { class: "under" }, `${text(row.width)} × ${text(row.height)} px${row.bytes ? `, ${(row.bytes / 1000).toFixed(0)} kB` : ""}`),
      el("p", { class: "links" }, el("a", { href: relative(row.file) }, "Picture"), row.svg ? el("a", { href: relative(row.svg) }, "Resolved SVG") : null, address ? el("a", { href: address, rel: "noreferrer" }, "Live URL") : null)),
    list(row.failures).length ? el("ul", { class: "failures" }, ...list(row.failures).map((one) => el("li", { dir: "auto" }, text(one)))) : null,
    ...scores(row), ...objects(row), ...times(row), ...values(row));
}

function scores(row) {
  const known = measures.filter((measure) => measure.name in row.scores);
  return known.length ? [el("h3", {}, "Scores"), ...known.map((measure) => el("div", { class: "score", title: measure.meaning },
    mark(row.grades[measure.name]), el("b", {}, label(measure.name)), el("span", {}, written(measure, row.scores[measure.name])), el("em", {}, `${measure.wanted === "at least" ? "≥" : "≤"} ${written(measure, measure.target)}`)))] : [];
}

const option = (other) => (other && typeof other === "object" && "option" in other ? `${text(other.option)}${typeof other.cost === "number" ? `, cost ${other.cost}` : ""}` : text(other));

function objects(row) {
  const found = entries(row.objects).filter(([, one]) => one && typeof one === "object");
  return found.length ? [el("h3", {}, "Chosen material"), ...found.map(([name, one]) => el("div", { class: "object" },
    el("b", {}, name), " ", el("code", { title: text(one.material) }, text(one.material).slice(0, 12)),
    typeof one.score === "number" ? el("code", {}, `  ${one.score.toFixed(3)}${one.of ? ` of ${plural(Number(one.of), "candidate")}` : ""}`) : null,
    one.text ? el("div", { class: "words", dir: "auto" }, text(one.text)) : null,
    one.source ? el("div", {}, el("code", {}, text(one.source))) : null,
    list(one.why).length ? el("ul", {}, ...list(one.why).map((why) => el("li", { dir: "auto" }, text(why)))) : null,
    list(one.runners_up).length ? el("details", {}, el("summary", {}, `${plural(list(one.runners_up).length, "runner")}-up`), el("ul", {}, ...list(one.runners_up).map((other) => el("li", {}, el("code", {}, text(other.material).slice(0, 12)), typeof other.score === "number" ? `  ${other.score.toFixed(3)}` : "")))) : null,
    entries(one.removed).length ? el("details", {}, el("summary", {}, `${sum(entries(one.removed).map(([, count]) => Number(count) || 0))} removed by conditions`), el("ul", {}, ...entries(one.removed).map(([condition, count]) => el("li", {}, `${text(count)} by `, el("code", {}, condition))))) : null))] : [];
}

function times(row) {
  const found = entries(row.ms).filter(([, value]) => Number(value) > 0);
  if (!found.length) return [];
  const colour = (index) => STAGES[index % STAGES.length];
  return [el("h3", {}, `Time, ${row.time.toFixed(1)} ms`),
    el("div", { class: "times", "aria-hidden": "true" }, ...found.map(([, value], index) => el("i", { style: { flex: `${value} 0 0`, background: colour(index) } }))),
    el("div", { class: "legend" }, ...found.map(([name, value], index) => el("span", {}, el("i", { style: { background: colour(index) } }), `${name} ${Number(value).toFixed(1)}`)))];
}

function values(row) {
  const rows = list(row.values).map((one) => [
    el("td", {}, el("code", {}, text(one.element)), el("br"), text(one.property)),
    el("td", {}, el("code", { dir: "auto" }, text(one.value))),
    el("td", { dir: "auto" }, text(one.origin), list(one.alternatives).length ? el("details", {}, el("summary", {}, plural(list(one.alternatives).length, "alternative")), el("ul", {}, ...list(one.alternatives).map((other) => el("li", { dir: "auto" }, option(other))))) : null),
  ]);
  return rows.length ? [el("h3", {}, "Values and where they come from"), table(["Element", "Value", "Origin"], rows, "values")] : [];
}

// ---------------------------------------------------------------- controls

function choices(field) {
  return [...new Set(creatives.map((row) => text(row[field])))].filter(Boolean).sort((a, b) => a.localeCompare(b));
}

function controls() {
  for (const [value, name] of Object.entries(GROUPS)) {
    $("group").append(el("label", {}, el("input", { type: "radio", name: "group", value, checked: value === state.group, onchange: () => { state.group = value; lay(); } }), el("span", {}, name)));
  }
  for (const [field, name] of Object.entries(FILTERS)) {
    const found = choices(field);
    if (found.length < 2) continue;
    const select = el("select", { "aria-label": name }, el("option", { value: "" }, "All"), ...found.map((value) => el("option", { value }, value)));
    const box = el("label", { class: "field" }, el("span", {}, name), select);
    select.addEventListener("change", () => { state.filters[field] = select.value; box.classList.toggle("on", Boolean(select.value)); lay(); });
    $("filters").append(box);
  }
  const scored = measures.filter((measure) => creatives.some((row) => measure.name in row.scores));
  $("sort").append(...Object.entries(SORTS).map(([value, name]) => el("option", { value }, name)), ...scored.map((measure) => el("option", { value: measure.name }, `By ${label(measure.name)}`)));
  $("sort").addEventListener("change", () => { state.sort = $("sort").value; lay(); });
  let waiting;
  $("find").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => { state.find = $("find").value; lay(); }, 120); });
  $("tools").addEventListener("submit", (event) => event.preventDefault());
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
  const id = text(current?.id);
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
report();
follow();
