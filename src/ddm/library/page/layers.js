// What was perceived, drawn over a picture.
function drawing(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

const per = (part) => `${(100 * part).toFixed(3)}%`;
const spot = ([x, y, width, height]) => ({ left: per(x), top: per(y), width: per(width), height: per(height) });
const image = (row, name, title) => (row.files[name] ? el("img", { src: row.files[name], alt: title, class: `over ${name}`, draggable: "false" }) : null);
const score = (value) => (typeof value === "number" ? value.toFixed(2).replace(/^0/, "") : "");
const colour = (hex) => (/^#[0-9a-f]{6}$/i.test(hex) ? hex : "transparent");

function boxes(row, kinds) {
  const found = row.elements.filter((one) => kinds.includes(one.kind));
  return found.map((one) => el("div", { class: `box ${one.kind}${one.box[1] < 0.05 ? " low" : ""}`, style: spot(one.box), title: `${one.kind} ${one.label} ${score(one.score)}` },
    el("span", { dir: "auto" }, one.kind === "text" ? one.label : `${one.kind}${one.label ? `: ${one.label}` : ""}`, el("i", {}, ` ${score(one.score)}`))));
}

function bars(swatches) {
  return el("span", { class: "swatches" }, ...swatches.map(([weight, hex]) => el("i", { style: { flex: `${100 * weight} 0 0`, background: colour(hex) }, title: `${hex} ${(100 * weight).toFixed(0)} %` })));
}

function regions(row, names, label) {
  return names.filter((name) => row.places[name]).map((name) => el("div", { class: `region ${name}`, style: spot(row.places[name]) },
    row.palettes[name]?.length ? bars(row.palettes[name]) : null, label(name)));
}

// An arrow from where the light comes; it fades as the light is soft, and is broken where nobody can be sure.
function light(row) {
  const { "light.direction": direction, "light.softness": softness, "light.sure": sure } = row.values;
  if (typeof direction !== "number") return [el("p", { class: "note" }, "The direction of light is not known.")];
  const turn = direction * Math.PI / 180, [x, y] = [Math.sin(turn), -Math.cos(turn)];
  const line = { x1: 50 + 44 * x, y1: 50 + 44 * y, x2: 50 + 15 * x, y2: 50 + 15 * y };
  const tip = [[0, 0], [6, 2.8], [6, -2.8]].map(([back, side]) => `${line.x2 + back * x - side * y},${line.y2 + back * y + side * x}`).join(" ");
  const art = drawing("svg", { viewBox: "0 0 100 100", class: "over arrow", role: "img", "aria-label": `Light from ${direction.toFixed(0)} degrees` },
    drawing("circle", { cx: line.x1, cy: line.y1, r: 3 + 7 * (softness ?? 0.5), class: "glow" }), drawing("circle", { cx: line.x1, cy: line.y1, r: 2.6, class: "lamp" }),
    drawing("line", { ...line, class: sure < 0.5 ? "ray unsure" : "ray" }), drawing("polygon", { points: tip, class: "tip" }));
  const words = [`${direction.toFixed(0)}°`, typeof softness === "number" ? `softness ${score(softness)}` : "", typeof sure === "number" ? `sure ${score(sure)}` : ""];
  return [art, el("p", { class: "note" }, `Light from ${words.filter(Boolean).join(", ")}`)];
}

function sides(row) {
  return regions(row, ["left", "top", "right", "bottom"], (side) => el("b", {}, row.values[`border.${side}`] ?? "unknown"));
}

function subject(row) {
  const [left, top, right, bottom] = ["left", "top", "right", "bottom"].map((side) => row.values[`subject.${side}`]);
  const { "subject.x": x, "subject.y": y, "matte.quality": quality } = row.values;
  return [image(row, "matte", "The subject's matte"),
    [left, top, right, bottom].every((edge) => typeof edge === "number") ? el("div", { class: "box subject", style: spot([left, top, right - left, bottom - top]) }, el("span", {}, "subject", el("i", {}, ` ${score(quality)}`))) : null,
    typeof x === "number" && typeof y === "number" ? el("div", { class: "mass", title: "Centre of mass", style: { left: per(x), top: per(y) } }) : null];
}

// Every layer: its name, the key that switches it, what it draws, and whether it is on at first.
const LAYERS = [
  { name: "Elements", draw: (row) => boxes(row, ["object", "person", "face", "logo"]), on: true },
  { name: "Text", draw: (row) => boxes(row, ["text"]), on: true },
  { name: "Matte", draw: subject },
  { name: "Cut-out", draw: (row) => [image(row, "cutout", "The subject alone") ?? el("p", { class: "note" }, "There is no cut-out.")], alone: true },
  { name: "Saliency", draw: (row) => [image(row, "saliency", "What draws the eye")] },
  { name: "Calm", draw: (row) => [image(row, "calm", "Where it is calm"), row.calm[2] * row.calm[3] > 0 ? el("div", { class: "box largest", style: spot(row.calm) }, el("span", {}, `largest calm ${(100 * row.calm[2] * row.calm[3]).toFixed(0)} %`)) : el("p", { class: "note" }, "Nothing is calm.")] },
  { name: "Grid", draw: (row) => regions(row, Array.from({ length: 9 }, (_, k) => `grid-${k + 1}`), () => null) },
  { name: "Borders", draw: sides },
  { name: "Light", draw: light },
];
