"use strict";
// The editor: text on the left, the creatives it makes on the right. What the server answers counts as text from strangers.
const $ = (id) => document.getElementById(id);
const PAUSE = 350; // ms without a keystroke before previews are asked for
const AT_ONCE = 2; // requests in flight: the server has few cores
const MOST = 60; // previews on the wall
const state = { template: "", saved: "", products: [], formats: [], token: "", turn: 0, findings: [] };

// ---------------------------------------------------------------- the server

class Refusal extends Error {
  constructor(status, problem) {
    super(text(problem.detail) || `the server answered ${status}`);
    Object.assign(this, { status, where: text(problem.where), mend: text(problem.mend), problem });
  }
}

async function ask(path, options = {}) {
  const response = await fetch(path, { ...options, headers: { ...options.headers, authorization: `Bearer ${state.token}` } });
  if (response.ok) return response;
  throw new Refusal(response.status, await response.json().catch(() => ({})));
}
const askJson = async (path) => (await ask(path)).json();
const make = (order, signal) => ask("/v1/preview", { method: "POST", body: JSON.stringify(order), headers: { "content-type": "application/json" }, signal });

function findToken() { // it comes in the fragment, which no server or log sees, and leaves the address bar at once
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem("ddm-token", given);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem("ddm-token") || "";
}

// ---------------------------------------------------------------- the text

const PARTS = /(<!--[\s\S]*?(?:-->|$))|(<\/?)([\w:.-]+)|([\w:.-]+)(?=\s*=\s*["'])|("[^"<]*"|'[^'<]*')/g;

function paint() {
  const source = $("text").value;
  const marked = new Set(state.findings.map((finding) => finding.line));
  $("paint").replaceChildren(...source.split("\n").map((line, index) => el("span", { class: marked.has(index + 1) ? "line-error" : undefined }, `${line}\n`)));
  if (source.length < 200000) colour(source, marked);
  const count = source.split("\n").length;
  if ($("gutter").childElementCount !== count) $("gutter").replaceChildren(...Array.from({ length: count }, (_, index) => el("div", {}, String(index + 1))));
  [...$("gutter").children].forEach((line, index) => {
    const found = state.findings.filter((finding) => finding.line === index + 1);
    line.className = found.some((finding) => finding.kind === "error") ? "error" : found.length ? "warning" : "";
    line.title = found.map((finding) => finding.what).join("\n");
  });
  scrolled();
}

function colour(source, marked) {
  const spans = [];
  let at = 0;
  const plain = (until) => { if (until > at) spans.push(["", source.slice(at, until)]); at = until; };
  for (const found of source.matchAll(PARTS)) {
    plain(found.index);
    const [whole, note, bracket, name, key] = found;
    const kind = note ? "note" : bracket ? (name.startsWith("ddm:") ? "own" : "tag") : key ? (key.startsWith("ddm:") ? "own" : "key") : "string";
    spans.push([kind, whole]);
    at = found.index + whole.length;
  }
  plain(source.length);
  const lines = [[]];
  for (const [kind, piece] of spans) piece.split("\n").forEach((part, index) => {
    if (index) lines.push([]);
    if (part) lines.at(-1).push(kind ? el("span", { class: kind }, part) : part);
  });
  $("paint").replaceChildren(...lines.map((parts, index) => el("span", { class: marked.has(index + 1) ? "line-error" : undefined }, ...parts, "\n")));
}

function scrolled() {
  $("paint").scrollTop = $("gutter").scrollTop = $("text").scrollTop;
  $("paint").scrollLeft = $("text").scrollLeft;
}

function jump(line, column) {
  const lines = $("text").value.split("\n");
  const at = lines.slice(0, line - 1).reduce((total, one) => total + one.length + 1, 0) + Math.max(0, column - 1);
  $("text").focus();
  $("text").setSelectionRange(at, at);
  $("text").scrollTop = Math.max(0, (line - 8) * 20);
}

// "file:line:column" of the first, and further lines "file:line:column: error: what" in the detail
function findingsOf(refusal) {
  const place = /:(\d+):(\d+)$/.exec(refusal.where);
  const [first, ...more] = refusal.message.split("\n");
  const found = [{ kind: "error", line: place ? Number(place[1]) : 0, column: place ? Number(place[2]) : 0, what: first, mend: refusal.mend }];
  for (const line of more) {
    const parts = /^.*?:(\d+):(\d+): (error|warning): (.*)$/.exec(line);
    found.push(parts ? { kind: parts[3], line: Number(parts[1]), column: Number(parts[2]), what: parts[4], mend: "" } : { kind: "error", line: 0, column: 0, what: line, mend: "" });
  }
  return found;
}

function tell(findings) {
  state.findings = findings;
  $("findings").replaceChildren(...findings.map((one) => el("li", { class: one.kind }, el("button", { type: "button", onclick: () => one.line && jump(one.line, one.column) },
    el("b", {}, one.line ? `${one.line}:${one.column}` : one.kind), el("span", { dir: "auto" }, one.what), one.mend ? el("em", { dir: "auto" }, one.mend) : null))));
  paint();
}

// ---------------------------------------------------------------- previews

const cards = new Map(); // product and format -> its card, so that pictures stay while new ones come

function wanted() {
  const all = state.products.flatMap((product) => state.formats.map((format) => ({ product, format, key: JSON.stringify([product.id, format.id]) })));
  $("most").textContent = all.length > MOST ? `The first ${MOST} of ${all.length} previews are made: choose fewer to see the others.` : "";
  return all.slice(0, MOST);
}

const order = (product, format, type) => ({ text: $("text").value, product: product.id, format: format.id, name: state.template, type: type || (list(format.types).includes("jpg") ? "jpg" : text(list(format.types)[0]) || "jpg") });

function card({ product, format, key }) {
  const size = Number($("size").value);
  const scale = Math.min(1, (size * Math.sqrt(format.width / format.height)) / format.width, 1.6 * size / format.height);
  const found = cards.get(key) || el("button", { class: "preview", type: "button" }, el("span", { class: "picture" }, el("span", { class: "shown" }), guides(format)), el("span", { class: "caption" }, el("b", { dir: "auto" }, `${product.title}, ${format.id}`), el("span", { class: "ms" })));
  Object.assign(found.querySelector(".picture").style, { width: `${Math.max(90, format.width * scale)}px`, maxWidth: "100%", aspectRatio: `${format.width} / ${format.height}` });
  found.querySelector(".caption").style.width = `${Math.max(90, format.width * scale)}px`;
  found.onclick = () => { if (found.querySelector(".shown").childElementCount) detail(product, format, found); };
  cards.set(key, found);
  return found;
}

function arrange() {
  const orders = wanted();
  const keys = new Set(orders.map((one) => one.key));
  for (const [key, old] of cards) if (!keys.has(key)) { release(old); cards.delete(key); }
  $("previews").replaceChildren(...orders.map(card));
  if (!orders.length) $("previews").append(el("p", { class: "empty" }, "Choose a product and a format to see what this template makes of them."));
}

function release(node) {
  const image = node.querySelector("img");
  if (image) URL.revokeObjectURL(image.src);
}

function fill(node, content, kind, ms) {
  release(node);
  node.className = `preview ${kind}`;
  node.querySelector(".shown").replaceChildren(content);
  node.querySelector(".ms").textContent = ms ? `${ms.toFixed(0)} ms` : "";
}

let controller = new AbortController();
async function refresh() {
  controller.abort();
  controller = new AbortController();
  const { signal } = controller;
  const turn = ++state.turn;
  const source = $("text").value;
  const orders = wanted();
  const queue = [...orders];
  const times = [];
  let refused = 0, stopped = false;
  orders.forEach((one) => cards.get(one.key)?.classList.add("waiting"));
  status(orders.length ? `making ${orders.length}` : "");
  const work = async () => {
    for (let one; !stopped && (one = queue.shift()); ) {
      const node = cards.get(one.key);
      const start = performance.now();
      try {
        const response = await make({ ...order(one.product, one.format), text: source }, signal);
        const address = URL.createObjectURL(await response.blob());
        if (turn !== state.turn) return URL.revokeObjectURL(address);
        times.push(performance.now() - start);
        fill(node, el("img", { src: address, alt: `${one.product.title}, ${one.format.id}` }), "", times.at(-1));
        if (state.findings.length) tell([]);
      } catch (error) {
        if (turn !== state.turn || error.name === "AbortError") return;
        if (!(error instanceof Refusal)) { stopped = true; return status("the server does not answer", true); }
        if (error.status === 403) { stopped = true; return status(error.message, true); }
        if (error.status === 400) { stopped = true; tell(findingsOf(error)); return status(error.where ? "the template has mistakes" : "this cannot be made", true); }
        refused += 1;
        fill(node, el("p", { dir: "auto" }, error.message), "refused");
      }
      if (!stopped) status(`${orders.length - queue.length} of ${orders.length}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (turn !== state.turn) return;
  orders.forEach((one) => cards.get(one.key)?.classList.remove("waiting"));
  if (stopped || !orders.length) return;
  if (state.findings.length && refused) tell([]);
  times.sort((a, b) => a - b);
  status([times.length ? `${times.length} made, ${times[times.length >> 1].toFixed(0)} ms each` : "", refused ? `${refused} cannot be made` : ""].filter(Boolean).join(", "));
}

function status(message, bad = false) {
  $("status").textContent = message;
  $("status").classList.toggle("bad", bad);
}

let waiting;
function later() { clearTimeout(waiting); waiting = setTimeout(refresh, PAUSE); }

// ---------------------------------------------------------------- one creative, explained

async function detail(product, format, node) {
  const picture = node.querySelector("img");
  const size = `${format.width} × ${format.height} px`;
  const facts = el("aside", { class: "facts" }, el("h2", { dir: "auto" }, product.title), el("div", { class: "under" }, [format.id, size, text(format.publisher), text(format.kind)].filter(Boolean).join("  ·  ")));
  $("detail").classList.toggle("alone", !picture);
  $("detail").replaceChildren(...[picture ? el("div", { class: "stage" }, el("img", { src: picture.src, alt: "" })) : null, facts, el("button", { class: "close", type: "button", autofocus: true, "aria-label": "Close", onclick: () => $("detail").close() }, "×")].filter(Boolean));
  $("detail").showModal();
  try {
    facts.append(...explained(await (await make(order(product, format, "json"))).json()));
  } catch (error) {
    facts.append(el("ul", { class: "failures" }, el("li", { dir: "auto" }, error.message)), ...(error instanceof Refusal ? explained(error.problem) : []));
  }
}

function explained(found) {
  const misses = list(found.failures).map((one) => el("li", { dir: "auto" }, text(one)));
  const scores = entries(found.scores).map(([name, value]) => el("li", {}, name.replaceAll("_", " "), el("span", { class: "value" }, number(value))));
  return [
    ...(misses.length ? [el("ul", { class: "failures" }, ...misses)] : []),
    ...(scores.length ? [el("h3", {}, "Scores"), el("ul", { class: "plain" }, ...scores)] : []),
    ...objects(found), ...relations(found), ...tried(found), ...nearest(found),
    ...times(found, sum(entries(found.ms).map(([, value]) => Number(value) || 0))), ...values(found),
  ];
}

// ---------------------------------------------------------------- choices

// A list of things to choose from: those chosen first, then all that fit the search, under the headings of `groups`.
function picker(id, rows, { preset, labelled, groups = {}, found = () => null, change }) {
  const chosen = new Set(preset);
  const node = $(id);
  const parts = { find: node.querySelector(".find"), by: node.querySelector(".by"), all: node.querySelector(".all"), chosen: node.querySelector(".chosen"), count: node.querySelector(".count") };
  const known = () => [...rows, ...[...chosen].map((name) => rows.every((row) => row.id !== name) && found(name)).filter(Boolean)];
  const told = () => { keep(id, [...chosen]); change(known().filter((row) => chosen.has(row.id))); };
  const set = (names, on) => { names.forEach((name) => chosen[on ? "add" : "delete"](name)); draw(); told(); };
  const chip = (row) => el("label", { title: [row.name, row.width ? `${row.width} × ${row.height}` : "", row.id].filter(Boolean).join("\n") }, el("input", {
    type: "checkbox", value: row.id, checked: chosen.has(row.id), onchange: (event) => set([row.id], event.target.checked),
  }), el("span", { dir: "auto" }, labelled(row)));
  const group = (heading, members) => {
    const names = members.map((row) => row.id), all = names.every((name) => chosen.has(name));
    return el("section", {}, heading ? el("h4", {}, heading, el("button", { type: "button", onclick: () => set(names, !all) }, all ? "none" : "all")) : null, el("div", { class: "chips" }, ...members.map(chip)));
  };
  function draw() {
    const words = parts.find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = rows.filter((row) => words.every((word) => [row.id, row.title, row.name, row.publisher, row.kind, ...list(row.collections)].map(text).join(" ").toLowerCase().includes(word)));
    const extra = words.length === 1 ? found(words[0]) : null;
    const heading = groups[parts.by?.value] || (() => "");
    const sections = new Map();
    for (const row of fitting) sections.set(heading(row), [...(sections.get(heading(row)) || []), row]);
    const ordered = [...sections].sort(([one], [other]) => one.localeCompare(other));
    parts.all.replaceChildren(...(extra ? [group("Size", [extra])] : []), ...ordered.map(([name, members]) => group(name, members)));
    if (!fitting.length && !extra) parts.all.append(el("p", { class: "none" }, "Nothing fits."));
    parts.chosen.replaceChildren(...known().filter((row) => chosen.has(row.id)).map((row) => el("button", { type: "button", title: "Leave out", onclick: () => set([row.id], false) }, el("span", { dir: "auto" }, labelled(row)), " ×")));
    parts.count.textContent = `${chosen.size} of ${rows.length}`;
  }
  parts.find.addEventListener("input", draw);
  parts.find.addEventListener("keydown", (event) => {
    const first = parts.all.querySelector("input");
    if (event.key === "Enter" && first) { event.preventDefault(); set([first.value], true); }
  });
  parts.by?.addEventListener("change", draw);
  node.querySelector(".preset")?.addEventListener("click", () => { chosen.clear(); set(node.id === "formats" ? core(rows) : rows.slice(0, 3).map((row) => row.id), true); });
  draw();
  told();
}
const core = (rows) => rows.filter((row) => list(row.collections).includes("core")).map((row) => row.id);

// A size that is no format: the server refuses those that are too large.
function sized(name) {
  const size = /^([1-9]\d{1,3})x([1-9]\d{1,3})$/.exec(name);
  return size ? { id: name, name: `${size[1]} × ${size[2]} px`, width: Number(size[1]), height: Number(size[2]), types: ["jpg"] } : null;
}
const keep = (name, value) => localStorage.setItem(`ddm-${name}`, JSON.stringify(value));
function kept(name, rows, otherwise, found = () => null) {
  let ids = null;
  try { ids = JSON.parse(localStorage.getItem(`ddm-${name}`)); } catch { /* what cannot be read is as good as nothing */ }
  const known = list(ids).filter((id) => rows.some((row) => row.id === id) || found(id));
  return known.length ? known : otherwise;
}

async function load(id) {
  state.template = id;
  state.saved = await (await ask(`/v1/templates/${encodeURIComponent(id)}.svg`)).text();
  $("text").value = localStorage.getItem(`ddm-draft-${id}`) ?? state.saved;
  keep("template", [id]);
  tell([]);
  changed();
  refresh();
}

function changed() {
  const differs = $("text").value !== state.saved;
  $("changed").hidden = $("revert").hidden = !differs;
  const key = `ddm-draft-${state.template}`;
  if (differs) localStorage.setItem(key, $("text").value); else localStorage.removeItem(key);
}

function reference({ operations, attributes }) {
  const all = [
    ...list(operations).map((row) => ({ name: `ddm:${row.name}`, aside: list(row.on).join(", "), meaning: row.meaning, parameters: list(row.parameters) })),
    ...list(attributes).map((row) => ({ name: row.name, aside: row.kind + (list(row.choices).length ? `: ${row.choices.join(", ")}` : ""), meaning: row.meaning, parameters: [] })),
  ];
  const show = () => {
    const words = $("look").value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = all.filter((row) => words.every((word) => `${row.name} ${row.meaning} ${row.aside}`.toLowerCase().includes(word)));
    $("entries").replaceChildren(...found.flatMap((row) => [el("dt", {}, row.name, " ", el("small", {}, row.aside)), el("dd", {}, row.meaning), ...row.parameters.map((one) => el("dd", {}, el("code", {}, one.name + (one.default ? `="${one.default}"` : "")), ` ${one.meaning}${list(one.choices).length ? ` (${one.choices.join(", ")})` : ""}`))]));
  };
  $("look").addEventListener("input", show);
  show();
}

// ---------------------------------------------------------------- hands

$("text").addEventListener("input", () => { state.findings = []; $("findings").replaceChildren(); paint(); changed(); later(); });
$("text").addEventListener("scroll", scrolled);
$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); clearTimeout(waiting); refresh(); }
  if (event.key === "Tab" && !event.shiftKey && !event.ctrlKey && !event.altKey) { event.preventDefault(); document.execCommand("insertText", false, "  "); } // keeps undo
  if (event.key === "Escape") $("template").focus(); // the way out for those who move by keyboard
});
$("gutter").addEventListener("click", (event) => {
  const line = [...$("gutter").children].indexOf(event.target) + 1;
  const found = state.findings.find((finding) => finding.line === line);
  if (line) jump(line, found ? found.column : 1);
});
$("template").addEventListener("change", () => load($("template").value).catch((error) => status(error.message, true)));
$("revert").addEventListener("click", () => { $("text").focus(); $("text").select(); document.execCommand("insertText", false, state.saved); });
$("download").addEventListener("click", () => {
  const link = el("a", { href: URL.createObjectURL(new Blob([$("text").value], { type: "image/svg+xml" })), download: `${state.template || "template"}.svg` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});
$("size").addEventListener("input", () => { keep("size", Number($("size").value)); arrange(); });
$("divide").addEventListener("pointerdown", (event) => {
  $("divide").setPointerCapture(event.pointerId);
  $("divide").onpointermove = (move) => divide((100 * move.clientX) / innerWidth);
  $("divide").onpointerup = () => { $("divide").onpointermove = null; };
});
$("divide").addEventListener("keydown", (event) => {
  const by = { ArrowLeft: -2, ArrowRight: 2 }[event.key];
  if (by) divide(parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--editor")) + by);
});
const divide = (percent) => document.documentElement.style.setProperty("--editor", `${Math.min(80, Math.max(20, percent))}%`);
$("detail").addEventListener("click", (event) => { if (event.target === $("detail")) $("detail").close(); });

const SHAPES = [[0.45, "1 Towers"], [0.9, "2 Upright"], [1.12, "3 Square"], [2.2, "4 Landscape"], [Infinity, "5 Banners"]]; // widest ratio, name
$("guides").addEventListener("change", () => { document.body.classList.toggle("guided", $("guides").checked); keep("guides", $("guides").checked); });

async function start() {
  state.token = findToken();
  const [templates, products, formats, language] = await Promise.all(["/v1/templates", "/v1/products", "/v1/formats", "/v1/language"].map(askJson));
  reference(language);
  $("template").replaceChildren(...templates.map((row) => el("option", { value: row.id }, row.title || row.id)));
  $("guides").checked = localStorage.getItem("ddm-guides") === "true";
  document.body.classList.toggle("guided", $("guides").checked);
  $("size").value = Number(localStorage.getItem("ddm-size")) || 250;
  let ready = false;
  const choose = (name) => (rows) => { state[name] = rows; arrange(); if (ready) refresh(); };
  picker("products", products, { preset: kept("products", products, products.slice(0, 3).map((row) => row.id)), labelled: (row) => row.title || row.id, change: choose("products") });
  picker("formats", formats, {
    preset: kept("formats", formats, core(formats), sized), labelled: (row) => row.id, found: sized, change: choose("formats"),
    groups: { publisher: (row) => text(row.publisher) || "Others", kind: (row) => text(row.kind), ratio: (row) => SHAPES.find(([most]) => row.width / row.height <= most)[1] },
  });
  ready = true;
  if (!templates.length) return status("there are no templates", true);
  const [id] = kept("template", templates, [templates[0].id]);
  $("template").value = id;
  await load(id);
}
start().catch((error) => status(error.message, true));
