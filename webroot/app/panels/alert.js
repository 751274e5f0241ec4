import { html, nothing } from 'lit';
import './silence.js';
import { NoteForm } from './note-form.js';
import { command, filled, isCommand, tight, when } from '../words.js';
import { SEVERITIES, shape } from '../shapes.js';
import { percent, span } from '../format.js';
import { acknowledge, explain, loadGate, openGate } from '../actions.js';
import { store } from '../store.js';

/** One incident, and what a person does about it. */
class OneAlert extends NoteForm {
  static reads = ['minute', 'entries'];
  static properties = { alert: {} };
  static opener = '.row button';

  #looked = false;

  render() {
    const { alert } = this;
    const calm = alert.silenced || alert.acknowledged;
    const age = span(store.now() - Date.parse(alert.since));
    return html`<article class="alert" tabindex="-1" data-alert=${alert.id} data-reason=${alert.reason} data-severity=${alert.severity}
      ?data-calm=${!!calm}><p class="severity">${shape(SEVERITIES[alert.severity])}<b>${alert.severity}</b><span>${age}</span></p>
      <div class="what">
        <h3>${tight(alert.sentence)}</h3>
        <p class="low">${facts(alert)}</p>
        ${alert.symbols.length ? html`<p class="low">mostly ${alert.symbols.map(({ symbol }) => symbol).join(', ')}</p>` : nothing}
        ${alert.acknowledged ? html`<p>seen by <b>${alert.acknowledged.by}</b> ${when(alert.acknowledged.at)}${
          alert.acknowledged.note ? `: ${alert.acknowledged.note}` : ''}</p>` : nothing}
        ${alert.silenced ? html`<p>silenced until ${when(alert.silenced.until)} UTC by <b>${alert.silenced.by}</b></p>`
          : alert.quietUntil ? html`<p>quiet hours: nobody is told before ${when(alert.quietUntil)} UTC</p>` : nothing}
        ${alert.action && !calm ? this.#action(alert) : nothing}
        ${this.open ? this.#form() : html`<div class="row">
          ${alert.acknowledged ? nothing : html`<button type="button" class="main" data-do="acknowledge"
            @click=${this.show}>acknowledge</button>`}
          ${alert.silenced ? nothing : html`<p35-silence .gate=${alert.reason}></p35-silence>`}
          <button type="button" class="plain" @click=${() => explain(alert.reason)}>why?</button>
          ${alert.reason === alert.rule ? nothing
            : html`<a class="plain" href="#c" @click=${() => openGate(alert.reason)}>guide</a>`}</div>`}
      </div></article>`;
  }

  #action({ action, reason, symbols }) {
    const plan = this.state.entries[reason]?.decisions?.find(entry => entry.planId)?.planId;
    const text = filled(action, plan, symbols[0]?.symbol);
    return isCommand(text) ? command(text) : html`<p class="step">${text}</p>`;
  }

  updated() {
    const { action, reason } = this.alert;
    if (action?.includes('<plan_id>') && !this.state.entries[reason] && !this.#looked) {
      this.#looked = true;
      loadGate(reason);
    }
  }

  #form() {
    return html`<form class="inline-form" data-closes @dismiss=${this.close} @submit=${this.#acknowledge}>
      ${this.fields('note', 'optional: what you do about it')}
      <div class="row"><button class="main">I look after it</button>
        <button type="button" class="plain" @click=${this.close}>cancel</button></div>
      ${this.wrong()}</form>`;
  }

  #acknowledge(event) {
    event.preventDefault();
    this.send(event.target, (by, note) => acknowledge(this.alert.id, by, note));
  }
}
/** "at least 58 % with 99 % confidence, peak 71 % with repeats, 2 % in the hour before". What "why?" tells is left to it. */
function facts({ since, certainty, rule, share, peak, shareBefore }) {
  const words = [html`since ${when(since)}`];
  if (/^at (least|most)/.test(certainty)) words.push(tight(certainty.split(' (')[0]));
  if (peak > share) words.push(`peak ${percent(peak)} ${rule === 'symbol_stuck' ? 'of symbols' : 'with repeats'}`);
  if (shareBefore !== null && shareBefore !== undefined) words.push(`${percent(shareBefore)} in the hour before`);
  return words.map((part, i) => (i ? html`, ${part}` : part));
}
customElements.define('p35-alert', OneAlert);
