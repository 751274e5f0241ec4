import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import './alert.js';
import './explain.js';
import { Component } from '../component.js';
import { breakable, csv, instead, panelHead, stillTrouble, when } from '../words.js';
import { SEVERITIES, look, shape } from '../shapes.js';
import { percent, plural, span } from '../format.js';
import { endSilence } from '../actions.js';
import { isCurrent, isOver } from '../gates.js';

const HISTORY = 5;

/** D: what fires, what fired, what is silenced, and why. */
class Alerts extends Component {
  static reads = ['why', 'gates', 'alerts', 'recent', 'silences', 'view', 'troubles', 'absent', 'minute'];
  static asks = ['alerts', 'recent', 'silences'];
  static properties = { all: { state: true }, trouble: { state: true } };

  render() {
    const { alerts, recent, silences, view, absent } = this.state;
    const tools = csv(`/api/v1/drift?window=${view.window}&format=csv`, 'the drift check');
    if (absent.alerts) {
      return html`${panelHead('d', 'Drift and alerts', tools)}${this.#drift()}
        <p class="empty">This service has no alerts: its drift module is not there.</p>`;
    }
    return html`${panelHead('d', 'Drift and alerts', tools)}${this.#drift()}
      ${alerts?.blind ? html`<p class="trouble" role="note">Nothing can fire or end at the moment: drift ${alerts.blind}.</p>` : nothing}
      ${alerts ? this.#firing(alerts.alerts) : instead('alerts')}${alerts ? stillTrouble('alerts') : nothing}
      ${silences?.silences.length ? this.#silences(silences.silences) : nothing}
      ${recent ? this.#history(recent.alerts.filter(alert => alert.state === 'resolved')) : nothing}
      <p35-explain></p35-explain>`;
  }

  /** What ./p35 d says. An alert needs more than one look and enough decisions; this is the plain share. */
  #drift() {
    const { gates, why } = this.state;
    if (!gates || !why) return nothing;
    if (!isCurrent(why)) {
      return html`<p class="drift"><span>Drift: cannot tell, the state is <b>${look(why).word}</b>. The answer above says why.</span></p>`;
    }
    const { name } = gates.window;
    const over = gates.gates.filter(isOver)
      .map((row, i) => html`${i ? ', ' : ''}<b>${breakable(row.gate)}</b> ${percent(row.share)}`);
    return html`<p class="drift" ?data-wrong=${over.length > 0}>${over.length
      ? html`${shape('triangle')}<span>Drift: ${over} of the last ${name}</span>`
      : html`<span>No drift: no gate that matters holds 40 % of the last ${name}.</span>`}</p>`;
  }

  #firing(alerts) {
    if (!alerts.length && !this.state.why) return html`<p class="empty">Nothing fires: without an answer the rules have nothing to look at.</p>`;
    if (!alerts.length) return html`<p class="empty">${shape('disc')} Nothing fires.</p>`;
    // by their ids: an open form stays with its alert when a worse one comes before it
    return html`<ul class="alerts">${repeat([...alerts].sort(worstFirst), ({ id }) => id,
      alert => html`<li><p35-alert .alert=${alert}></p35-alert></li>`)}</ul>`;
  }

  #silences(silences) {
    return html`<h3>Silenced</h3><ul class="silences">${repeat(silences, ({ id }) => id, silence => html`<li data-silence=${silence.id}>
      <span><b class="code">${silence.gate}</b>${silence.symbol ? ` for ${silence.symbol}` : ''} until ${when(silence.until)} UTC
        <span class="low">by ${silence.by}${silence.note ? `: ${silence.note}` : ''}</span></span>
      <button type="button" class="plain" aria-label="end the silence of ${silence.gate}"
        @click=${() => this.#end(silence)}>end it</button></li>`)}</ul>
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}`;
  }

  async #end({ id }) {
    this.trouble = await endSilence(id);
  }

  #history(over) {
    const shown = this.all ? over : over.slice(0, HISTORY);
    return html`<h3>Before ${csv('/api/v1/alerts?state=recent&format=csv', 'the history of alerts')}</h3>
      ${over.length ? html`<ul class="history">${shown.map(alert => html`<li data-alert=${alert.id}>
          <span class="over">${shape(SEVERITIES[alert.severity])}<span class="unseen">${alert.severity}</span></span>
          <span class="what"><b class="code">${alert.reason}</b> <span class="low">${past(alert)}</span></span>
          <span class="low">${when(alert.since)} – ${when(alert.resolved)}</span></li>`)}</ul>
        ${over.length > HISTORY ? html`<button type="button" class="more-rows" aria-expanded=${!!this.all}
          @click=${() => { this.all = !this.all; }}>${this.all ? 'fewer' : `all ${over.length}`}</button>` : nothing}`
        : html`<p class="quiet">No alert was ever resolved here.</p>`}`;
  }
}
const RANKS = ['CRITICAL', 'HIGH', 'MEDIUM'];
const worstFirst = (one, other) => RANKS.indexOf(one.severity) - RANKS.indexOf(other.severity)
  || Date.parse(other.since) - Date.parse(one.since);

/** "up to 71 %, 6 min, 2 flaps, seen by Ada". */
function past({ share, peak, since, resolved, flaps, acknowledged }) {
  const words = [];
  if (share) words.push(`up to ${percent(Math.max(peak, share))}`);
  words.push(span(Date.parse(resolved) - Date.parse(since)));
  if (flaps) words.push(plural(flaps, 'flap'));
  if (acknowledged) words.push(`seen by ${acknowledged.by}`);
  return words.join(', ');
}
customElements.define('p35-alerts', Alerts);
