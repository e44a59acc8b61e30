const told = JSON.parse(document.getElementById("told").textContent);
const { materials, attributes, confidence } = told;
const $ = (id) => document.getElementById(id);
const STEP = 60; // cards laid out at a time
const GROUNDS = ["checks", "dark", "light"];
const text = (value) => (value === null || value === undefined ? "" : String(value));
const plural = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
const byName = Object.fromEntries(attributes.map((one) => [one.name, one]));
const NUMERIC = ["share", "number", "pixels", "degrees"];
const state = { find: "", sort: "", turned: false, layers: new Set(LAYERS.filter((one) => one.on).map((one) => one.name)), ground: "checks", explained: false };
let shown = materials, queue = [], current = null;

// ---------------------------------------------------------------- values

function written(attribute, value) {
  if (value === null || value === undefined) return "unknown";
  if (attribute.kind === "share") return `${(100 * value).toFixed(1)} %`;
  if (attribute.kind === "pixels") return `${Math.round(value)} px`;
  if (attribute.kind === "degrees") return `${value.toFixed(0)}°`;
  if (attribute.kind === "number") return Number.isInteger(value) ? String(value) : value.toFixed(3);
  if (attribute.kind === "words") return value.length ? value.join(", ") : "none";
  return value === true ? "yes" : value === false ? "no" : text(value) || "–";
}

const title = (row) => text(row.product) || text(row.values["scene.kind"]) || "material";
const under = (row) => [row.values["subject.category"], row.values["class.name"], row.id.slice(0, 8)].map(text).filter(Boolean).join(" · ");
for (const row of materials) row.words = [row.id, row.product, ...Object.values(row.values).filter((value) => typeof value === "string"), ...row.elements.map((one) => one.label)].join(" ").toLowerCase();

// ---------------------------------------------------------------- choices

const SIGNED = /[='{(]|\b(ne|lt|le|gt|ge|has|lacks|contains|in|is|and|or|not)\b/;
const unknown = (query) => [...query.replace(/'(?:[^']|'')*'/g, "").matchAll(/[a-z]+\.[a-z_.]+/gi)].map((match) => match[0]).find((name) => !(name in byName));

function chooser() { // a condition where it reads like one, else words
  const query = state.find.trim();
  if (!(query in byName) && !SIGNED.test(query)) {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    return (row) => words.every((word) => row.words.includes(word));
  }
  const fits = condition(query), stranger = unknown(query);
  if (stranger) throw new Error(`there is no attribute '${stranger}'`);
  return (row) => fits((name) => row.values[name] ?? null);
}

function ordered(rows) {
  if (!state.sort) return state.turned ? [...rows].reverse() : rows;
  const key = (row) => row.values[state.sort], way = state.turned ? -1 : 1, numeric = NUMERIC.includes(byName[state.sort].kind);
  const compare = (a, b) => (numeric ? b - a : text(a).localeCompare(text(b)));
  return [...rows].sort((a, b) => (key(a) === null) - (key(b) === null) || way * compare(key(a), key(b)));
}

function lay() {
  let slip = "";
  try { shown = ordered(materials.filter(chooser())); } catch (error) { slip = error.message; }
  $("slip").textContent = slip;
  $("find").setAttribute("aria-invalid", String(Boolean(slip)));
  queue = [...shown];
  $("main").replaceChildren();
  if (!queue.length) $("main").append(el("p", { class: "empty" }, materials.length ? "Nothing fits." : "The library has no such material."));
  const all = told.fitting > materials.length ? ` of ${told.fitting.toLocaleString("en")} in the library` : "";
  $("summary").textContent = shown.length === materials.length ? `${plural(materials.length, "material")}${all}` : `${shown.length} of ${plural(materials.length, "material")}`;
  lengthen();
}

function lengthen() {
  $("main").append(...queue.splice(0, STEP).map(card));
}

function card(row) {
  const [width, height] = [row.values.width || 1, row.values.height || 1];
  const value = state.sort ? el("span", { class: "value" }, written(byName[state.sort], row.values[state.sort])) : null;
  return el("button", { class: "card", type: "button", "data-id": row.id, onclick: () => open(row) },
    el("span", { class: "thumb" }, el("img", { src: row.files.thumb, alt: "", loading: "lazy", width, height })),
    el("span", { class: "caption" }, el("b", { dir: "auto" }, title(row)), value), el("span", { class: "caption" }, el("small", { dir: "auto" }, under(row))));
}

// ---------------------------------------------------------------- one material

function open(row, push = true) {
  current = row;
  const [width, height] = [row.values.width || 1, row.values.height || 1];
  const turns = [["back", "Previous", -1, "‹"], ["on", "Next", 1, "›"]].map(([name, label, by, sign]) => el("button", { class: `turn ${name}`, type: "button", "aria-label": label, onclick: () => step(by) }, sign));
  $("detail").replaceChildren(
    el("div", { class: "stage" }, el("div", { id: "sheet", style: { aspectRatio: `${width} / ${height}`, width: `min(100cqw, ${(100 * width) / height}cqh)` } }), ...turns),
    el("div", { class: "switches", role: "group", "aria-label": "Layers" }, ...LAYERS.map(chip), el("span", { class: "grounds", role: "group", "aria-label": "Ground of the cut-out" }, ...GROUNDS.map(ground))),
    facts(row),
    el("button", { class: "close", type: "button", autofocus: true, "aria-label": "Close", onclick: () => $("detail").close() }, "×"));
  draw();
  if (!$("detail").open) $("detail").showModal();
  if (push) history.replaceState(null, "", `#${encodeURIComponent(row.id)}`);
}

const chip = (layer, index) => el("button", { type: "button", class: "chip", "data-layer": layer.name, "aria-pressed": "false", title: `Key ${index + 1}`, onclick: () => flip(layer.name) }, layer.name);
const ground = (name) => el("button", { type: "button", class: `ground ${name}`, "data-ground": name, "aria-pressed": "false", "aria-label": `Cut-out on ${name}`, title: `Cut-out on ${name}`, onclick: () => { state.ground = name; state.layers.add("Cut-out"); draw(); } });

function flip(name) {
  if (!state.layers.delete(name)) state.layers.add(name);
  draw();
}

function draw() {
  const on = LAYERS.filter((layer) => state.layers.has(layer.name)), alone = on.some((layer) => layer.alone);
  const sheet = $("sheet");
  sheet.className = alone ? `on-${state.ground}` : "";
  const parts = on.map((layer) => el("div", { class: "layer", "data-layer": layer.name }, ...layer.draw(current).flat()));
  sheet.replaceChildren(...(alone ? [] : [image(current, "picture", `Picture of ${title(current)}`)]), ...parts);
  for (const one of document.querySelectorAll(".chip")) one.setAttribute("aria-pressed", String(state.layers.has(one.dataset.layer)));
  for (const one of document.querySelectorAll(".ground")) one.setAttribute("aria-pressed", String(alone && state.ground === one.dataset.ground));
}

function step(by) {
  const at = shown.indexOf(current);
  if (shown.length) open(shown[(at + by + shown.length) % shown.length]);
}

// ---------------------------------------------------------------- its facts

function facts(row) {
  const groups = Map.groupBy ? Map.groupBy(attributes, group) : attributes.reduce((all, one) => all.set(group(one), [...(all.get(group(one)) || []), one]), new Map());
  const explain = el("button", { class: "why", type: "button", "aria-pressed": String(state.explained), onclick: () => { state.explained = !state.explained; explain.setAttribute("aria-pressed", String(state.explained)); panel.classList.toggle("explained", state.explained); } }, "What the names mean");
  const panel = el("aside", { class: `facts${state.explained ? " explained" : ""}` },
    el("header", {}, el("h2", { id: "detail-title", dir: "auto" }, title(row)), el("p", { class: "under", dir: "auto" }, under(row)), el("p", { class: "links" }, row.files.picture ? el("a", { href: row.files.picture }, "Picture") : null, explain)),
    row.problems.length ? el("ul", { class: "problems" }, ...row.problems.map((one) => el("li", {}, one))) : null,
    ...palettes(row), ...readings(row), ...[...groups].map(([name, rows]) => section(name, rows, row)),
    el("h3", {}, "Perceived by"), el("ul", { class: "plain" }, ...Object.entries({ vocabulary: row.schema, ...row.models }).map(([name, version]) => el("li", {}, el("code", {}, name), el("span", { class: "n" }, text(version))))),
    el("p", { class: "under" }, el("code", {}, row.id)));
  return panel;
}

const group = (attribute) => (attribute.name.includes(".") ? attribute.name.split(".")[0] : "picture");

function section(name, rows, row) {
  const table = el("table", {}, el("caption", {}, name), el("thead", { class: "hidden" }, el("tr", {}, ...["Attribute", "Value", "Confidence"].map((head) => el("th", { scope: "col" }, head)))), el("tbody", {}, ...rows.map((attribute) => line(attribute, row))));
  return el("section", { class: "values" }, table);
}

function line(attribute, row) {
  const value = row.values[attribute.name] ?? null, sure = confidence[attribute.name] && confidence[attribute.name] !== attribute.name ? row.values[confidence[attribute.name]] : null;
  const short = attribute.name.includes(".") ? attribute.name.split(".").slice(1).join(".") : attribute.name;
  const hue = attribute.kind === "degrees" && attribute.name.endsWith("hue") && value !== null ? el("i", { class: "hue", style: { background: `oklch(0.68 0.15 ${Number(value)})` } }) : null;
  return el("tr", { title: attribute.meaning, "data-name": attribute.name, class: value === null ? "none" : undefined },
    el("th", { scope: "row" }, short, el("small", {}, attribute.meaning)), el("td", { dir: "auto", colspan: typeof sure === "number" ? undefined : 2 }, hue, written(attribute, value)),
    typeof sure === "number" ? el("td", { class: "sure" }, el("span", { title: `${confidence[attribute.name]} ${sure.toFixed(2)}` }, el("i", {}, el("b", { style: { width: per(Math.min(1, Math.max(0, sure))) } })), score(sure))) : null);
}

function palettes(row) {
  const found = ["whole", "subject", "background"].filter((name) => row.palettes[name]?.length);
  return found.length ? [el("h3", {}, "Palettes"), ...found.map((name) => el("div", { class: "palette" }, el("span", {}, name), bars(row.palettes[name]),
    el("ul", {}, ...row.palettes[name].map(([weight, hex]) => el("li", {}, el("i", { style: { background: colour(hex) } }), `${hex} ${(100 * weight).toFixed(0)} %`)))))] : [];
}

function readings(row) {
  return row.elements.length ? [el("h3", {}, plural(row.elements.length, "element")), el("ul", { class: "plain" }, ...row.elements.map((one) => el("li", {}, el("i", { class: `dot ${one.kind}` }), el("span", {}, one.kind), el("b", { dir: "auto" }, one.label), el("span", { class: "n" }, score(one.score)))))] : [];
}

// ---------------------------------------------------------------- controls

function controls() {
  const groups = new Map();
  for (const one of attributes) groups.set(group(one), [...(groups.get(group(one)) || []), one]);
  $("sort").append(el("option", { value: "" }, "As stored"), ...[...groups].map(([label, rows]) => el("optgroup", { label }, ...rows.map((one) => el("option", { value: one.name }, one.name)))));
  $("sort").addEventListener("change", () => { state.sort = $("sort").value; lay(); });
  $("turn").addEventListener("click", () => { state.turned = !state.turned; $("turn").setAttribute("aria-pressed", String(state.turned)); $("turn").textContent = state.turned ? "↑" : "↓"; lay(); });
  let waiting;
  $("find").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => { state.find = $("find").value; lay(); }, 120); });
  $("tools").addEventListener("submit", (event) => event.preventDefault());
}

function neighbour(from, by) { // up and down by what is seen
  const cards = [...document.querySelectorAll(".card")], at = cards.indexOf(from);
  if (at < 0) return cards[0];
  if (by.x) return cards[at + by.x];
  const here = from.getBoundingClientRect(), middle = here.left + here.width / 2;
  const beyond = cards.map((one) => [one, one.getBoundingClientRect()]).filter(([, box]) => (by.y > 0 ? box.top > here.top + 8 : box.top < here.top - 8));
  return beyond.map(([one, box]) => [Math.abs(box.top - here.top) * 4 + Math.abs(box.left + box.width / 2 - middle), one]).sort((a, b) => a[0] - b[0])[0]?.[1];
}

const ARROWS = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if ($("detail").open) {
    if (ARROWS[event.key]?.x) { event.preventDefault(); step(ARROWS[event.key].x); }
    if (LAYERS[Number(event.key) - 1]) flip(LAYERS[Number(event.key) - 1].name);
    return;
  }
  if (/^(INPUT|SELECT)$/.test(document.activeElement?.tagName)) {
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
  [...document.querySelectorAll(".card")].find((one) => one.dataset.id === current?.id)?.focus();
});
function follow() {
  let id = "";
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  const row = id && materials.find((one) => one.id === id);
  if (row) open(row, false);
}
addEventListener("hashchange", follow);
new IntersectionObserver(([seen]) => { if (seen.isIntersecting && queue.length) lengthen(); }, { rootMargin: "1200px" }).observe($("more"));

document.title = plural(materials.length, "material");
controls();
lay();
follow();
if (materials.length === 1 && !current) open(materials[0], false);
