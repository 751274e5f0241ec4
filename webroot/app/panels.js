// What stands under the answer, loaded after it.
import './panels/now.js';
import './panels/gates.js';
import './panels/symbols.js';
import './panels/alerts.js';
import './panels/health.js';
import './panels/help.js';
import './panels/sign-in.js';
import { questions } from './questions.js';
import { listenToKeys } from './keys.js';
import { loadGate } from './actions.js';
import { store } from './store.js';

listenToKeys();
setInterval(() => questions.pump(), 1_000);
document.addEventListener('visibilitychange', () => questions.pump());
if (store.state.view.gate) loadGate(store.state.view.gate);
setInterval(() => {
  const { view, connection } = store.state;
  if (view.gate && connection.state === 'live' && !document.hidden) loadGate(view.gate);
}, 5_000);
