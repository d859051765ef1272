import { FILLS, numbers } from "../../convwidget/js/cells.js";
import { same } from "./assert.js";

Deno.test("a ramp counts in reading order, and ones are ones", () => {
  same(numbers({ fill: "ramp" }, [2, 3]).data, [1, 2, 3, 4, 5, 6]);
  same(numbers({ fill: "ones" }, [2]).data, [1, 1]);
});

Deno.test("a random fill holds 0 to 4, and a cell keeps its number at every size", () => {
  const { data } = numbers({ fill: "random" }, [40, 40]);
  same([...new Set(data)].sort(), [0, 1, 2, 3, 4]);
  same(numbers({ fill: "random" }, [3, 40]).data, data.slice(0, 120));
  same(FILLS.random([2, 1], [9, 9]), data[81]);
});

Deno.test("beyond an explicit array there are zeros", () => {
  same(numbers({ array: [[1, 2], [3, 4]] }, [3, 1]).data, [1, 3, 0]);
  same(numbers({ array: [[1, 2], [3, 4]] }, [1, 3]).data, [1, 2, 0]);
});

Deno.test("an edited cell comes back when the map grows over it again", () => {
  /** @type {import("../../convwidget/js/cells.js").Cells} */
  const cells = { fill: "ones", edits: [[[1, 1], 5], [[0, 0], 7]] };
  same(numbers(cells, [2, 2]).data, [7, 1, 1, 5]);
  same(numbers(cells, [1, 1]).data, [7]);
  same(numbers(cells, [1, 3]).data, [7, 1, 1]);
});
