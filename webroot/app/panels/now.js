import { html, nothing } from 'lit';
import './timeline.js';
import { Component } from '../component.js';
import { csv, instead, none, panelHead, vars } from '../words.js';
import { count, percent } from '../format.js';
import { OUTCOMES, healthy, isWrong, offRange } from '../outcomes.js';
import { chooseWindow } from '../actions.js';
import { timelinePath } from '../questions.js';

const WIDE = 0.09; // of the bar, for a label to fit in

/** A: the decisions of the window as one bar, what is healthy under it, and how it came about. */
class Now extends Component {
  static reads = ['why', 'view', 'troubles'];

  render() {
    const { why, view } = this.state;
    return html`${panelHead('a', 'Now', csv(`/api/v1${timelinePath(view)}&format=csv`, 'the timeline'))}
      ${why ? this.#distribution(why) : instead('why')}
      <p35-timeline></p35-timeline>`;
  }

  #distribution(why) {
    const { decisions, skipRate, window } = why;
    const { total } = window;
    const rows = OUTCOMES.map(outcome => {
      const share = total ? (decisions[outcome] ?? 0) / total : 0;
      return {
        outcome, share, number: decisions[outcome] ?? 0, off: offRange(outcome, share, total), wrong: isWrong(outcome, share, total),
      };
    });
    if (!total) {
      return html`<p class="empty">${none(why, 'No decision')} ${window.name === '1h' || why.state === 'REDIS_DOWN' ? nothing
        : html`<button type="button" class="plain" @click=${() => chooseWindow('1h')}>look at the last hour</button>`}</p>`;
    }
    const words = rows.map(row => `${row.outcome} ${percent(row.share, 1)}`).join(', ');
    return html`<div class="mix" role="img" aria-label="Decisions: ${words}">
        <div class="stack">${rows.filter(row => row.number).map(row => html`<span class=${row.outcome}
          ${vars({ '--share': row.share })}>${row.share > WIDE ? html`<b>${row.outcome}</b> ${percent(row.share)}` : nothing}</span>`)}</div>
        <div class="healthy" title=${OUTCOMES.map(outcome => `${outcome} ${healthy(outcome)}`).join(', ')}>a healthy mix</div>
      </div>
      <ul class="legend">${rows.map(row => this.#entry(row))}
        <li class="rate"><span>skip rate</span><b data-figure="skipRate">${percent(skipRate, 1)}</b></li></ul>`;
  }

  /** Off the healthy range is marked; where an alert rule would call, it takes the accent too. */
  #entry({ outcome, share, number, off, wrong }) {
    return html`<li class=${outcome} ?data-off=${off} ?data-wrong=${wrong} data-outcome=${outcome}><span><i aria-hidden="true"></i>${outcome}</span>
      <b>${percent(share, 1)}</b><span class="number">${count(number)}</span>
      <small>${off > 0 ? '↑ ' : off < 0 ? '↓ ' : ''}healthy ${healthy(outcome)}</small></li>`;
  }
}
customElements.define('p35-now', Now);
