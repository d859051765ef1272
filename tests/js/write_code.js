// The programs of the layers on standard input, as JSON: test_frameworks.py compares them.

import { code, FRAMEWORKS } from "../../convwidget/js/frameworks.js";
import { layer } from "../../convwidget/js/layers.js";

const specs = await new Response(Deno.stdin.readable).json();
console.log(
  JSON.stringify(
    specs.map((/** @type {any} */ spec) => FRAMEWORKS.map((name) => code(layer(spec), name))),
  ),
);
