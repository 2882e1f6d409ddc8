// Reads models with dmn-moddle, the reader of dmn-js, and looks at their diagrams: everything that is drawn has a shape
// or a line; shapes stand apart; lines run from border to border and cross no shape.   node read_models.mjs MODEL.dmn…
import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { DmnModdle } from "dmn-moddle";

const DRAWN = ["dmn:Decision", "dmn:InputData", "dmn:BusinessKnowledgeModel", "dmn:KnowledgeSource"];
const REQUIREMENTS = ["informationRequirement", "knowledgeRequirement", "authorityRequirement"];
const ENDS = ["requiredInput", "requiredDecision", "requiredKnowledge", "requiredAuthority"];
const APART = 8; // pixels between two shapes
const TOUCHES = 3; // pixels, for coordinates are rounded

const target = (requirement) => ENDS.map((end) => requirement[end]?.href).find(Boolean) ?? "";

const overlap = (a, b, margin) =>
  a.x < b.x + b.width + margin && b.x < a.x + a.width + margin &&
  a.y < b.y + b.height + margin && b.y < a.y + a.height + margin;

function distance({ x, y }, box) {
  const dx = Math.max(box.x - x, 0, x - box.x - box.width);
  const dy = Math.max(box.y - y, 0, y - box.y - box.height);
  return Math.hypot(dx, dy);
}

// Whether a segment enters a box (Liang and Barsky): the part of it that lies in every half-plane of the box.
function crosses(from, to, box) {
  let first = 0;
  let last = 1;
  const steps = [
    [from.x - to.x, from.x - box.x - 1], [to.x - from.x, box.x + box.width - 1 - from.x],
    [from.y - to.y, from.y - box.y - 1], [to.y - from.y, box.y + box.height - 1 - from.y],
  ];
  for (const [slope, room] of steps) {
    if (slope === 0 && room < 0) return false;
    if (slope < 0) first = Math.max(first, room / slope);
    if (slope > 0) last = Math.min(last, room / slope);
  }
  return first < last;
}

function diagramFaults(model) {
  const faults = [];
  const boxes = new Map();
  const lines = new Map();
  if (model.dmnDI?.diagrams?.length !== 1) faults.push("one diagram is wanted: dmn-js shows no other");
  for (const element of model.dmnDI?.diagrams?.[0]?.diagramElements ?? []) {
    const of = element.dmnElementRef?.id;
    if (of === undefined) faults.push(`${element.id} draws what the model lacks`);
    else if (boxes.has(of) || lines.has(of)) faults.push(`${of} is drawn twice`);
    else if (element.$type === "dmndi:DMNShape") boxes.set(of, element.bounds);
    else lines.set(of, element.waypoint ?? []);
  }
  for (const element of model.drgElement) {
    if (!DRAWN.includes(element.$type)) continue;
    if (!boxes.has(element.id)) faults.push(`${element.$type} ${element.id} has no shape`);
    for (const requirement of REQUIREMENTS.flatMap((kind) => element[kind] ?? [])) {
      const [other, id] = target(requirement).split("#");
      if (other) continue; // of another model: dmn-js cannot draw it
      const points = lines.get(requirement.id);
      if (points === undefined || points.length < 2) {
        faults.push(`requirement ${requirement.id} of ${element.id} has no line`);
        continue;
      }
      for (const [end, point] of [[id, points[0]], [element.id, points.at(-1)]])
        if (boxes.has(end) && distance(point, boxes.get(end)) > TOUCHES)
          faults.push(`the line ${requirement.id} does not reach ${end}`);
      for (const [name, box] of boxes)
        if (name !== id && name !== element.id && points.slice(1).some((to, i) => crosses(points[i], to, box)))
          faults.push(`the line ${requirement.id} crosses ${name}`);
    }
  }
  const placed = [...boxes];
  placed.forEach(([name, box], index) => {
    for (const [other, its] of placed.slice(index + 1))
      if (overlap(box, its, APART)) faults.push(`${name} and ${other} overlap or touch`);
  });
  return faults;
}

let passed = 0;
let failed = 0;
function count(name, faults) {
  for (const fault of faults) console.log(`${name}: ${fault}`);
  faults.length === 0 ? passed++ : failed++;
}

for (const file of process.argv.slice(2)) {
  const name = `${basename(dirname(file))}/${basename(file)}`;
  try {
    const { rootElement, warnings } = await new DmnModdle().fromXML(readFileSync(file, "utf-8"), "dmn:Definitions");
    const faults = warnings.map((warning) => warning.message);
    if ((rootElement.drgElement ?? []).length === 0) faults.push("nothing was read");
    count(name, faults);
    if (rootElement.drgElement) count(`${name}, diagram`, diagramFaults(rootElement));
  } catch (error) {
    count(name, [error.message, ...(error.warnings ?? []).map((warning) => warning.message)]);
  }
}
if (passed + failed === 0) count("read", ["no model was given"]);
console.log(`read: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
