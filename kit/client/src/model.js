// A widget's model as anywidget's modules know it (https://anywidget.dev/en/afm/): what Python
// last said, and a line back. Our pages hold such widgets and no others, each by itself, so
// neither Backbone nor ipywidgets' manager is needed to hold them.

export class Model {
  #state;
  #changed = new Map();
  #listeners = new Map();
  #comm = null;
  #unsent = [];

  constructor(state) {
    this.#state = { ...state };
  }

  /** Let `comm` carry the messages, from now on and those that waited for it. */
  bind(comm) {
    this.#comm = comm;
    comm.onMsg = ({ content, buffers }) => this.#receive(content.data, buffers);
    for (const [data, sent] of this.#unsent.splice(0)) comm.send(data, undefined, sent);
  }

  get(name) {
    return this.#state[name];
  }

  set(name, value) {
    this.#changed.set(name, value);
    this.#take(name, value);
  }

  save_changes() {
    const state = Object.fromEntries(this.#changed);
    this.#changed.clear();
    this.#tell({ method: "update", state, buffer_paths: [] });
  }

  send(content, _callbacks, buffers) {
    this.#tell({ method: "custom", content }, buffers);
  }

  on(event, listener) {
    const known = this.#listeners.get(event) ?? [];
    this.#listeners.set(event, [...known, listener]);
  }

  off(event, listener) {
    const known = this.#listeners.get(event) ?? [];
    this.#listeners.set(event, listener ? known.filter((each) => each !== listener) : []);
  }

  /** Take what Python says the state is, without being asked. */
  update(state) {
    for (const [name, value] of Object.entries(state)) this.#take(name, value);
  }

  #receive(data, buffers) {
    if (data.method === "update") this.update(data.state);
    else if (data.method === "custom") this.#emit("msg:custom", data.content, buffers);
  }

  #tell(data, buffers) {
    if (this.#comm) this.#comm.send(data, undefined, buffers);
    else this.#unsent.push([data, buffers]);
  }

  #take(name, value) {
    this.#state[name] = value;
    this.#emit(`change:${name}`);
  }

  #emit(event, ...news) {
    for (const listener of this.#listeners.get(event) ?? []) listener(...news);
  }
}
