import { html, nothing } from 'lit';
import { Component } from '../component.js';
import { executedLast, gateName, vars, when } from '../words.js';
import { columns, executed } from '../symbols.js';
import { isAlarming } from '../gates.js';
import { percent } from '../format.js';
import { openGate } from '../actions.js';
import { store } from '../store.js';

const ROWS = 10;
const MORE = 40;
const COLUMNS = 7;
/** One decision of one says little: it must not glow like a hundred of a hundred. */
const CAUTION = 4;

/** The worst symbols by the gates that stop most: a column that glows is one cause, a row one symbol. */
class Heat extends Component {
  static properties = { rows: {}, all: { state: true } };

  render() {
    const worst = this.rows.slice(0, this.all ? MORE : ROWS);
    const gates = columns(this.rows, COLUMNS);
    if (!gates.length) return nothing;
    return html`<div class="heat-scroll"><table class="heat">
      <caption class="unseen">The worst symbols: share of their decisions by gate, in percent</caption>
      <thead><tr><th scope="col">worst first</th>${gates.map(({ gate }) => html`<th scope="col"><button type="button" class="plain"
        @click=${() => { openGate(gate); document.getElementById('c').scrollIntoView(); }}>${gateName(gate)}</button></th>`)}
        <th scope="col" class="figure">EXECUTE</th><th scope="col" class="figure">last</th></tr></thead>
      <tbody>${worst.map(row => this.#row(row, gates))}</tbody></table></div>
      ${this.rows.length > ROWS ? html`<button type="button" class="more-rows" aria-expanded=${!!this.all}
        @click=${() => { this.all = !this.all; }}>${this.all ? 'fewer' : `the worst ${Math.min(MORE, this.rows.length)}`}</button>` : nothing}`;
  }

  #row(row, gates) {
    const shares = new Map(row.gates.map(({ gate, share }) => [gate, share]));
    return html`<tr data-symbol=${row.symbol}><th scope="row"><button type="button" class="plain"
        @click=${() => store.look({ filter: row.symbol })}>${row.symbol}</button></th>
      ${gates.map(({ gate, kind }) => {
        const share = shares.get(gate) ?? 0;
        return html`<td data-alarming=${isAlarming({ kind })} ${vars({ '--heat': (share * row.total) / (row.total + CAUTION) })}>${
          share ? Math.round(share * 100) : '·'}</td>`;
      })}
      <td class="figure">${percent(executed(row))}</td>
      <td class="figure">${last(row)}</td></tr>`;
  }
}
function last(row) {
  if (row.stuckSince) return html`<b class="wrong">stuck ${when(row.stuckSince)}</b>`;
  return executedLast(row);
}
customElements.define('p35-heat', Heat);
