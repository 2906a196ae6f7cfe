// Python for one page, beside the page: a long calculation never freezes what is read.
//
// The page sends {type: "run"} once and {type: "message"} as often as a widget has something to
// say; what comes back is told by pallkit_page.py, and how much and what is fetched by this script.

const PACKED = "pyodide.asm.wasm";
const STEP = 250_000; // bytes between two words about progress
const fetchPlainly = self.fetch.bind(self);

let fetched = 0;
let told = 0;
let page = null;

// The largest file is kept packed: many file servers pack nothing, and a phone should not fetch
// three times what it needs. Everything is counted on its way.
self.fetch = async (address, options) => {
  const packed = String(address.url ?? address).endsWith(PACKED);
  const answer = await fetchPlainly(packed ? `${address.url ?? address}.packed` : address, options);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  const counted = answer.body.pipeThrough(new TransformStream({ transform: count }));
  const body = packed ? counted.pipeThrough(new DecompressionStream("gzip")) : counted;
  const type = packed ? "application/wasm" : answer.headers.get("Content-Type") ?? "application/octet-stream";
  return new Response(body, { headers: { "Content-Type": type } });
};

function count(part, stream) {
  fetched += part.byteLength;
  if (fetched - told > STEP) {
    told = fetched;
    self.postMessage({ type: "fetched", bytes: fetched });
  }
  stream.enqueue(part);
}

async function begin({ cells, query, runtime }) {
  const { loadPyodide } = await import(`${runtime}pyodide.js`);
  const packages = fetch(new URL("./pallkit.zip", import.meta.url)).then((answer) => answer.arrayBuffer());
  const python = await loadPyodide({ indexURL: runtime });
  python.unpackArchive(await packages, "zip", { extractDir: "/lib/python3.13/site-packages" });
  self.postMessage({ type: "fetched", bytes: Infinity });
  page = python.pyimport("pallkit_page").Page((text) => self.postMessage(JSON.parse(text)));
  page.run(JSON.stringify(cells), query);
  self.postMessage({ type: "started", addresses: performance.getEntriesByType("resource").map((each) => each.name) });
}

self.addEventListener("message", ({ data }) => {
  if (data.type === "run") {
    begin(data).catch((error) => {
      console.error(error);
      self.postMessage({ type: "failed" });
    });
  } else {
    page.receive(data.number, JSON.stringify(data.content));
  }
});
