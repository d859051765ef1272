// Packs a bundle: each saved widget stores all of its code, and deflated that is less than half.
// deno run --allow-read --allow-write convwidget/js/pack.js BUNDLE PACKED

const [from, to] = Deno.args;
const bundle = await Deno.readFile(from);
const deflated = new Blob([bundle]).stream().pipeThrough(new CompressionStream("deflate-raw"));
const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

await Deno.writeTextFile(
  to,
  `// Built from convwidget/js by make build, and deflated.
const packed = "${text}";
async function unpack() {
  if (!("DecompressionStream" in globalThis)) {
    throw new Error("convwidget needs Chrome 103, Firefox 113, Safari 16.4 or newer");
  }
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const source = await new Response(stream).text();
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}
let made;
export default async () => (await (made ??= unpack())).default();
`,
);
