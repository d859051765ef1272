import { History } from "../../convwidget/js/history.js";
import { same } from "./assert.js";

Deno.test("changes are taken back one by one, the last first", () => {
  const history = new History();
  history.keep({ kernel: 1 }, "");
  history.keep({ kernel: 2 }, "");
  same([history.back(), history.back(), history.back()], [{ kernel: 2 }, { kernel: 1 }, undefined]);
});

Deno.test("one gesture is taken back as a whole, with all that it changed", () => {
  const history = new History();
  history.keep({ layer: 1 }, "stride");
  history.keep({ layer: 2, kernel: 7 }, "stride");
  history.keep({ layer: 3 }, "stride");
  same(history.back(), { layer: 1, kernel: 7 });
  same(history.empty, true);
});

Deno.test("taking back ends a gesture", () => {
  const history = new History();
  history.keep({ kernel: 1 }, "");
  history.keep({ layer: 1 }, "stride");
  history.back();
  history.keep({ layer: 2 }, "stride");
  same([history.back(), history.back()], [{ layer: 2 }, { kernel: 1 }]);
});

Deno.test("what somebody else changed since is not taken back", () => {
  const history = new History();
  history.keep({ layer: 1, kernel: 1 }, "");
  history.keep({ layer: 2 }, "stride");
  history.leave("layer");
  history.keep({ layer: 3 }, "stride");
  same([history.back(), history.back(), history.back()], [{ layer: 3 }, { kernel: 1 }, undefined]);
});

Deno.test("a hundred changes are kept, and no more", () => {
  const history = new History();
  for (let n = 0; n < 150; n++) history.keep({ layer: n }, "");
  let last;
  let count = 0;
  for (let before = history.back(); before; before = history.back()) {
    [last, count] = [before, count + 1];
  }
  same([count, last], [100, { layer: 50 }]);
});
