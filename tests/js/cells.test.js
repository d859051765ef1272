import { FILLS, numbers } from "../../convwidget/js/cells.js";
import { same, truthy } from "./assert.js";

Deno.test("a ramp counts in reading order, ones are ones, and zeros zeros", () => {
  same(numbers({ fill: "ramp" }, [2, 3]).data, [1, 2, 3, 4, 5, 6]);
  same(numbers({ fill: "ones" }, [2]).data, [1, 1]);
  same(numbers({ fill: "zeros" }, [2]).data, [0, 0]);
});

Deno.test("a random fill holds 0 to 4, and a cell keeps its number at every size", () => {
  const { data } = numbers({ fill: "random" }, [40, 40]);
  same([...new Set(data)].sort(), [0, 1, 2, 3, 4]);
  same(numbers({ fill: "random" }, [3, 40]).data, data.slice(0, 120));
  same(FILLS.random([2, 1], [9, 9]), data[81]);
});

Deno.test("the kernels of image processing have their usual weights", () => {
  same(numbers({ fill: "identity" }, [3, 3]).data, [0, 0, 0, 0, 1, 0, 0, 0, 0]);
  same(numbers({ fill: "blur" }, [3, 3]).data, [1, 2, 1, 2, 4, 2, 1, 2, 1]);
  same(numbers({ fill: "sharpen" }, [3, 3]).data, [0, -1, 0, -1, 5, -1, 0, -1, 0]);
  same(numbers({ fill: "sobel" }, [3, 3]).data, [-1, 0, 1, -2, 0, 2, -1, 0, 1]);
  same(numbers({ fill: "sobel" }, [2, 4]).data, [-3, -1, 1, 3, -3, -1, 1, 3]);
});

Deno.test("a kernel of one cell gives the image back, and has no difference", () => {
  for (const fill of ["identity", "blur", "sharpen"]) same(numbers({ fill }, [1, 1]).data, [1]);
  same(numbers({ fill: "sobel" }, [1, 1]).data, [0]);
});

Deno.test("a long blur keeps a shorter one in its middle", () => {
  const { data } = numbers({ fill: "blur" }, [21]);
  same(data.slice(3, 18), numbers({ fill: "blur" }, [15]).data);
  same([...data.slice(0, 3), ...data.slice(18)], [0, 0, 0, 0, 0, 0]);
});

Deno.test("no fill holds −0, which Python's integers do not know", () => {
  for (const fill of Object.keys(FILLS)) {
    for (const shape of [[3, 3], [20, 3], [3, 19], [19]]) {
      const { data } = numbers({ fill }, shape);
      truthy(!data.some((n) => Object.is(n, -0)), `${fill} at ${shape} holds −0`);
    }
  }
});

Deno.test("every map of channels has the same kernel, but not the same ramp", () => {
  const alone = [...numbers({ fill: "sobel" }, [3, 3]).data];
  same(numbers({ fill: "sobel" }, [2, 1, 3, 3], 2).data, [...alone, ...alone]);
  same(numbers({ fill: "ramp" }, [2, 2], 1).data, [1, 2, 3, 4]);
  same(numbers({ array: [[1, 2], [3, 4]] }, [2, 2], 1).data, [1, 2, 3, 4]);
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
