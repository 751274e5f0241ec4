import { html, nothing } from 'lit';
import './silence.js';
import { Component } from '../component.js';
import { command, csv, filled, isCommand } from '../words.js';
import { clock } from '../format.js';
import { explain } from '../actions.js';

/** An opened gate: what it means, where to look, what to do, and what it stopped last. */
class Gate extends Component {
  static reads = ['guides', 'entries', 'view', 'absent'];
  static properties = { gate: {}, held: { state: true } };

  render() {
    const guide = this.state.guides[this.gate];
    const entries = this.held ?? this.state.entries[this.gate];
    const all = `/api/v1/decisions?gate=${encodeURIComponent(this.gate)}&limit=500&format=csv`;
    return html`<div class="opened" role="region" aria-label="About ${this.gate}">
      <div class="guide">${guide ? this.#guide(guide, entries) : html`<p class="quiet">Looking it up …</p>`}${this.#tools()}</div>
      <div class="newest"><h3>Newest decisions ${csv(all, 'these decisions')}</h3>
        ${entries ? this.#entries(entries) : html`<p class="quiet">Looking them up …</p>`}</div>
    </div>`;
  }

  #guide(guide, entries) {
    const { planId, symbol } = entries?.decisions?.find(entry => entry.planId && entry.symbol) ?? {};
    if (guide.trouble?.status === 404) {
      return html`<p>The gate catalogue does not know this code: ask the producer's code what it means, then add it to
        conf/gates.yaml.</p>`;
    }
    if (guide.trouble) return html`<p class="trouble">The guide could not be read: ${guide.trouble.message}</p>`;
    return html`<p class="meaning">${guide.meaning ?? 'There is no guide for this gate yet.'}${
        guide.expected ? html` <span class="low">Normal: ${guide.expected}.</span>` : nothing}</p>
      ${guide.diagnose.length ? html`<h3>Where to look</h3>${guide.diagnose.map(place => (isCommand(place)
        ? command(filled(place, planId, symbol)) : html`<p class="step">${place}</p>`))}` : nothing}
      ${guide.actions.length ? html`<h3>What to do</h3><dl class="todo">${guide.actions.map(todo)}</dl>` : nothing}`;
  }

  #tools() {
    if (this.state.absent.alerts) return nothing;
    return html`<div class="row tools"><p35-silence .gate=${this.gate}></p35-silence>
      <a class="button" href="#d" @click=${() => explain(this.gate)}>why did it (not) alert?</a></div>`;
  }

  #entries({ trouble, decisions, complete }) {
    if (trouble) return html`<p class="trouble">${trouble.message}</p>`;
    if (!decisions.length) {
      return html`<p class="quiet">None among the entries that were looked at${complete ? '' : '; older ones may exist'}.</p>`;
    }
    return html`<ul class="entries" @toggle=${{ handleEvent: () => this.#hold(), capture: true }}>${decisions.map(entry => html`<li><details>
      <summary><time datetime=${entry.time}>${clock(entry.time)}</time> <b>${entry.symbol ?? '–'}</b>
        <span class="low">${entry.outcome}${entry.gate === this.gate ? '' : ` ${entry.gate}`}</span></summary>
      <dl class="fields"><div><dt>id</dt><dd>${entry.id}</dd></div>${Object.entries(entry.fields).map(([name, value]) =>
        html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></details></li>`)}</ul>`;
  }

  /** While one of them is read, no newer one takes its place. */
  #hold() {
    const reads = this.querySelector('.entries details[open]');
    this.held = reads ? this.held ?? this.state.entries[this.gate] : undefined;
  }

  willUpdate(changed) {
    if (changed.has('gate')) this.held = undefined;
  }
}
const todo = ({ when, action, time }) => html`<div><dt>${when ?? 'always'}</dt>
  <dd>${action}${time ? html` <span class="time">${time}</span>` : nothing}</dd></div>`;
customElements.define('p35-gate', Gate);
