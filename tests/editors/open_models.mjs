// Opens models in dmn-js's modeler, in headless Chromium: the import, the diagram, and the view of each decision, all
// without an error or a warning; names stand whole in their shapes. A picture of each diagram is left for people.
//   node open_models.mjs FOLDER_OF_PICTURES MODEL.dmn…
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join } from "node:path";
import { chromium } from "playwright-core";

const [pictures, ...files] = process.argv.slice(2);
const browser = process.env.CHROMIUM ?? "/usr/bin/chromium";
if (!existsSync(browser)) {
  console.log(`skipped: the models are not opened in dmn-js, for want of ${browser} (Debian's package chromium)`);
  console.log(`open: 0 passed, 0 failed, ${files.length} skipped`);
  process.exit(0);
}

// What the browser asks for is dmn-js's distribution, and nothing from elsewhere.
const distribution = join(dirname(createRequire(import.meta.url).resolve("dmn-js/package.json")), "dist");
const STYLES = [
  "diagram-js", "dmn-js-shared", "dmn-js-drd", "dmn-js-decision-table", "dmn-js-decision-table-controls",
  "dmn-js-literal-expression", "dmn-js-boxed-expression", "dmn-js-boxed-expression-controls", "dmn-font/css/dmn-embedded",
];
const PAGE = `<!doctype html><html lang="fr"><meta charset="utf-8"><title>dmn-js</title><link rel="icon" href="data:,">
${STYLES.map((style) => `<link rel="stylesheet" href="/assets/${style}.css">`).join("\n")}
<style>html, body, #modeler { height: 100%; margin: 0 }</style>
<div id="modeler"></div><script src="/dmn-modeler.production.min.js"></script></html>`;
const TYPES = { ".css": "text/css", ".js": "text/javascript" };

const server = createServer(({ url }, response) => {
  const path = join(distribution, new URL(url, "http://localhost").pathname);
  if (url === "/") response.setHeader("content-type", "text/html").end(PAGE);
  else if (existsSync(path))
    response.setHeader("content-type", TYPES[extname(path)] ?? "application/octet-stream").end(readFileSync(path));
  else response.writeHead(404).end();
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));

// In the page. A diagram that is opened a second time warns of its own shapes, so each view is opened once, the diagram
// last: it is then what the picture shows.
async function openAll(xml) {
  const faults = [];
  window.opened?.destroy();
  const modeler = (window.opened = new window.DmnJS({ container: "#modeler" }));
  const note = (where, warnings) => faults.push(...warnings.map((one) => `${where}: ${one.message ?? one}`));
  try {
    note("import", (await modeler.importXML(xml, { open: false })).warnings);
  } catch (error) {
    note("import", [error, ...(error.warnings ?? [])]);
    return { faults, views: 0 };
  }
  const views = [...modeler.getViews()].sort((a, b) => (a.type === "drd") - (b.type === "drd"));
  if (views.at(-1)?.type !== "drd") return { faults: [...faults, "dmn-js shows no diagram"], views: 0 };
  for (const view of views) {
    try {
      note(`${view.type} ${view.id}`, (await modeler.open(view)).warnings);
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    } catch (error) {
      note(`${view.type} ${view.id}`, [error, ...(error.warnings ?? [])]);
    }
  }
  const viewer = modeler.getActiveViewer();
  const registry = viewer.get("elementRegistry");
  for (const shape of registry.filter((one) => one.width !== undefined && one.businessObject?.name && one.parent)) {
    const text = registry.getGraphics(shape).querySelector("text");
    const lines = [...(text?.querySelectorAll("tspan") ?? [])].map((line) => line.textContent.trim());
    const box = text?.getBBox();
    if (!text) faults.push(`${shape.id} shows no name`);
    else if (box.x < 0 || box.y < 0 || box.x + box.width > shape.width || box.y + box.height > shape.height)
      faults.push(`the name of ${shape.id} leaves its shape`);
    else if (lines.join(" ") !== shape.businessObject.name.trim().replace(/\s+/g, " "))
      faults.push(`the name of ${shape.id} is broken or cut: ${lines.join(" | ")}`);
  }
  const canvas = viewer.get("canvas"); // moved so that the palette hides nothing in the picture
  const { x, y, width, height } = canvas.viewbox().inner;
  const scale = Math.max(width / (innerWidth - 260), height / (innerHeight - 60));
  canvas.viewbox({ x: x - 200 * scale, y: y - 30 * scale, width: innerWidth * scale, height: innerHeight * scale });
  return { faults, views: views.length };
}

let passed = 0;
let failed = 0;
const profile = mkdtempSync(join(tmpdir(), "spie-editors-"));
mkdirSync(pictures, { recursive: true });
let context;
try {
  context = await chromium.launchPersistentContext(profile, {
    executablePath: browser,
    headless: true,
    viewport: { width: 2400, height: 1500 },
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });
  const page = await context.newPage();
  let faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("requestfailed", (request) => faults.push(`${request.url()} was not had`));
  page.on("console", (message) => {
    // dmn-js is distributed with the development build of a library that says so.
    if (["error", "warning"].includes(message.type()) && !message.text().includes("development build of Inferno"))
      faults.push(`console: ${message.text()}`);
  });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  for (const file of files) {
    const name = `${basename(dirname(file))}/${basename(file)}`;
    const opened = await page.evaluate(openAll, readFileSync(file, "utf-8"));
    await page.screenshot({ path: join(pictures, `${basename(file, ".dmn")}.png`) });
    faults.push(...opened.faults);
    for (const fault of faults) console.log(`${name}: ${fault}`);
    if (faults.length === 0) console.log(`${name}: ${opened.views} views opened`);
    faults.length === 0 ? passed++ : failed++;
    faults = [];
  }
} catch (error) {
  console.log(error.message);
  failed++;
} finally {
  await context?.close();
  server.close();
  rmSync(profile, { recursive: true, force: true });
}
console.log(`open: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
