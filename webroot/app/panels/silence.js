import { html, nothing } from 'lit';
import { Component } from '../component.js';
import { myName, rememberName, silence } from '../actions.js';

const MORNING = 7;

/** Nobody is told for a while: half an hour, two hours, or until the morning of whoever sits here. */
class Silence extends Component {
  static properties = { gate: {}, open: { state: true }, trouble: { state: true }, busy: { state: true } };

  render() {
    if (!this.open) {
      return html`<button type="button" class="button" @click=${this.#show} aria-label="silence ${this.gate}">silence …</button>`;
    }
    return html`<form class="inline-form" data-closes @dismiss=${this.#close} @submit=${event => event.preventDefault()}>
      <label>your name<input name="by" required maxlength="60" autocomplete="nickname" .value=${myName()}></label>
      <label>why<input name="note" maxlength="300" placeholder="optional"></label>
      <div class="row" role="group" aria-label="silence ${this.gate} for">${choices(new Date()).map(([words, period]) =>
        html`<button type="button" ?disabled=${this.busy} @click=${event => this.#silence(event, period)}>${words}</button>`)}
        <button type="button" class="plain" @click=${this.#close}>cancel</button></div>
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
    </form>`;
  }

  async #show() {
    this.open = true;
    await this.updateComplete;
    this.querySelector(myName() ? 'input[name=note]' : 'input[name=by]').focus();
  }

  async #close() {
    this.open = false;
    this.trouble = undefined;
    await this.updateComplete;
    this.querySelector('button').focus();
  }

  async #silence(event, period) {
    const { form } = event.target;
    if (!form.reportValidity()) return;
    const { by, note } = form.elements;
    rememberName(by.value.trim());
    this.busy = true;
    this.trouble = await silence(this.gate, period, by.value.trim(), note.value.trim());
    this.busy = false;
    if (!this.trouble) this.#close();
  }
}

function choices(now) {
  const morning = new Date(now);
  morning.setHours(MORNING, 0, 0, 0);
  if (morning <= now) morning.setDate(morning.getDate() + 1);
  return [['30 min', { for: '30m' }], ['2 h', { for: '2h' }], [`until morning (0${MORNING}:00)`, { until: morning.toISOString() }]];
}
customElements.define('p35-silence', Silence);
