// Every key of the page, in one table: the help shows it, and nothing else is bound.
import { store } from './store.js';
import { chooseWindow, openGate, lookAt } from './actions.js';

export const KEYS = [
  ['a', 'Now'], ['b', 'Symbols'], ['c', 'Gates'], ['d', 'Drift and alerts'], ['e', 'Health'],
  ['1', 'window of 1 minute'], ['5', 'window of 5 minutes'], ['q', 'window of a quarter of an hour'],
  ['h', 'window of an hour'], ['/', 'filter the symbols'], ['?', 'these keys'],
  ['Esc', 'close what is open: this, a gate, a period, the filter'],
];

const WINDOWS = { 1: '1m', 5: '5m', q: '15m', h: '1h' };

export function listenToKeys() {
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const typing = event.target.closest('input, textarea, select');
    if (event.key === 'Escape') close(typing);
    else if (!typing && !document.querySelector('dialog[open]')) press(event);
  });
}

function press(event) {
  const { key } = event;
  if (WINDOWS[key]) {
    chooseWindow(WINDOWS[key]);
  } else if ('abcde'.includes(key)) {
    jump(key);
  } else if (key === '/') {
    event.preventDefault();
    jump('b');
    document.getElementById('filter')?.focus();
  } else if (key === '?') {
    document.querySelector('p35-help').open();
  }
}

function jump(letter) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  document.getElementById(letter).scrollIntoView({ behavior: calm ? 'instant' : 'smooth' });
  document.getElementById(`title-${letter}`)?.focus({ preventScroll: true });
}

/** The innermost thing first. A dialog closes itself. */
function close(typing) {
  const { gate, from, filter } = store.state.view;
  if (document.querySelector('dialog[open]')) return;
  const form = document.activeElement.closest('[data-closes]');
  if (form) {
    form.dispatchEvent(new CustomEvent('dismiss', { bubbles: true }));
  } else if (typing?.id === 'filter') {
    store.look({ filter: '' });
    typing.blur();
  } else if (typing) {
    typing.blur();
  } else if (gate) {
    const row = document.querySelector('p35-gates [aria-expanded=true]');
    openGate('');
    row?.focus();
  } else if (from) {
    lookAt({ from: '', to: '' });
  } else if (filter) {
    store.look({ filter: '' });
  }
}
