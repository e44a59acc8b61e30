// Why a creative is as it is, as elements: shared by the gallery and the studio.
const STAGES = ["#5b8c7b", "#c08a3e", "#7b86b8", "#b0645a", "#8a7aa0", "#6f9a4d", "#a89f91"];

const text = (value) => (value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));
const list = (value) => (Array.isArray(value) ? value : []);
const entries = (value) => (value && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : []);
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const plural = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

function table(heads, rows, name) {
  const cell = (tag, value) => typeof value === "string" ? el(tag, { class: value.startsWith(">") ? "n" : undefined, dir: tag === "td" ? "auto" : undefined }, value.replace(/^>/, "")) : value;
  return el("table", { class: name }, el("thead", {}, el("tr", {}, ...heads.map((head) => cell("th", head)))), el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map((value) => cell("td", value))))));
}

const option = (other) => (other && typeof other === "object" && "option" in other ? `${text(other.option)}${typeof other.cost === "number" ? `, cost ${other.cost}` : ""}` : text(other));
const short = (material) => el("code", { title: text(material) }, text(material).slice(0, 10));
const number = (value, digits = 3) => (typeof value === "number" ? value.toFixed(digits) : text(value));

function objects(row) {
  const found = entries(row.objects).filter(([, one]) => one && typeof one === "object");
  return found.length ? [el("h3", {}, "Chosen material"), ...found.map(([name, one]) => el("div", { class: "object" },
    el("b", {}, name), " ", one.material ? short(one.material) : null,
    typeof one.score === "number" ? el("code", {}, `  ${one.score.toFixed(3)}${one.of ? ` of ${plural(Number(one.of), "candidate")}` : ""}`) : null,
    one.text ? el("div", { class: "words", dir: "auto" }, text(one.text)) : one.material ? null : el("div", { class: "words" }, "left out"),
    one.source ? el("div", {}, el("code", {}, text(one.source))) : null,
    list(one.why).length ? el("ul", {}, ...list(one.why).map((why) => el("li", { dir: "auto" }, text(why)))) : null,
    list(one.runners_up).length ? el("details", {}, el("summary", {}, `${plural(list(one.runners_up).length, "runner")}-up`), el("ul", {}, ...list(one.runners_up).map((other) => el("li", {}, short(other.material), `  ${number(other.score)}`)))) : null,
    list(one.shorter).length ? el("details", {}, el("summary", {}, plural(list(one.shorter).length, "shorter wording")), el("ul", {}, ...list(one.shorter).map((other) => el("li", { dir: "auto" }, text(other))))) : null,
    removals(one)))] : [];
}

function removals(one) {
  if (!entries(one.removed).length) return null;
  return el("details", {}, el("summary", {}, `${sum(entries(one.removed).map(([, count]) => Number(count) || 0))} removed by conditions`), el("ul", {}, ...entries(one.removed).map(([condition, count]) => el("li", {}, `${text(count)} by `, el("code", {}, condition)))));
}

function relations(row) {
  const counts = entries(row.counts).map(([name, count]) => el("li", {}, `${text(count)} of `, el("code", {}, name)));
  const gone = list(row.gone).map((layer) => el("li", {}, "without ", el("code", {}, `#${text(layer)}`), ", by a fallback"));
  const found = list(row.relations).map((one) => el("li", {}, el("code", {}, text(one.object)), ` ${text(one.relation)} `, el("code", {}, text(one.other)), el("span", { class: "value" }, number(one.value, 2))));
  return found.length + counts.length + gone.length ? [el("h3", {}, "Relations and counts"), el("ul", { class: "plain" }, ...found, ...counts, ...gone)] : [];
}

function tried(row) {
  const found = list(row.tried);
  if (!found.length) return [];
  const balances = found.map((one) => one.balance).filter((value) => typeof value === "number");
  return [el("h3", {}, `${plural(found.length, "binding")} tried`), ...found.map((one) => el("div", { class: `attempt${one.refused ? " refused" : one.balance === Math.min(...balances) ? " won" : ""}` },
    el("div", {}, ...entries(one.materials).flatMap(([name, material]) => [`${name} `, short(material), "  "]), entries(one.materials).length ? null : "no pictures"),
    one.refused ? el("div", { class: "words", dir: "auto" }, text(one.refused)) : el("div", { class: "under" }, `cost ${number(one.cost)}, score ${number(one.score)}`)))];
}

function nearest(row) {
  return entries(row.candidates).filter(([, one]) => one && typeof one === "object").flatMap(([name, one]) => [
    el("h3", {}, `${name}: ${text(one.fitting)} of ${plural(Number(one.of), "candidate")} ${Number(one.fitting) === 1 ? "fits" : "fit"}`),
    el("div", { class: "object" }, one.where ? el("code", {}, text(one.where)) : null, removals(one),
      list(one.nearest).length ? el("ul", {}, ...list(one.nearest).map((miss) => el("li", {}, "nearest ", short(miss.material), ": ", list(miss.failed).map((failed) => `${text(failed.condition)}, but ${text(failed.instead)}`).join("; ")))) : null)]);
}

function times(row, total) {
  const found = entries(row.ms).filter(([, value]) => Number(value) > 0);
  if (!found.length) return [];
  const colour = (index) => STAGES[index % STAGES.length];
  return [el("h3", {}, `Time, ${total.toFixed(1)} ms`),
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

// What the host covers, and where its margins end, over a picture of the format.
function guides(format) {
  const part = (box) => ({ left: `${(100 * box.x) / format.width}%`, top: `${(100 * box.y) / format.height}%`, width: `${(100 * box.width) / format.width}%`, height: `${(100 * box.height) / format.height}%` });
  const [left, top, right, bottom] = list(format.safe).length === 4 ? format.safe : [0, 0, 0, 0];
  return el("span", { class: "guides", "aria-hidden": "true" },
    el("i", { class: "margin", style: part({ x: left, y: top, width: format.width - left - right, height: format.height - top - bottom }) }),
    ...list(format.reserved).map((box) => el("i", { class: "host", title: text(box.reason), style: part(box) })));
}
