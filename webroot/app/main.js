// The answer first: what it needs is loaded and shown before the panels' code is even asked for.
import './panels/bar.js';
import './panels/answer.js';
import './panels/notice.js';
import { connect, freshen, lock } from './live.js';
import { store } from './store.js';
import { announce } from './announce.js';

connect();
announce();

const first = Promise.race([
  new Promise(resolve => {
    store.on(['why', 'connection'], () => (store.state.why || store.state.connection.state === 'locked') && resolve());
  }),
  new Promise(resolve => { setTimeout(resolve, 1_000); }),
]);
first.then(() => requestAnimationFrame(() => setTimeout(() => import('./panels.js'))));

setInterval(() => {
  freshen();
  store.set({ tick: store.now(), minute: Math.floor(store.now() / 60_000) });
}, 1_000);

store.on(['troubles'], () => {
  if (Object.values(store.state.troubles).some(({ status }) => status === 401)) lock();
});
