import { html, nothing } from 'lit';
import { Component } from '../component.js';
import { tight, when } from '../words.js';
import { shape } from '../shapes.js';
import { explain } from '../actions.js';

const SHAPES = { firing: 'diamond', pending: 'half', undecided: 'ring', inactive: 'disc' };
const ORDER = Object.keys(SHAPES);

/** Why did this fire, or not? In words, from the rules' own last look. */
class ExplainPanel extends Component {
  static reads = ['explained', 'gates', 'recent'];

  #shown;

  updated() {
    const { explained } = this.state;
    if (explained && explained.gate !== this.#shown) {
      this.#shown = explained.gate;
      this.querySelector('form').scrollIntoView({ block: 'nearest' });
    }
  }

  render() {
    const { explained, gates, recent } = this.state;
    const names = new Set([...(recent?.alerts ?? []).map(({ reason }) => reason), ...(gates?.gates ?? []).map(({ gate }) => gate)]);
    return html`<h3>Why did this fire, or not?</h3>
      <form class="row ask" @submit=${event => { event.preventDefault(); explain(event.target.elements.gate.value.trim()); }}>
        <input name="gate" list="reasons" aria-label="gate or rule, empty for all" placeholder="gate or rule; empty: all" maxlength="130"
          spellcheck="false" autocomplete="off" .value=${explained?.gate ?? ''}>
        <datalist id="reasons">${[...names].map(name => html`<option value=${name}></option>`)}</datalist>
        <button>explain</button></form>
      ${explained ? this.#answer(explained) : nothing}`;
  }

  #answer({ trouble, explanations, asOf }) {
    if (trouble) return html`<p class="trouble" role="alert">${trouble}</p>`;
    if (!explanations) return html`<p class="quiet">Asking …</p>`;
    if (!explanations.length) return html`<p class="quiet">No rule looks at that.</p>`;
    const sorted = [...explanations].sort((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status));
    return html`<ul class="explanations" tabindex="0" aria-label="explanations">${sorted.map(line)}</ul>
      <p class="quiet">As of the look at ${when(asOf)} UTC.</p>`;
  }
}
const line = ({ rule, reason, status, sentence }) => html`<li data-status=${status}>${shape(SHAPES[status] ?? 'ring')}
  <span><b class="code">${reason}</b> <span class="low">${rule === reason ? '' : `${rule}, `}${status}</span><br>${tight(sentence)}</span></li>`;
customElements.define('p35-explain', ExplainPanel);
