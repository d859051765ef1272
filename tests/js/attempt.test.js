import { verdict } from "../../convwidget/js/attempt.js";
import { layer } from "../../convwidget/js/layers.js";
import { truthy } from "./assert.js";

Deno.test("a window is counted as it is spoken", () => {
  const made = layer({ type: "Conv", input_size: 25, kernel_size: 5 }); // 21 windows
  for (
    const [answer, nth] of /** @type {const} */ ([
      [2, "third"],
      [10, "11th"],
      [11, "12th"],
      [20, "21st"],
      [22, "22nd"],
      [23, "23rd"],
      [24, "24th"],
    ])
  ) {
    const said = verdict(made, [answer, answer]);
    truthy(said.includes(`A ${nth} window would start`), said);
  }
});
