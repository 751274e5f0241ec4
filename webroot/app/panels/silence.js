import { html } from 'lit';
import { NoteForm } from './note-form.js';
import { near, wall } from '../format.js';
import { silence } from '../actions.js';
import { store } from '../store.js';

const MORNING = 7;

/** Nobody is told for a while: half an hour, two hours, or until the morning of whoever sits here. */
class Silence extends NoteForm {
  static properties = { gate: {} };

  render() {
    if (!this.open) {
      return html`<button type="button" class="button" @click=${this.show} aria-label="silence ${this.gate}">silence …</button>`;
    }
    return html`<form class="inline-form" data-closes @dismiss=${this.close} @submit=${event => event.preventDefault()}>
      ${this.fields('why', 'optional')}
      <div class="row" role="group" aria-label="silence ${this.gate} for">${choices(store.now()).map(([words, period]) =>
        html`<button type="button" @click=${event => this.#silence(event, period)}>${words}</button>`)}
        <button type="button" class="plain" @click=${this.close}>cancel</button></div>
      ${this.wrong()}
    </form>`;
  }

  #silence({ target: { form } }, period) {
    if (form.reportValidity()) this.send(form, (by, note) => silence(this.gate, period, by, note));
  }
}

function choices(now) {
  const morning = new Date(now);
  morning.setHours(MORNING, 0, 0, 0);
  if (morning <= now) morning.setDate(morning.getDate() + 1);
  const until = morning.toISOString();
  return [['30 min', { for: '30m' }], ['2 h', { for: '2h' }],
    [`until morning (${near(until, now)} UTC${morning.getTimezoneOffset() ? `, ${wall(until)}` : ''})`, { until }]];
}
customElements.define('p35-silence', Silence);
