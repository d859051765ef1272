import { code, FRAMEWORKS } from "../../convwidget/js/frameworks.js";
import { layer } from "../../convwidget/js/layers.js";
import { refused, same, truthy } from "./assert.js";

const FIGURE_26 = { type: "Conv", input_size: 5, kernel_size: 3, stride: 2, padding: 1 };

// That both languages write the same, and that it runs, is held by tests/python/test_frameworks.py.

Deno.test("the names are those that Python knows", () => {
  same(FRAMEWORKS, ["PyTorch", "Keras", "JAX", "ONNX"]);
});

Deno.test("Figure 2.6 in PyTorch is a layer, an input and the output's shape", () => {
  same(code(layer(FIGURE_26), "PyTorch").split("\n"), [
    "import torch",
    "from torch import nn",
    "",
    "layer = nn.Conv2d(1, 1, kernel_size=3, stride=2, padding=1, bias=False)",
    "x = torch.randn(1, 1, 5, 5)",
    "y = layer(x)",
    "print(tuple(y.shape))  # (1, 1, 3, 3)",
    "",
  ]);
});

Deno.test("no mark of the templates is left in a program", () => {
  for (const type of ["Conv", "ConvTranspose", "MaxPool", "AvgPool"]) {
    for (const padding of [0, 1, -1, [[0, 1], [2, 0]], "same", "half", "full"]) {
      for (const stride of [1, 3]) {
        for (const dilation of [1, 2]) {
          const spec = { type, input_size: 9, kernel_size: 3, padding, stride, dilation };
          for (const framework of FRAMEWORKS) {
            const text = code(layer(spec), framework);
            truthy(!/~|undefined|NaN|\||\{\w*,?\}/.test(text.replace("{1}", "")), text);
          }
        }
      }
    }
  }
});

Deno.test("more dimensions than three are a comment that says so", () => {
  same(
    code(layer({ ...FIGURE_26, input_size: [5, 5, 5, 5] }), "JAX"),
    "# JAX: written for 1 to 3 dimensions, and this layer has 4.\n",
  );
});

Deno.test("a framework that is not known is refused", () => {
  refused(
    () => code(layer(FIGURE_26), "Caffe"),
    RangeError,
    "'Caffe' is no framework: PyTorch, Keras, JAX, ONNX",
  );
});
