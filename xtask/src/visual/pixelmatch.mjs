// pixelmatch as a program: TOOLS BEFORE AFTER [--include-aa]; prints the count.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [tools, before, after, flag] = process.argv.slice(2);
const require = createRequire(`${tools}/node_modules/`);
const { PNG } = require("pngjs");
const { default: pixelmatch } = await import(require.resolve("pixelmatch"));
const [one, other] = [before, after].map((path) => PNG.sync.read(readFileSync(path)));
const includeAA = flag === "--include-aa";
console.log(pixelmatch(one.data, other.data, null, one.width, one.height, { threshold: 0.1, includeAA }));
