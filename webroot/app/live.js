// The event stream: whole answers, so that nothing is kept but the newest. Comes back by itself.
import { store } from './store.js';
import { questions } from './questions.js';
import { ask } from './service.js';
import { clock } from './format.js';

const STALE_MS = 20_000; // insight speaks at least every 10 s
const LIVE_MS = 5_000;
const DEAF_MS = 20_000; // health comes every 5 s: without it the stream is dead, whatever the socket says
const PATIENCE_MS = 3_000; // a redeployed dashboard is back within this: no alarm before
const RETRY_MS = [1_000, 2_000, 5_000, 10_000];

let source;
let heardAt = 0;
let tries = 0;
let retry;

export function connect() {
  source?.close();
  clearTimeout(retry);
  heardAt = Date.now();
  const mine = new EventSource(`/api/v1/events?window=${store.state.view.window}`);
  source = mine;
  const hear = (name, take) => mine.addEventListener(name, event => {
    if (mine !== source) return;
    heard();
    take(JSON.parse(event.data));
    freshen();
  });
  mine.onopen = heard;
  mine.onerror = () => mine === source && lost();
  hear('windows', why => {
    store.untrouble('why');
    store.set({ why });
    questions.changed('gates', 'symbols', 'timeline');
  });
  hear('health', health => {
    store.setClock(health.asOf);
    store.set({ health });
  });
  hear('alert', answer => {
    store.set({ alerts: answer });
    if (answer.changes.length) questions.changed('recent', 'silences');
  });
}

function heard() {
  heardAt = Date.now();
  tries = 0;
  if (store.state.connection.state === 'live') return;
  const back = store.state.connection.state !== 'connecting';
  store.set({ connection: { state: 'live', since: Date.now() } });
  if (back) questions.reconnected();
}

function lost() {
  if (['live', 'connecting'].includes(store.state.connection.state)) {
    store.set({ connection: { state: 'reconnecting', since: store.now() } });
  }
  source.close();
  clearTimeout(retry);
  retry = setTimeout(tryAgain, RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)]);
  freshen();
}

/** An event stream does not tell why it was refused: a question does. */
async function tryAgain() {
  try {
    await ask('/health');
    connect();
  } catch (error) {
    if (error.status === 401) {
      lock();
    } else if (store.state.connection.state !== 'locked') {
      lost();
    }
  }
}

export function lock() {
  source?.close();
  clearTimeout(retry);
  store.set({ connection: { state: 'locked', since: store.now() } });
  freshen();
}

export function unlock() {
  // what was refused before would lock it again
  store.set({ connection: { state: 'connecting', since: store.now() }, troubles: {} });
  questions.reconnected();
  connect();
}

/** Once a second, and on every event. */
export function freshen() {
  const { connection, why, troubles } = store.state;
  if (connection.state === 'live' && Date.now() - heardAt > DEAF_MS) {
    lost();
    return;
  }
  if (connection.state === 'reconnecting' && store.now() - connection.since > PATIENCE_MS) {
    store.set({ connection: { state: 'lost', since: connection.since } });
  }
  const fresh = freshness(store.state.connection, why, troubles.why);
  const known = store.state.fresh;
  if (fresh.state !== known.state || fresh.words !== known.words) store.set({ fresh });
}

function freshness({ state, since }, why, trouble) {
  if (state === 'locked') return { state, words: 'locked' };
  if (state === 'lost') return { state, words: `not connected since ${clock(since)}` };
  if (state === 'reconnecting') return { state, words: 'reconnecting …' };
  if (state === 'connecting' || (!why && !trouble)) return { state: 'connecting', words: 'connecting …' };
  if (!why) return { state: 'stale', words: 'no answer' };
  const age = store.now() - Date.parse(why.asOf);
  if (why.state === 'REDIS_DOWN' || age > STALE_MS) return { state: 'stale', words: `stale since ${clock(why.asOf)}` };
  return { state: 'live', words: age < LIVE_MS ? 'live' : `${Math.round(age / 1000)} s old` };
}
