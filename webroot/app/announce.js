// The state beyond the text: title and icon of the tab, what is wrong or old for the styles, and one sentence for a
// screen reader when the state changes. Figures that tick are not announced.
import { store } from './store.js';
import { look, showIcon } from './shapes.js';

const WAIT_MS = 1_500; // a state that flickers is said once

export function announce() {
  const root = document.documentElement;
  let said;
  let saying;
  let connected = true;

  function say(text) {
    clearTimeout(saying);
    saying = setTimeout(() => { document.getElementById('announcement').textContent = text; }, WAIT_MS);
  }

  store.on(['why', 'fresh', 'theme'], () => {
    const { why, fresh } = store.state;
    const { word, shape, tone } = look(why);
    root.dataset.tone = tone;
    root.dataset.state = why?.state ?? '';
    root.dataset.connection = fresh.state;
    const gone = fresh.state === 'lost' || fresh.state === 'locked';
    const title = gone ? `? ${word} · P3.5` : `${word} · P3.5`;
    if (document.title !== title) {
      document.title = title;
      showIcon(shape, gone ? '#8a94a3' : { good: '#1f9d6b', wrong: '#e38a00', calm: '#7b8898' }[tone]);
    }
    if (why && said !== undefined && said !== word) say(`${word}. ${why.sentence}`);
    if (why) said = word;
    if (gone === connected) {
      connected = !gone;
      say(connected ? 'Connected again.' : `${fresh.words}. The figures are old.`);
    }
  });
}
