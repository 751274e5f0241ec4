// What a person can do. Each returns null, or the trouble in words.
import { store } from './store.js';
import { questions } from './questions.js';
import { ask, send } from './service.js';
import { connect, lock, unlock } from './live.js';

export function chooseWindow(window) {
  if (window === store.state.view.window) return;
  store.look({ window });
  questions.restart('why', 'gates', 'symbols');
  connect();
}

export function openGate(gate) {
  store.look({ gate });
  if (gate) loadGate(gate);
}

export function lookAt(period) {
  store.look(period);
  questions.restart('timeline');
}

/** The guide once, the newest entries every time. */
export async function loadGate(gate) {
  const name = encodeURIComponent(gate);
  const one = (slice, path, pick) => ask(path)
    .then(answer => store.set({ [slice]: { ...store.state[slice], [gate]: pick(answer) } }))
    .catch(error => {
      if (error.status === 401) lock();
      else if (!store.state[slice][gate]) store.set({ [slice]: { ...store.state[slice], [gate]: { trouble: error } } });
    });
  const known = store.state.guides[gate];
  await Promise.all([
    known && !known.trouble ? null : one('guides', `/guide/${name}`, answer => answer.gates[0]),
    one('entries', `/decisions?gate=${name}&limit=8`, answer => answer),
  ]);
}

export async function signIn(token) {
  const trouble = await attempt(() => send('POST', '/session', { token }),
    error => (error.status === 401 ? 'This is not its token.' : error.message));
  if (!trouble) unlock();
  return trouble;
}

export const acknowledge = (id, by, note) =>
  change(() => send('POST', `/alerts/${encodeURIComponent(id)}/acknowledge`, { by, note }));

/** @param period {for: '2h'}, counted by the service's clock, or {until: a time} */
export const silence = (gate, period, by, note) => change(() => send('POST', '/silences', { gate, ...period, by, note }));

export const endSilence = id => change(() => send('DELETE', `/silences/${encodeURIComponent(id)}`));

/** @param node undefined for the process that answers */
export const redeploy = (name, node) =>
  attempt(() => send('POST', `/verticles/${encodeURIComponent(name)}/redeploy`, node ? { node } : {}));

/** @return one line for each target, or one that says what went wrong */
export async function testDiscord() {
  try {
    const { targets } = await send('POST', '/discord/test', {});
    return targets.length ? targets : [{ name: '', delivered: false, sentence: 'No webhook is configured.' }];
  } catch (error) {
    return [{ name: '', delivered: false, sentence: error.message }];
  }
}

export async function explain(gate) {
  store.set({ explained: { gate } });
  const path = `/alerts/explain${gate ? `?gate=${encodeURIComponent(gate)}` : ''}`;
  try {
    store.set({ explained: { gate, ...(await ask(path)) } });
  } catch (error) {
    store.set({ explained: { gate, trouble: error.message } });
  }
}

async function change(call) {
  const trouble = await attempt(call);
  questions.restart('alerts', 'recent', 'silences');
  return trouble;
}

async function attempt(call, words = error => error.message) {
  try {
    await call();
    return null;
  } catch (error) {
    if (error.status === 401 && call) lock();
    return words(error);
  }
}

/** Who acknowledges: asked once, kept in this browser. */
export const myName = () => localStorage.getItem('p35.by') ?? '';
export const rememberName = name => localStorage.setItem('p35.by', name);

export function chooseTheme(theme) {
  if (theme === 'auto') {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem('p35.theme');
  } else {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem('p35.theme', theme);
  }
  store.set({ theme });
}
