// The page around bus.js: the answer, windows that tick, alerts as they change.
import { Bus } from './bus.js';

// ?ping=1000: how often it looks whether the service is still there, in milliseconds
const ping = Number(new URLSearchParams(location.search).get('ping')) || undefined;
const bus = new Bus(`${location.origin.replace(/^http/, 'ws')}/eventbus/websocket`, undefined, ping);
const at = id => document.getElementById(id);
const clock = time => `${new Date(time).toISOString().slice(11, 19)} UTC`;

bus.onstate = connected => {
  at('state').dataset.state = connected ? 'live' : 'lost';
  at('state').lastChild.textContent = connected
    ? 'live'
    : 'not connected; when the service has a token, sign in on its dashboard first';
};
bus.onmissed = answer;

async function answer() {
  try {
    const why = await bus.ask('p35.insight.why', { window: '5m' });
    if (at('sentence').textContent !== why.sentence) at('sentence').textContent = why.sentence;
  } catch (error) {
    at('sentence').textContent = `No answer: ${error.message}`;
  }
}

bus.on('p35.windows.updated', updated => {
  at('counts').replaceChildren(...updated.windows.map(({ window }) => {
    const count = document.createElement('div');
    count.append(element('dt', window.name), element('dd', window.total.toLocaleString()));
    return count;
  }));
  at('as-of').textContent = `as of ${clock(updated.asOf)}`;
  answer();
});

const changes = [];
bus.on('p35.alerts.changed', ({ alert }, name) => {
  const what = name.replace('AlertChange.', '').toLowerCase();
  changes.unshift(`${clock(alert.changed)} ${what}: ${alert.sentence}`);
  changes.length = Math.min(changes.length, 10);
  at('changes').replaceChildren(...changes.map(change => element('li', change)));
});

answer();

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
