// Keeps what the reader has opened. A file whose content decides its address is never asked for
// again; a page is fetched anew where there is a network, and shown as it was where there is none.

const HOME = self.registration.scope;
const KEPT = `pallkit ${HOME}`; // of this copy only: several may stand on one host
const LASTING = new URL("./files/", HOME).href;
const CURRENT = ["{folders}"].map((folder) => `${LASTING}${folder}/`);

// What is shown in place of a page that was never opened.
const AWAY = ["{away}"].map((folder) => `${HOME}${folder}/`);

self.addEventListener("install", (event) => {
  event.waitUntil(Promise.all(AWAY.map((page) => keepOnce(event, page))));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOlder().then(() => self.clients.claim()));
});

async function dropOlder() {
  const cache = await caches.open(KEPT);
  const old = (await cache.keys()).filter(({ url }) => url.startsWith(LASTING) && !CURRENT.some((folder) => url.startsWith(folder)));
  await Promise.all(old.map((request) => cache.delete(request)));
}

// What stands after «?» in an address is read by the page's script; the file is the same.
const plain = (address) => address.split(/[?#]/)[0];
const ours = (address) => address.startsWith(HOME);

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method !== "GET" || !ours(url)) return;
  event.respondWith(url.startsWith(LASTING) ? kept(event) : fresh(event));
});

async function kept(event) {
  const { request } = event;
  return (await find(request.url)) ?? keep(event, request.url, await fetch(request));
}

async function fresh(event) {
  const { request } = event;
  try {
    return keep(event, request.url, await fetch(request));
  } catch (error) {
    const found = (await find(request.url)) ?? (request.mode === "navigate" ? await away(request.url) : null);
    if (found) return found;
    throw error;
  }
}

// Its own addresses are counted from its own folder, so the reader is led there.
async function away(address) {
  const spoken = address.slice(HOME.length).match(/^(nn|en)\//)?.[0] ?? "";
  const page = AWAY.find((each) => each.startsWith(`${HOME}${spoken}uten-nett`));
  return (await find(page)) && Response.redirect(page);
}

async function find(address) {
  return (await caches.open(KEPT)).match(plain(address));
}

function keep(event, address, answer) {
  // An answer that was led on elsewhere may not be given for another address.
  if (answer.status === 200 && !answer.redirected) {
    const copy = answer.clone();
    const put = caches.open(KEPT).then((cache) => cache.put(plain(address), copy));
    event.waitUntil(put.catch(() => null)); // a full disk keeps nothing, and harms nothing
  }
  return answer;
}

self.addEventListener("message", (event) => {
  const { data } = event;
  if (data?.type !== "keep" || !Array.isArray(data.addresses)) return;
  event.waitUntil(Promise.all(data.addresses.map(String).filter(ours).map((address) => keepOnce(event, address))));
});

async function keepOnce(event, address) {
  if (!(await find(address))) await fetch(address).then((answer) => keep(event, address, answer)).catch(() => null);
}
