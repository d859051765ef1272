import { layout } from "../../convwidget/js/views/grids/layout.js";
import { scene } from "../../convwidget/js/scene.js";
import { truthy } from "./assert.js";

const LAYERS = [
  { input_size: 5, kernel_size: 3, stride: 2, padding: 1 },
  { input_size: 5, kernel_size: 3, dilation: 2, padding: 2, stretch: 2 },
  { input_size: 16, kernel_size: 16 },
  { input_size: 14, kernel_size: 12 },
  { input_size: 30, kernel_size: 20 },
  { input_size: 60, kernel_size: 40 },
  { input_size: 120, kernel_size: 40 },
  { input_size: [40, 3], kernel_size: 3 },
  { input_size: [300, 3], kernel_size: 3 },
  { input_size: [3, 300], kernel_size: 3 },
  { input_size: 96, kernel_size: 3 },
  { input_size: 400, kernel_size: 3, stride: 3 },
  { input_size: 1, kernel_size: 1, padding: 6 },
  { type: "MaxPool", input_size: 5, kernel_size: 2 },
  { type: "MaxPool", input_size: 6, kernel_size: 3, stride: 2, padding: 1, ceil_mode: true },
  { type: "AvgPool", input_size: 40, kernel_size: 5, stride: 4, ceil_mode: true },
  { type: "AvgPool", input_size: [3, 300], kernel_size: [3, 20] },
];
const WIDTHS = [260, 300, 340, 460, 540, 580, 640, 760, 1056];

for (const settings of LAYERS) {
  Deno.test(`every grid of ${JSON.stringify(settings)} stands in the picture, beside the others`, () => {
    const layer = { type: "Conv", ...settings };
    const made = scene(layer, { fill: "random" }, { fill: "ramp" });
    for (const width of WIDTHS) {
      const drawn = layout(made, width);
      const { input, kernel, output, window } = drawn;
      const boxes = [input, kernel, output, window].flatMap((box) => box ?? []).map((box) => ({
        left: box.x,
        top: box.y,
        right: box.x + box.columns * box.cell,
        bottom: box.y + box.rows * box.cell,
      }));
      boxes.forEach((box, n) => {
        truthy(box.left >= 0 && box.top >= 0, `${width}: ${JSON.stringify(box)}`);
        truthy(
          box.right <= width && box.bottom <= drawn.height,
          `${width}: ${JSON.stringify(box)}`,
        );
        for (const other of boxes.slice(n + 1)) {
          const apart = box.right <= other.left || other.right <= box.left ||
            box.bottom <= other.top || other.bottom <= box.top;
          truthy(apart, `${width}: ${JSON.stringify([box, other])}`);
        }
      });
      truthy(drawn.height < 2400, `${width}: ${drawn.height} high`);
    }
  });
}
