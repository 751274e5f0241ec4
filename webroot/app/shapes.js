// A state is a word, a colour and a shape: whoever does not see colours sees the shape.
import { svg, html } from 'lit';

const PATHS = {
  disc: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z',
  diamond: 'M8 .8L15.2 8L8 15.2L.8 8z',
  triangle: 'M8 1.4L15.4 14.4H.6z',
  bars: 'M2.5 2h4v12h-4zM9.5 2h4v12h-4z',
  ring: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13zM8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7z',
  half: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13zM8 4a4 4 0 1 0 0 8z',
  cross: 'M3.4 1.4L8 6l4.6-4.6l2 2L10 8l4.6 4.6l-2 2L8 10l-4.6 4.6l-2-2L6 8L1.4 3.4z',
  square: 'M2 2h12v12H2z',
  sun: 'M8 4.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7zM7.2 0h1.6v3H7.2zM7.2 13h1.6v3H7.2zM0 7.2h3v1.6H0zM13 7.2h3v1.6h-3z',
  moon: 'M6 1.5A6.7 6.7 0 1 0 14.5 10A5.8 5.8 0 0 1 6 1.5z',
};

/** Per state: its word, its shape, and whether something is wrong. */
const STATES = {
  TRADING: { word: 'Trading', shape: 'disc', tone: 'good' },
  HOLDING: { word: 'Holding', shape: 'bars', tone: 'calm' },
  BLOCKED: { word: 'Blocked', shape: 'diamond', tone: 'wrong' },
  NOT_TRADING: { word: 'Not trading', shape: 'diamond', tone: 'wrong' },
  UNCLEAR: { word: 'Unclear', shape: 'triangle', tone: 'wrong' },
  SILENT: { word: 'Silent', shape: 'ring', tone: 'wrong' },
  BEHIND: { word: 'Behind', shape: 'half', tone: 'wrong' },
  NO_DATA: { word: 'No data', shape: 'ring', tone: 'calm' },
  REDIS_DOWN: { word: 'Redis down', shape: 'cross', tone: 'wrong' },
};

/** Trading with a "but" (a gate is named) asks for attention, and trades. */
export function look(why) {
  if (!why) return { word: 'Asking', shape: 'ring', tone: 'calm' };
  const known = STATES[why.state] ?? { word: why.state, shape: 'triangle', tone: 'wrong' };
  return why.state === 'TRADING' && why.gate ? { word: 'Trading, held back', shape: 'half', tone: 'wrong' } : known;
}

export const shape = name => html`<svg class="shape" viewBox="0 0 16 16" aria-hidden="true">${
  svg`<path d=${PATHS[name]} fill-rule="evenodd"/>`}</svg>`;

export const LEVELS = { UP: 'disc', DEGRADED: 'triangle', DOWN: 'cross' };

export const SEVERITIES = { MEDIUM: 'triangle', HIGH: 'diamond', CRITICAL: 'square' };

/** The tab's icon says it too. */
export function showIcon(name, colour) {
  const icon = document.querySelector('link[rel=icon]');
  const image = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="${PATHS[name]}" fill="${
    colour}" fill-rule="evenodd"/></svg>`;
  icon.href = `data:image/svg+xml,${encodeURIComponent(image)}`;
}
