// All that the page knows, in one place. Components read it and never ask the service themselves.
import { read, write } from './view.js';

class Store {
  /** Each key is replaced whole, never changed inside: that is how a change is seen. */
  state = {
    view: read(),
    connection: { state: 'connecting', since: Date.now() },
    fresh: { state: 'connecting', words: 'connecting …' },
    why: null,
    health: null,
    gates: null,
    symbols: null,
    timeline: null,
    alerts: null,
    recent: null,
    silences: null,
    explained: null,
    guides: {},
    entries: {},
    troubles: {},
    absent: {},
    tick: Date.now(),
    minute: Math.floor(Date.now() / 60_000),
    theme: document.documentElement.dataset.theme ?? 'auto',
  };

  #listeners = new Map();
  #skew = 0;

  set(changes) {
    const told = new Set();
    for (const [key, value] of Object.entries(changes)) {
      if (this.state[key] !== value) {
        this.state[key] = value;
        this.#listeners.get(key)?.forEach(listener => told.add(listener));
      }
    }
    told.forEach(listener => listener());
  }

  /** @return a function that ends it */
  on(keys, listener) {
    for (const key of keys) {
      if (!this.#listeners.has(key)) this.#listeners.set(key, new Set());
      this.#listeners.get(key).add(listener);
    }
    return () => keys.forEach(key => this.#listeners.get(key).delete(listener));
  }

  look(changes) {
    const view = { ...this.state.view, ...changes };
    write(view);
    this.set({ view });
  }

  /** The service's clock: this machine's may be wrong, and ages would be too. */
  now() {
    return Date.now() - this.#skew;
  }

  setClock(serverTime) {
    this.#skew = Date.now() - Date.parse(serverTime);
  }

  trouble(name, error) {
    const known = this.state.troubles[name];
    this.set({
      troubles: {
        ...this.state.troubles,
        [name]: { message: error.message, status: error.status, since: known?.since ?? this.now() },
      },
    });
  }

  untrouble(name) {
    if (!this.state.troubles[name]) return;
    const { [name]: gone, ...others } = this.state.troubles;
    this.set({ troubles: others });
  }
}

export const store = new Store();
