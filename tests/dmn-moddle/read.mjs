// Reads every model of packs/ with the reader of dmn-js: no warning, a diagram, and a shape for each element that dmn-js
// would draw.  node read.mjs PACKS_FOLDER
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DmnModdle } from "dmn-moddle";

const folder = process.argv[2];
const drawn = ["dmn:Decision", "dmn:InputData", "dmn:BusinessKnowledgeModel", "dmn:KnowledgeSource"];
let passed = 0;
let failed = 0;

for (const pack of readdirSync(folder).sort()) {
  for (const file of readdirSync(join(folder, pack)).filter((name) => name.endsWith(".dmn")).sort()) {
    const faults = [];
    try {
      const { rootElement, warnings, references } = await new DmnModdle().fromXML(
        readFileSync(join(folder, pack, file), "utf-8"), "dmn:Definitions");
      faults.push(...warnings.map((warning) => warning.message));
      const shapes = new Set();
      for (const diagram of rootElement.dmnDI?.diagrams ?? [])
        for (const element of diagram.diagramElements ?? [])
          shapes.add(references.find((one) => one.element === element && one.property.endsWith("dmnElementRef"))?.id);
      for (const element of rootElement.drgElement ?? [])
        if (drawn.includes(element.$type) && !shapes.has(element.id))
          faults.push(`${element.$type} ${element.id} has no shape`);
      if ((rootElement.drgElement ?? []).length === 0) faults.push("nothing was read");
    } catch (error) {
      faults.push(error.message);
    }
    for (const fault of faults) console.log(`${pack}/${file}: ${fault}`);
    faults.length === 0 ? passed++ : failed++;
  }
}
console.log(`dmn-moddle: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
