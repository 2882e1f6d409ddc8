// Opens each page in headless Chromium, on a telephone's width and on a screen's: axe-core finds no fault, and nothing is
// wider than the window. The pictures go beside the pages.
//
//     node check_pages.mjs FOLDER FILE.html…      (node_modules/ is looked for beside this file)
import { readFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const files = process.argv.slice(2);
const browser = process.env.CHROMIUM ?? "/usr/bin/chromium";
if (!existsSync(browser)) {
  console.log(`skipped: no page is opened, for want of ${browser} (Debian's package chromium)`);
  console.log(`pages: 0 passed, 0 failed, ${files.length} skipped`);
  process.exit(0);
}
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");

// What is wider than the window, if anything is: its own scrolling apart.
function tooWide() {
  const excess = document.documentElement.scrollWidth - innerWidth;
  if (excess <= 0) return [];
  const widest = [...document.querySelectorAll("body *")].find((one) => one.getBoundingClientRect().right > innerWidth + 1);
  return [`${excess} px wider than the window, from <${widest?.tagName.toLowerCase()} class="${widest?.className}">`];
}

// Words that stand one letter under another.
function tooNarrow() {
  const found = [...document.querySelectorAll("body *")].find((one) => {
    const said = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim().length > 12);
    const { width, height } = one.getBoundingClientRect();
    return said && width > 1 && width < 40 && height > 8 * width;
  });
  return found ? [`words one letter wide: ${found.outerHTML.slice(0, 80)}`] : [];
}

// A heading of a table that does not say what it heads.
function headings() {
  const unsaid = [...document.querySelectorAll("th:not([scope])")];
  return unsaid.length === 0 ? [] : [`${unsaid.length} <th> without scope: ${unsaid[0].outerHTML.slice(0, 80)}`];
}

// A CV is handed over on two sheets at most.
async function sheets(page) {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const count = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  return count === 1 || count === 2 ? [] : [`printed, it takes ${count} sheets`];
}

let passed = 0;
let failed = 0;
const profile = mkdtempSync(join(tmpdir(), "spie-pages-"));
let context;
try {
  context = await chromium.launchPersistentContext(profile, {
    executablePath: browser,
    headless: true,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });
  const page = await context.newPage();
  for (const file of files) {
    const faults = [];
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(pathToFileURL(resolve(file)).href);
      faults.push(...(await page.evaluate(tooWide)).map((fault) => `at ${width} px, ${fault}`));
      if (width === 360) faults.push(...(await page.evaluate(headings)), ...(await page.evaluate(tooNarrow)));
      await page.screenshot({ path: file.replace(/\.html$/, `-${width}.png`), fullPage: true });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run());
      for (const { id, help, nodes } of violations)
        faults.push(`at ${width} px, ${id}: ${help}: ${nodes.length} × ${nodes[0].html.slice(0, 160)}`);
    }
    if (/\bcv\b/.test(basename(file))) faults.push(...(await sheets(page)));
    for (const fault of faults) console.log(`${basename(file)}: ${fault}`);
    if (faults.length === 0) console.log(`${basename(file)}: no fault`);
    faults.length === 0 ? passed++ : failed++;
  }
} catch (error) {
  console.log(error.message);
  failed++;
} finally {
  await context?.close();
  rmSync(profile, { recursive: true, force: true });
}
console.log(`pages: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
