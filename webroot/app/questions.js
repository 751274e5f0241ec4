// What the panels show, asked again when it has changed: no oftener than it is worth, and only while it is looked at.
import { store } from './store.js';
import { ask } from './service.js';

const MINUTES_KEPT_MS = 48 * 3_600_000; // of what is older there are only hours
const STEPS = { '1h': '1m', '3h': '1m', '12h': '5m', '48h': '20m' };
/** Of a period, in minutes: each divides the next, so that what was drawn over steps begins and ends with one. */
const FINER = [1, 5, 20, 60];
const POINTS = 180;
/** An answer that took 40 ms to fetch and show is asked for again after 400 ms at the earliest. */
const WORTH = 10;
const AGAIN_MS = 3_000;
const ANSWER_MS = 2_000; // an event stream brings the answer at once, or nobody is there to give it

const ASKED = {
  why: { path: ({ window }) => `/why?window=${window}`, gap: 1_000 }, // then events tell
  gates: { path: ({ window }) => `/gates?window=${window}&limit=100`, gap: 1_000 },
  symbols: { path: ({ window }) => `/symbols?window=${window}&gates=10`, gap: 1_000 },
  timeline: { path: timelinePath, gap: 5_000 },
  alerts: { path: () => '/alerts?state=active', gap: 1_000 }, // then events tell
  recent: { path: () => '/alerts?state=recent', gap: 1_000, every: 60_000 },
  silences: { path: () => '/silences', gap: 1_000, every: 30_000 },
};

export function timelinePath({ span, from, to }) {
  if (!from) return `/timeline?window=${span}&step=${STEPS[span]}`;
  const minutes = (Date.parse(to) - Date.parse(from)) / 60_000;
  const finest = store.now() - Date.parse(from) > MINUTES_KEPT_MS ? 60 : 1;
  const step = FINER.find(each => each >= finest && minutes <= each * POINTS) ?? 60 * Math.ceil(minutes / 60 / POINTS);
  return `/timeline?from=${from}&to=${to}&step=${step}m`;
}

class Question {
  looked = 0;
  dirty = true;
  running = false;
  next = 0;
  round = 0;

  constructor(name, { path, gap, every = Infinity }) {
    Object.assign(this, { name, path, gap, every });
  }

  get due() {
    // while Redis is down there is nothing new to be had
    const wanted = store.state[this.name] === null || (this.looked > 0 && store.state.why?.state !== 'REDIS_DOWN');
    return wanted && !this.running && !store.state.absent[this.name]
      && (this.dirty || Date.now() > this.next + this.every) && Date.now() >= this.next;
  }

  async ask() {
    const round = this.round;
    const begin = performance.now();
    this.running = true;
    this.dirty = false;
    let pause = AGAIN_MS;
    try {
      const asked = store.state.view;
      const answer = await ask(this.path(asked));
      if (round !== this.round) return;
      store.untrouble(this.name);
      store.set({ [this.name]: { ...answer, asked } });
      await new Promise(requestAnimationFrame);
      pause = Math.max(this.gap, WORTH * (performance.now() - begin));
    } catch (error) {
      if (round !== this.round) return;
      this.dirty = true;
      if (error.status === 404) store.set({ absent: { ...store.state.absent, [this.name]: true } });
      store.trouble(this.name, error);
    } finally {
      if (round === this.round) {
        this.running = false;
        this.next = Date.now() + pause;
      }
    }
  }

  /** What is under way is about something else now. */
  restart() {
    this.round++;
    this.running = false;
    this.dirty = true;
    this.next = 0;
  }
}

class Questions {
  #all = Object.fromEntries(Object.entries(ASKED).map(([name, how]) => [name, new Question(name, how)]));

  /** Is somebody looking? */
  look(name, looking) {
    this.#all[name].looked += looking ? 1 : -1;
    this.pump();
  }

  changed(...names) {
    names.forEach(name => { this.#all[name].dirty = true; });
    this.pump();
  }

  restart(...names) {
    names.forEach(name => this.#all[name].restart());
    this.pump();
  }

  reconnected() {
    store.set({ absent: {} });
    this.restart(...Object.keys(this.#all));
  }

  /** Charts and tables come after the answer: nothing is asked before there is one, or it is known that none comes. */
  pump() {
    const { connection, why, troubles } = store.state;
    if (document.hidden || connection.state !== 'live') return;
    if (!why && !troubles.why) {
      if (Date.now() - connection.since > ANSWER_MS && this.#all.why.due) this.#all.why.ask();
      return;
    }
    for (const question of Object.values(this.#all)) if (question.due) question.ask();
  }
}

export const questions = new Questions();
