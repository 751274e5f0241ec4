import { html, nothing } from 'lit';
import { Component } from '../component.js';
import { executedLast, gateLine, vars, when } from '../words.js';
import { count, percent } from '../format.js';
import { OUTCOMES } from '../outcomes.js';
import { store } from '../store.js';

const HEADS = [
  ['symbol', 'symbol'], ['decisions', 'decisions'], ['skip', 'skip rate'], ['gate', 'top gate'],
  ['execute', 'last EXECUTE'], ['stuck', 'stuck since'],
];
const AROUND = 6; // rows above and below what is seen
const FIRST = 24;

/** Every symbol. Only the rows in sight exist: a thousand cost as much as twenty. */
class SymbolTable extends Component {
  static reads = ['view'];
  static properties = { rows: {}, first: { state: true }, last: { state: true } };

  #asked;
  #sizes = new ResizeObserver(() => this.#place());

  constructor() {
    super();
    this.first = 0;
    this.last = FIRST;
  }

  render() {
    const { view } = this.state;
    const seen = this.rows.slice(this.first, this.last);
    return html`<div class="symbol-table" role="table" aria-label="All symbols" aria-rowcount=${this.rows.length + 1}>
      <div role="row" class="symbol-row heads" aria-rowindex="1">${HEADS.map(head => this.#head(head, view))}</div>
      <div class="body" role="rowgroup" tabindex="0" aria-label="symbols, ${view.sort} first" @scroll=${this.#place}>
        <div class="sheet" role="presentation" ${vars({ '--rows': this.rows.length, '--above': this.first })}>
          ${seen.map((row, i) => this.#row(row, this.first + i))}</div></div></div>`;
  }

  firstUpdated() {
    this.#sizes.observe(this.querySelector('.body'));
  }

  /** In another order, or of other symbols, it begins with its first row again. */
  updated() {
    const { sort, turned, filter } = this.state.view;
    const asked = [sort, turned, filter].join();
    if (this.#asked !== undefined && this.#asked !== asked) this.querySelector('.body').scrollTop = 0;
    this.#asked = asked;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#sizes.disconnect();
  }

  #place = () => {
    const body = this.querySelector('.body');
    const height = this.querySelector('.sheet > [role=row]')?.offsetHeight || 36;
    this.first = Math.max(0, Math.floor(body.scrollTop / height) - AROUND);
    this.last = Math.ceil((body.scrollTop + body.clientHeight) / height) + AROUND;
  };

  #head([sort, words], view) {
    const [order, arrow] = view.sort !== sort ? ['none', ''] : view.turned ? ['ascending', '↑'] : ['descending', '↓'];
    return html`<span role="columnheader" aria-sort=${order} class=${sort === 'gate' ? 'of-gate' : sort}><button type="button"
      class="plain" @click=${() => sortBy(sort, view)}>${words}<i aria-hidden="true">${arrow}</i></button></span>`;
  }

  #row(row, index) {
    return html`<div role="row" class="symbol-row" aria-rowindex=${index + 2} data-symbol=${row.symbol}>
      <b role="cell" class="symbol">${row.symbol}</b>
      <span role="cell" class="decisions"><span class="stack" aria-hidden="true">${OUTCOMES.map(outcome => (row.decisions[outcome]
        ? html`<i class=${outcome} ${vars({ '--share': row.decisions[outcome] / row.total })}></i>` : nothing))}</span>${count(row.total)}</span>
      <span role="cell" class="skip">${percent(row.skipRate)}</span>
      <span role="cell" class="of-gate">${row.topGate
        ? html`<span class="name">${gateLine(row.topGate.gate)}</span> <b>${percent(row.topGate.share)}</b>` : '–'}</span>
      <span role="cell" class="execute">${executedLast(row)}</span>
      <span role="cell" class="stuck">${row.stuckSince ? html`<b class="wrong">${when(row.stuckSince)}</b>` : '–'}</span></div>`;
  }
}

/** The same again turns it; a third time is back to worst first. */
function sortBy(sort, view) {
  if (view.sort !== sort) store.look({ sort, turned: false });
  else if (!view.turned) store.look({ turned: true });
  else store.look({ sort: 'worst', turned: false });
}
customElements.define('p35-symbol-table', SymbolTable);
