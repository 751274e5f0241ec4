// What every component is: rendered into the page itself, again when one of the things it reads has changed.
import { LitElement } from 'lit';
import { store } from './store.js';
import { questions } from './questions.js';

export class Component extends LitElement {
  /** Keys of the store. */
  static reads = [];
  /** Questions that are asked again only while this is on the screen. */
  static asks = [];

  #stop;
  #sight;
  #seen = false;

  createRenderRoot() {
    return this;
  }

  /** What moves keeps the focus, which the browser takes from it; what goes leaves it to what it stood in. */
  update(changed) {
    const focused = document.activeElement;
    const mine = this.contains(focused);
    super.update(changed);
    if (!mine || focused === document.activeElement) return;
    (this.contains(focused) ? focused : this.querySelector('[tabindex="-1"]'))?.focus({ preventScroll: true });
  }

  connectedCallback() {
    super.connectedCallback();
    this.#stop = store.on(this.constructor.reads, () => this.requestUpdate());
    if (this.constructor.asks.length) {
      this.#sight = new IntersectionObserver(([{ isIntersecting }]) => this.#look(isIntersecting), { rootMargin: '300px' });
      this.#sight.observe(this);
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
    this.#sight?.disconnect();
    this.#look(false);
  }

  #look(seen) {
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.constructor.asks.forEach(name => questions.look(name, seen));
  }

  get state() {
    return store.state;
  }
}
