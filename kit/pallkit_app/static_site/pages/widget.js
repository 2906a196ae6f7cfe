// A widget's page side without Jupyter: the model its own script asks for, over a worker.

/** What anywidget calls a model, as far as our widgets use it. */
export class Model {
  #traits;
  #heard = new Map();

  constructor(traits, post) {
    this.#traits = traits;
    this.send = post;
  }

  get(name) {
    return this.#traits[name];
  }

  on(event, act) {
    this.#heard.set(event, [...(this.#heard.get(event) ?? []), act]);
  }

  off(event, act) {
    this.#heard.set(event, (this.#heard.get(event) ?? []).filter((each) => each !== act));
  }

  /** Traits that Python has changed. */
  change(traits) {
    Object.assign(this.#traits, traits);
    for (const name of Object.keys(traits)) this.#tell(`change:${name}`);
  }

  /** A message of the widget's own from Python. */
  receive(content) {
    this.#tell("msg:custom", content);
  }

  #tell(event, ...words) {
    for (const act of this.#heard.get(event) ?? []) act(...words);
  }
}

/** Draw a widget in `place` with its own script and style sheet; `address` lacks their endings. */
export async function draw(address, model, place) {
  const [{ default: widget }] = await Promise.all([import(`${address}.js`), styled(`${address}.css`)]);
  await widget.render({ model, el: place });
}

// The reader sees no widget before its styles are there.
function styled(address) {
  if ([...document.styleSheets].some((sheet) => sheet.href === address)) return null;
  return new Promise((done) => {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href: address, onload: done, onerror: done });
    document.head.append(link);
  });
}
