// feelin behind JSON lines: {"expression": text, "context": {}} a line, {"value": typed JSON, "error": bool, "messages": []}
// the answer; the values are those of values.py.
import { createInterface } from 'node:readline';
import { evaluate } from 'feelin';

const TEMPORAL = { FeelDate: 'date', FeelTime: 'time', FeelDateTime: 'dt' };

function encode(value) {
  if (value === null || value === undefined || typeof value === 'boolean' || typeof value === 'string') return value ?? null;
  if (typeof value === 'number') return Number.isFinite(value) ? { n: String(value) } : { other: String(value) };
  if (typeof value === 'function') return { fn: value.name };
  if (Array.isArray(value)) return value.map(encode);
  const kind = value.constructor?.name;
  if (kind in TEMPORAL) return { [TEMPORAL[kind]]: value.toString() };
  if (kind === 'FeelDuration') return { [value.yearsMonths ? 'ymd' : 'dtd']: value.toString() };
  if (kind === 'FeelRange') return { range: value.toString() };
  if (kind === 'FeelFunction') return { fn: 'function' };
  return { ctx: Object.fromEntries(Object.entries(value).map(([name, item]) => [name, encode(item)])) };
}

function answer({ expression }) {
  try {
    const { value, warnings } = evaluate(expression, {});
    return { value: encode(value), error: warnings.length > 0, messages: warnings.map((one) => one.message) };
  } catch (thrown) { // a text that it cannot read
    return { value: null, error: true, messages: [String(thrown.message)] };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}
