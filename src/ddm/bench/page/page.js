const { title, cases } = JSON.parse(document.getElementById("told").textContent);
const $ = (id) => document.getElementById(id);
const names = [...new Set(cases.flatMap((one) => Object.keys(one.figures)))];
let turned = false, open = null, at = 0;

const written = (value) => (Number.isInteger(value) ? String(value) : value.toPrecision(3));

function sorted() {
  const name = $("sort").value, way = turned ? -1 : 1;
  if (!name) return turned ? [...cases].reverse() : cases;
  const value = (one) => one.figures[name] ?? -Infinity; // what was not measured comes last
  return [...cases].sort((one, other) => way * (value(other) - value(one)));
}

function row(one) {
  const told = names.filter((name) => name in one.figures).map((name) => el("span", {}, `${name} ${written(one.figures[name])}`));
  const ways = one.pictures.map((shown, index) =>
    el("figure", {},
      el("button", { type: "button", "aria-label": `${one.name}, ${shown.way}, larger`, onclick: () => enlarge(one, index) },
        el("img", { src: shown.file, width: shown.width, height: shown.height, alt: `${one.name}, ${shown.way}`, loading: "lazy" })),
      el("figcaption", {}, shown.way)));
  return el("section", {}, el("div", { class: "told" }, el("h2", {}, one.name), ...told), one.remark ? el("p", { class: "told" }, one.remark) : "", el("div", { class: "ways" }, ...ways));
}

function enlarge(one, index) {
  [open, at] = [one, (index + one.pictures.length) % one.pictures.length];
  const shown = one.pictures[at];
  $("large").src = shown.file;
  $("large").alt = `${one.name}, ${shown.way}`;
  $("way").textContent = shown.way;
  $("of").textContent = one.name;
  if (!$("detail").open) $("detail").showModal();
}

function lay() { $("main").replaceChildren(...sorted().map(row)); }

document.title = $("title").textContent = title;
$("summary").textContent = `${cases.length} pictures; choose one to see the ways in the same place`;
$("sort").append(el("option", { value: "" }, "as measured"), ...names.map((name) => el("option", { value: name }, name)));
$("sort").addEventListener("change", lay);
$("turn").addEventListener("click", () => { turned = !turned; $("turn").setAttribute("aria-pressed", turned); $("turn").textContent = turned ? "↑" : "↓"; lay(); });
$("detail").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step) { event.preventDefault(); enlarge(open, at + step); }
});
lay();
