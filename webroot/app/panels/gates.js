import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import './gate.js';
import { Component } from '../component.js';
import { csv, gateName, instead, none, panelHead, stillTrouble, vars } from '../words.js';
import { count, percent, points, plural } from '../format.js';
import { openGate } from '../actions.js';
import { isAlarming, isOver, rowOf } from '../gates.js';
import { spark } from './spark.js';

const SHOWN = 12;
const BIG_CHANGE = 0.1;

/** C: which gates stop how much; a row opens what the gate means and what it stopped last. */
class Gates extends Component {
  static reads = ['gates', 'view', 'troubles', 'why'];
  static asks = ['gates'];
  static properties = { all: { state: true } };

  render() {
    const { gates, view, why } = this.state;
    const tools = csv(`/api/v1/gates?window=${view.window}&limit=500&format=csv`, 'the gates');
    return html`${panelHead('c', 'Gates', tools)}${gates ? this.#table(gates, view, why) : instead('gates')}${
      gates ? stillTrouble('gates') : nothing}`;
  }

  #table(answer, view, why) {
    const { gates } = answer;
    const open = view.gate;
    const rows = this.all ? [...gates] : gates.filter((row, i) => i < SHOWN || row.gate === open);
    if (open && !rows.some(row => row.gate === open)) {
      rows.push(rowOf(open, gates));
      rows.sort((one, other) => other.count - one.count);
    }
    if (!rows.length) return html`<p class="empty">${none(answer, 'No gate stopped a decision')}</p>`;
    // the newest step of a trend still grows: beside whole ones it would look like a fall
    const trends = rows.some(row => row.trend);
    return html`<div class="gates" role="table" ?data-trends=${trends} aria-label="Gates by share of all decisions">
        <div role="row" class="gates-head"><span role="columnheader">gate</span>
          <span role="columnheader" class="kind">kind</span><span role="columnheader" class="scale"><span class="unseen">bar</span>
          <i aria-hidden="true">40</i><i aria-hidden="true">60</i><i aria-hidden="true">80</i></span>
          <span role="columnheader">share</span><span role="columnheader" class="wide">count</span>
          <span role="columnheader" class="wide">plans</span>
          <span role="columnheader" title="percentage points against the hour before">± hour</span>${trends
            ? html`<span role="columnheader" class="wide">last hour</span>` : nothing}</div>
        ${repeat(rows, ({ gate }) => gate, row => this.#row(row, row.gate === open))}
      </div>
      ${gates.length > SHOWN ? html`<button type="button" class="more-rows" aria-expanded=${!!this.all}
        @click=${() => { this.all = !this.all; }}>${this.all ? 'fewer' : `all ${gates.length} gates`}</button>` : nothing}
      ${why?.none ? html`<p class="quiet foot">${plural(why.none, 'decision')} without a reported reason, executed ones
        among them.</p>` : nothing}`;
  }

  #row(row, open) {
    const over = isOver(row);
    const change = row.before === null || row.before === undefined ? null : row.share - row.before;
    return html`<div role="row" class="gate" data-gate=${row.gate} data-kind=${row.kind} ?data-over=${over} ?data-open=${open}>
        <span role="cell" class="name"><button type="button" aria-expanded=${open} @click=${() => openGate(open ? '' : row.gate)}>${
          gateName(row.gate)}</button></span>
        <span role="cell" class="kind">${row.kind}</span>
        <span role="cell" class="track" aria-hidden="true"><i ${vars({ '--share': row.share })}></i></span>
        <b role="cell" class="share">${percent(row.share, 1)}</b>
        <span role="cell" class="wide">${count(row.count)}</span>
        <span role="cell" class="wide">${row.plans === null ? '' : count(row.plans)}</span>
        <span role="cell" class="change" ?data-wrong=${isAlarming(row) && change >= BIG_CHANGE}>${points(change)}</span>
        ${row.trend ? html`<span role="cell" class="wide spark" aria-hidden="true">${spark(row.trend.slice(0, -1))}</span>` : nothing}
      </div>
      ${open ? html`<div role="row" class="opened-row"><div role="cell"><p35-gate .gate=${row.gate}></p35-gate></div></div>` : nothing}`;
  }
}
customElements.define('p35-gates', Gates);
