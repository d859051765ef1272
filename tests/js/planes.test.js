import { indices, offset, product, range } from "../../convwidget/js/arrays.js";
import {
  features,
  indexOf,
  joined,
  kernelsOf,
  leads,
  meetings,
  placeOf,
} from "../../convwidget/js/views/planes/model.js";
import { cellsOf, sizeOf } from "../../convwidget/js/views/plane.js";
import { arrange } from "../../convwidget/js/views/planes/layout.js";
import { mapOf, scene } from "../../convwidget/js/scene.js";
import { same, truthy } from "./assert.js";
import { conv, maximum, transposed } from "./settings.js";

/** @typedef {import("../../convwidget/js/scene.js").Scene} Scene */
/** @typedef {import("../../convwidget/js/scene.js").MapName} MapName */
/** @typedef {import("../../convwidget/js/layers.js").Spec} Spec */

const PADS = [[1, 0], [0, 2], [1, 1]];

/** @type {Record<string, Spec>} */
const LAYERS = {
  "three maps to two": conv([5, 4], [3, 2], {
    stride: [1, 2],
    padding: PADS.slice(1),
    in_channels: 3,
    out_channels: 2,
  }),
  "two groups": conv([4, 5], [2, 3], {
    padding: [1, 0],
    groups: 2,
    in_channels: 4,
    out_channels: 6,
  }),
  "depthwise with dilation": conv([6, 5], 2, { dilation: [3, 2], groups: 3 }),
  "three dimensions": conv([3, 4, 5], [2, 3, 2], {
    stride: [1, 2, 1],
    padding: PADS,
    dilation: [2, 1, 1],
  }),
  "a stretched input": conv([2, 3, 2], 2, { stretch: [2, 1, 3], padding: 1 }),
  "maps of three dimensions": conv([3, 2, 3], [2, 1, 2], {
    padding: PADS,
    in_channels: 2,
    out_channels: 3,
  }),
  "a cropped input": conv([5, 4, 5], 2, { padding: [[-1, 0], [0, -1], [-2, 1]] }),
};

/** @type {Record<string, Spec>} */
const TRANSPOSED = {
  "a transposed layer of maps": transposed([3, 2], [3, 2], {
    stride: [2, 3],
    padding: [1, 0],
    groups: 2,
    in_channels: 4,
    out_channels: 6,
  }),
  "a transposed layer of slices": transposed([2, 3, 2], [3, 2, 2], {
    stride: [2, 1, 2],
    padding: [1, 0, 1],
  }),
};

/** @type {Record<string, Spec>} */
const OTHERS = {
  "a pool in ceil mode": maximum([5, 5, 5], 2, { ceil_mode: true }),
  "sixteen maps": conv(8, 3, { padding: 1, in_channels: 16, out_channels: 16 }),
  "large maps": conv(200, 5, { stride: 2, in_channels: 3, out_channels: 8 }),
  "a large kernel": conv(40, 20, { in_channels: 2, out_channels: 2 }),
  "outputs larger than the kernels": transposed(3, 2, {
    stride: 3,
    in_channels: 2,
    out_channels: 2,
  }),
};

/** @param {Spec} spec */
const made = (spec) => scene(spec, { fill: "random" }, { fill: "ramp" });

/**
 * The input by position on its padded lines, cell by cell; what has no entry is zero.
 * @param {Scene} scene
 */
function line({ layer, input }) {
  /** @type {Map<string, number>} */
  const found = new Map();
  const maps = input.shape.length - layer.input_size.length;
  indices(input.shape).forEach((index, n) => {
    const place = index.slice(maps).map((i, axis) => layer.pads[axis][0] + i * layer.stretch[axis]);
    found.set(`${[...index.slice(0, maps), ...place]}`, input.data[n]);
  });
  return found;
}

for (const [title, spec] of Object.entries({ ...LAYERS, ...TRANSPOSED, ...OTHERS })) {
  const shown = made(spec);
  const { layer } = shown;

  Deno.test(`${title}: every cell stands once, where it was put`, () => {
    for (const map of /** @type {MapName[]} */ (["input", "kernel", "output"])) {
      if (map === "kernel" && !shown.kernel) continue;
      const { shape, data } = mapOf(shown, map);
      const [high, wide] = sizeOf(shown, map);
      let own = 0;
      for (const lead of leads(shown, map)) {
        const cells = cellsOf(shown, map, lead);
        same(cells.length, high * wide);
        for (const { row, column, kind, index, value } of cells) {
          const place = [...lead, row, column];
          same(indexOf(layer, map, place), index);
          if (!index) continue;
          own++;
          same(kind, map);
          same(placeOf(layer, map, index), place);
          same(value, data[offset(index, shape)]);
        }
      }
      const cropped = layer.pads.flat().some((pad) => pad < 0);
      if (!cropped) same(own, product(shape));
    }
  });
}

for (const [title, spec] of Object.entries(LAYERS)) {
  const shown = made(spec);
  const { layer, input, kernel, output } = shown;

  Deno.test(`${title}: the input's planes hold its padded and stretched cells`, () => {
    const truth = line(shown);
    for (const lead of leads(shown, "input")) {
      for (const { row, column, value, index, kind } of cellsOf(shown, "input", lead)) {
        const expected = truth.get(`${[...lead, row, column]}`);
        same(value, expected ?? 0);
        same(index !== null, expected !== undefined);
        if (!index) truthy(kind === "padding" || kind === "zero", kind);
      }
    }
  });

  Deno.test(`${title}: each plane of a kernel adds what a slide over its plane adds`, () => {
    const truth = line(shown);
    const dimensions = layer.input_size.length;
    const maps = output.shape.length - dimensions;
    const each = maps && kernel ? kernel.shape[1] : 1;
    const perGroup = maps ? output.shape[0] / layer.groups : 1;
    indices(output.shape).forEach((index, n) => {
      /** @type {Map<string, number>} */
      const expected = new Map();
      for (const c of range(each)) {
        const from = maps ? [Math.floor(index[0] / perGroup) * each + c] : [];
        const weights = maps ? [index[0], c] : [];
        for (const tap of indices(layer.kernel_size)) {
          const place = tap.map((j, axis) =>
            index[maps + axis] * layer.stride[axis] + j * layer.dilation[axis]
          );
          const x = truth.get(`${[...from, ...place]}`) ?? 0;
          const w = kernel?.data[offset([...weights, ...tap], kernel.shape)] ?? 0;
          const planes = [[...from, ...place], [...weights, ...tap]].map((at) => at.slice(0, -2));
          const key = planes.join(" and ");
          expected.set(key, (expected.get(key) ?? 0) + x * w);
        }
      }
      const found = meetings(shown, index);
      same(found.map(({ input, kernel, sum }) => [`${input} and ${kernel}`, sum]), [...expected]);
      same(found.reduce((all, { sum }) => all + sum, 0), output.data[n]);
    });
    truthy(input.data.some((x) => x > 0), "a test of zeros");
  });
}

for (const [title, spec] of Object.entries(TRANSPOSED)) {
  const shown = made(spec);
  const { layer, input, kernel, output } = shown;

  Deno.test(`${title}: each plane adds what the stamps of its cells add`, () => {
    const dimensions = layer.input_size.length;
    const maps = output.shape.length - dimensions;
    if (!kernel) throw new Error("no kernel");
    const columns = maps ? kernel.shape[1] : 1;
    const rows = maps ? kernel.shape[0] / layer.groups : 1;
    /** @type {Map<string, Map<string, number>>} by output cell, then by plane of the input */
    const expected = new Map();
    for (const index of indices(input.shape)) {
      for (const tap of indices(layer.kernel_size)) {
        for (const m of range(columns)) {
          const to = maps ? [Math.floor(index[0] / rows) * columns + m] : [];
          const place = index.slice(maps).map((i, axis) =>
            i * layer.stride[axis] + tap[axis] - layer.pads[axis][0]
          );
          const weight = [...maps ? [index[0], m] : [], ...tap];
          const product = input.data[offset(index, input.shape)] *
            kernel.data[offset(weight, kernel.shape)];
          const cell = `${[...to, ...place]}`;
          const plane = `${index.slice(0, -2)}`;
          const parts = expected.get(cell) ?? new Map();
          expected.set(cell, parts.set(plane, (parts.get(plane) ?? 0) + product));
        }
      }
    }
    for (const index of indices(output.shape)) {
      const found = meetings(shown, index).flatMap(({ input, sum }) => {
        // A plane of the input by its place, as one by its index: no padding, no zeros.
        const at = maps ? input : input.map((position) => layer.axes[0].source(position));
        return at.includes(null) ? [] : [[`${at}`, sum]];
      });
      const parts = expected.get(`${index}`) ?? new Map();
      // Where a plane meets the window, but none of its cells does, it adds nothing.
      same(found.filter(([, sum]) => sum), [...parts].filter(([, sum]) => sum));
    }
  });
}

/**
 * @typedef {{left: number, top: number, right: number, bottom: number}} Area
 * @param {import("../../convwidget/js/views/planes/layout.js").Point} at
 * @param {readonly number[]} size rows and columns
 * @param {number} cell
 * @returns {Area}
 */
const area = ({ x, y }, [rows, columns], cell) => ({
  left: x,
  top: y,
  right: x + columns * cell,
  bottom: y + rows * cell,
});

for (const [title, spec] of Object.entries({ ...LAYERS, ...TRANSPOSED, ...OTHERS })) {
  Deno.test(`${title}: at any width every plane stands in the picture, beside the others`, () => {
    const shown = made(spec);
    for (const width of [280, 330, 480, 640, 760, 1050]) {
      const plan = arrange(shown, width);
      const { cells } = plan;
      /** @type {Area[]} */
      const areas = [];
      for (const map of /** @type {const} */ (["input", "output"])) {
        const points = plan[map === "input" ? "inputs" : "outputs"];
        same([...points.keys()], leads(shown, map).map(String));
        areas.push(...[...points.values()].map((at) => area(at, sizeOf(shown, map), cells[map])));
      }
      plan.rows.forEach((top, n) => {
        const feature = features(shown)[n];
        const index = [...feature, ...shown.layer.output_size.map(() => 0)];
        meetings(shown, index).forEach(({ input }, place) => {
          const { x, y } = plan.terms[place];
          const left = plan.aligned ? plan.inputs.get(`${input}`)?.x ?? NaN : x;
          const at = area({ x: left, y: top + y }, sizeOf(shown, "kernel"), cells.kernel);
          truthy(at.bottom <= top + plan.rowHeight, `${width}: a kernel below its row`);
          areas.push({ ...at, right: at.right + 40 }); // its partial sum
        });
      });
      areas.forEach((one, n) => {
        const where = `${width}: ${JSON.stringify(one)} of ${plan.height}`;
        truthy(one.left >= 0 && one.top >= 0, where);
        truthy(one.right <= width && one.bottom <= plan.height, where);
        for (const other of areas.slice(n + 1)) {
          const apart = one.right <= other.left || other.right <= one.left ||
            one.bottom <= other.top || other.bottom <= one.top;
          truthy(apart, `${width}: ${JSON.stringify([one, other])}`);
        }
      });
    }
  });
}

Deno.test("up to four output maps each have a row of kernels, and five have one for all", () => {
  const layer = conv(5, 3, { in_channels: 2 });
  for (const [maps, rows] of [[1, 1], [2, 2], [4, 4], [5, 1]]) {
    same(arrange(made({ ...layer, out_channels: maps }), 900).rows.length, rows);
  }
});

Deno.test("a kernel stands below the plane of the input that it meets, where there is room", () => {
  truthy(arrange(made(LAYERS["three maps to two"]), 900).aligned, "wide");
  truthy(!arrange(made(LAYERS["three maps to two"]), 300).aligned, "narrow");
});

Deno.test("the weights are counted, and it is said which maps they join", () => {
  const layer = conv(5, 3, { in_channels: 4, out_channels: 4 });
  const [all, halves, alone] = [1, 2, 4].map((groups) => joined(made({ ...layer, groups })));
  same(all, "Every input map meets every output map: 4 × 4 × 3 × 3 = 144 weights.");
  same(halves, "The maps form two halves that do not meet: 4 × 2 × 3 × 3 = 72 weights.");
  same(alone, "Each input map stays alone: 4 × 1 × 3 × 3 = 36 weights.");
  const three = made({ ...layer, groups: 3, in_channels: 6, out_channels: 3 });
  same(joined(three), "The maps form 3 groups that do not meet: 3 × 2 × 3 × 3 = 54 weights.");
  same(joined(made(LAYERS["three dimensions"])), "");
  same(kernelsOf(three.layer), "3 × 2 of 3 × 3");
});
