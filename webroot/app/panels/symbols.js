import { html, nothing } from 'lit';
import './heat.js';
import './symbol-table.js';
import { Component } from '../component.js';
import { csv, instead, panelHead, stillTrouble } from '../words.js';
import { arranged } from '../symbols.js';
import { plural } from '../format.js';
import { store } from '../store.js';

/** B: is it one symbol or all, one gate or many? Worst first. */
class Symbols extends Component {
  static reads = ['symbols', 'view', 'troubles'];
  static asks = ['symbols'];

  render() {
    const { symbols, view } = this.state;
    return html`${panelHead('b', 'Symbols', csv(`/api/v1/symbols?window=${view.window}&format=csv`, 'the symbols'))}
      ${symbols ? this.#tables(symbols.symbols, view) : instead('symbols')}${symbols ? stillTrouble('symbols') : nothing}`;
  }

  #tables(all, view) {
    if (!all.length) return html`<p class="empty">No symbol had a decision in this window.</p>`;
    const worst = arranged(all, { ...view, sort: 'worst', turned: false });
    const rows = view.sort === 'worst' && !view.turned ? worst : arranged(all, view);
    const stuck = all.filter(row => row.stuckSince).length;
    return html`<div class="symbols-tools"><label class="search"><span class="unseen">filter the symbols</span>
        <input id="filter" type="search" placeholder="filter: symbol or gate" .value=${view.filter} spellcheck="false" autocomplete="off"
          @input=${event => store.look({ filter: event.target.value })}></label>
        <p class="quiet" data-figure="symbols">${rows.length === all.length ? plural(all.length, 'symbol')
          : `${rows.length} of ${plural(all.length, 'symbol')}`}${stuck ? html`, <b class="wrong">${stuck} stuck</b>` : nothing}</p></div>
      ${rows.length ? html`<p35-heat .rows=${worst}></p35-heat><p35-symbol-table .rows=${rows}></p35-symbol-table>`
        : html`<p class="empty">No symbol or top gate has “${view.filter}” in its name. <button type="button" class="plain"
          @click=${() => store.look({ filter: '' })}>show all</button></p>`}`;
  }
}
customElements.define('p35-symbols', Symbols);
