import { html, nothing } from 'lit';
import './heat.js';
import './symbol-table.js';
import { Component } from '../component.js';
import { csv, instead, none, panelHead, stillTrouble } from '../words.js';
import { arranged } from '../symbols.js';
import { plural } from '../format.js';
import { store } from '../store.js';

const SETTLED_MS = 5_000; // rows that change places every second cannot be read

/** B: is it one symbol or all, one gate or many? Worst first. */
class Symbols extends Component {
  static reads = ['symbols', 'view', 'troubles'];
  static asks = ['symbols'];

  #orders = new Map();

  render() {
    const { symbols, view } = this.state;
    return html`${panelHead('b', 'Symbols', csv(`/api/v1/symbols?window=${view.window}&format=csv`, 'the symbols'))}
      ${symbols ? this.#tables(symbols, view) : instead('symbols')}${symbols ? stillTrouble('symbols') : nothing}`;
  }

  #tables(answer, view) {
    const { symbols: all } = answer;
    if (!all.length) return html`<p class="empty">${none(answer, 'No symbol had a decision')}</p>`;
    const worst = this.#settled('heat', all, { ...view, sort: 'worst', turned: false });
    const rows = this.#settled('table', all, view);
    const stuck = all.filter(row => row.stuckSince).length;
    return html`<div class="symbols-tools"><label class="search"><span class="unseen">filter the symbols</span>
        <input id="filter" type="search" placeholder="filter: symbol or gate" .value=${view.filter} spellcheck="false" autocomplete="off"
          @input=${event => store.look({ filter: event.target.value })}></label>
        <p class="quiet" data-figure="symbols">${rows.length === all.length ? plural(all.length, 'symbol')
          : `${rows.length} of ${plural(all.length, 'symbol')}`}${stuck ? html`, <b class="wrong">${stuck} stuck</b>` : nothing}</p>
        ${view.sort === 'worst' && !view.turned ? nothing : html`<button type="button" class="plain"
          @click=${() => store.look({ sort: 'worst', turned: false })}>worst first</button>`}</div>
      ${rows.length ? html`<p35-heat .rows=${worst}></p35-heat><p35-symbol-table .rows=${rows}></p35-symbol-table>`
        : html`<p class="empty">No symbol or top gate has “${view.filter}” in its name. <button type="button" class="plain"
          @click=${() => store.look({ filter: '' })}>show all</button></p>`}`;
  }

  /** In the order of some seconds ago, with the figures of now; at once in another order when one is asked for. */
  #settled(name, all, { window, filter, sort, turned }) {
    const asked = [window, filter, sort, turned].join();
    const known = this.#orders.get(name);
    const old = known?.asked !== asked || Date.now() - known.at > SETTLED_MS || known.size !== all.length;
    if (old) {
      const rows = arranged(all, { filter, sort, turned });
      this.#orders.set(name, { asked, at: Date.now(), size: all.length, symbols: rows.map(({ symbol }) => symbol) });
      return rows;
    }
    const now = new Map(all.map(row => [row.symbol, row]));
    return known.symbols.map(symbol => now.get(symbol)).filter(Boolean);
  }
}
customElements.define('p35-symbols', Symbols);
