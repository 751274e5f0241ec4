import { html, svg } from 'lit';

const WIDTH = 84;
const HEIGHT = 20;

/** A line as small as a word. Drawn here: a chart library's canvas for each row would cost more than the rest of the page. */
export function spark(values) {
  const max = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, values.length - 1);
  const y = value => HEIGHT - 1 - (value / max) * (HEIGHT - 2);
  const path = values.map((value, i) => `${i ? 'L' : 'M'}${(i * step).toFixed(1)} ${y(value).toFixed(1)}`);
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">${svg`<path d=${path.join('')}></path>`}</svg>`;
}
