import { html, nothing } from 'lit';
import { Component } from '../component.js';
import { instead, stillTrouble, vars } from '../words.js';
import { count, percent, period, span } from '../format.js';
import { OUTCOMES, total } from '../outcomes.js';
import { SPANS } from '../view.js';
import { lookAt } from '../actions.js';
import { store } from '../store.js';
import { Chart } from './chart.js';

const MINUTE = 60_000;
/** The newest step is drawn by no less than this part of it: a few seconds say little of twenty minutes. */
const SAYS_ENOUGH = 0.2;

/** How did it come about? Move over it to read a step, draw over it to look at a period. */
class Timeline extends Component {
  static reads = ['timeline', 'recent', 'view', 'troubles', 'theme', 'why'];
  static asks = ['timeline', 'recent'];
  static properties = { cursor: { state: true }, anchor: { state: true } };

  #chart;
  #drawn;

  get #points() {
    return this.state.timeline.points;
  }

  /** Of a step; the newest one goes to now, and still grows. */
  #end(index, step) {
    const { points, asOf } = this.state.timeline;
    return Math.min(Date.parse(points[index].at) + step, Date.parse(asOf));
  }

  /** As drawn: the newest step by its rate, since beside whole ones it would look like a fall. */
  get #drawing() {
    const points = this.#points;
    const step = stepOf(this.state.timeline);
    const part = Math.max(SAYS_ENOUGH, (this.#end(points.length - 1, step) - Date.parse(points.at(-1).at)) / step);
    const byRate = decisions => Object.fromEntries(Object.entries(decisions).map(([outcome, number]) => [outcome, number / part]));
    return points.map((point, i) => (i < points.length - 1 ? point : { ...point, decisions: byRate(point.decisions) }));
  }

  render() {
    const { timeline, view } = this.state;
    const shown = timeline?.asked ?? view;
    const points = timeline ? this.#points : [];
    const step = timeline && stepOf(timeline);
    return html`<div class="timeline ${timeline ? '' : 'waiting'}">
      <div class="timeline-head">
        <h3>${this.#heading(shown, points, step)}</h3>
        <span class="grow"></span>
        ${view.from ? html`<button type="button" class="tool" @click=${() => lookAt({ from: '', to: '' })}>back to now</button>` : nothing}
        <div class="switch small" role="group" aria-label="length of the timeline">${SPANS.map(length => html`<button type="button"
          data-span=${length} aria-pressed=${!view.from && length === view.span}
          @click=${() => lookAt({ span: length, from: '', to: '' })}>${length}</button>`)}</div>
      </div>
      ${!timeline ? instead('timeline') : points.some(point => total(point.decisions)) ? this.#plot(points, step)
        : html`<p class="empty">Nothing was counted in this time.</p>`}${timeline ? stillTrouble('timeline') : nothing}</div>`;
  }

  /** The minutes that are summed under it, which are whole steps; before they are known, those that were asked for. */
  #heading({ span: length, from, to }, points, step) {
    if (!from) return `The last ${words(length)}`;
    return `${points.length ? period(points[0].at, this.#end(points.length - 1, step), store.now(), ' to ')
      : period(from, to, store.now(), ' to ')} UTC`;
  }

  #plot(points, step) {
    return html`<div class="plot" tabindex="0" role="slider"
        aria-label="Timeline. Arrows move, Shift and arrows select, Enter looks at the period"
        aria-valuemin="0" aria-valuemax=${Math.max(0, points.length - 1)} aria-valuenow=${this.cursor ?? Math.max(0, points.length - 1)}
        aria-valuetext=${this.cursor === undefined ? this.#sum(points.length - 1, points.length - 1, step) : this.#words(points, step)}
        @pointermove=${this.#move} @pointerdown=${this.#down} @pointerup=${this.#up} @pointerleave=${this.#leave}
        @pointercancel=${this.#leave} @keydown=${this.#key} @blur=${this.#leave}>
        <div class="canvas" aria-hidden="true"></div>
        ${this.cursor === undefined ? nothing : html`<i class="cursor" ${vars({ '--at': this.#x(this.cursor) })}></i>`}
        ${this.#selection ? html`<i class="selection" ${vars(this.#edges())}></i>` : nothing}
      </div>
      <p class="reading">${this.#words(points, step)}</p>`;
  }

  updated() {
    const { timeline, recent, theme, why } = this.state;
    const canvas = this.querySelector('.canvas');
    if (!timeline || !canvas) return;
    const drawn = [timeline, recent, theme, why?.state, canvas];
    if (this.#drawn?.every((part, i) => part === drawn[i])) return;
    this.#drawn = drawn;
    if (this.#chart?.canvas !== canvas) {
      this.#chart?.close();
      this.#chart = new Chart(canvas, () => this.requestUpdate());
    }
    this.#chart.draw(this.#drawing, recent?.alerts ?? []);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#chart?.close();
    this.#chart = undefined;
    this.#drawn = undefined;
  }

  get #selection() {
    return this.anchor !== undefined && this.cursor !== undefined && this.anchor !== this.cursor;
  }

  #x(index) {
    return `${this.#chart?.x(this.#points[index]?.at) ?? 0}px`;
  }

  #edges() {
    const [from, to] = [this.anchor, this.cursor].sort((one, other) => one - other);
    return { '--from': this.#x(from), '--to': this.#x(to) };
  }

  #words(points, step) {
    if (this.#selection) {
      const [from, to] = [this.anchor, this.cursor].sort((one, other) => one - other);
      return this.#sum(from, to, step);
    }
    if (this.cursor !== undefined) return `${this.#sum(this.cursor, this.cursor, step)}${this.#fired(points[this.cursor], step)}`;
    return this.state.timeline.asked.from ? this.#sum(0, points.length - 1, step)
      : `Move over it to read ${step === MINUTE ? 'a minute' : span(step)}, draw over it to look at a period.`;
  }

  /** "14:02–14:08 (6 min): 1 234 decisions, …". */
  #sum(from, to, step) {
    const points = this.#points;
    // the cursor may still be where a longer timeline had a step
    if (!points[to]) return '';
    const begin = Date.parse(points[from].at);
    const end = this.#end(to, step);
    const grows = end < Date.parse(points[to].at) + step ? ' so far' : '';
    return `${period(begin, end, store.now())} (${span(end - begin)}${grows}): ${sum(points.slice(from, to + 1))}`;
  }

  #fired(point, step) {
    const begin = Date.parse(point?.at);
    const fired = (this.state.recent?.alerts ?? []).filter(({ since }) => Date.parse(since) >= begin && Date.parse(since) < begin + step);
    return fired.map(({ severity, reason }) => `; alert: ${severity} ${reason}`).join('');
  }

  #index(event) {
    const time = this.#chart?.time(event.clientX - event.currentTarget.getBoundingClientRect().left);
    const points = this.#points;
    if (time === undefined || !points.length) return undefined;
    return Math.max(0, Math.min(points.length - 1, Math.round((time - Date.parse(points[0].at)) / stepOf(this.state.timeline))));
  }

  #move(event) {
    this.cursor = this.#index(event);
  }

  #down(event) {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.anchor = this.#index(event);
    this.cursor = this.anchor;
  }

  #up() {
    this.#zoom();
  }

  #leave() {
    this.cursor = undefined;
    this.anchor = undefined;
  }

  #key(event) {
    const points = this.#points;
    const last = points.length - 1;
    const move = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -last, End: last }[event.key];
    if (move) {
      const at = this.cursor ?? last;
      this.anchor = event.shiftKey ? this.anchor ?? at : undefined;
      this.cursor = Math.max(0, Math.min(last, at + move));
    } else if (event.key === 'Enter') {
      this.#zoom();
    } else if (event.key === 'Escape' && this.anchor !== undefined) {
      this.anchor = undefined;
    } else {
      return;
    }
    event.preventDefault();
  }

  #zoom() {
    if (this.#selection) {
      const points = this.#points;
      const [from, to] = [this.anchor, this.cursor].sort((one, other) => one - other);
      const end = Date.parse(points[to].at) + stepOf(this.state.timeline);
      lookAt({ from: points[from].at, to: new Date(end).toISOString().replace('.000Z', 'Z') });
      this.cursor = undefined;
    }
    this.anchor = undefined;
  }
}

const words = length => ({ '1h': 'hour', '3h': '3 hours', '12h': '12 hours', '48h': '48 hours' }[length]);

/** "20m" or "1h", in milliseconds. */
const stepOf = ({ step }) => parseInt(step, 10) * (step.endsWith('h') ? 60 : 1) * MINUTE;

/** "1 234 decisions, EXECUTE 12 %, BLOCKED 71 %; most: p33_permit_denied:stale 62 %". */
function sum(points) {
  const decisions = {};
  const gates = {};
  for (const point of points) {
    for (const outcome of OUTCOMES) decisions[outcome] = (decisions[outcome] ?? 0) + (point.decisions[outcome] ?? 0);
    for (const [gate, number] of Object.entries(point.gates)) gates[gate] = (gates[gate] ?? 0) + number;
  }
  const all = total(decisions);
  if (!all) return 'no decisions';
  const shares = OUTCOMES.filter(outcome => decisions[outcome]).map(outcome => `${outcome} ${percent(decisions[outcome] / all)}`);
  const [most] = Object.entries(gates).sort((one, other) => other[1] - one[1]);
  return `${count(all)} decisions, ${shares.join(', ')}${most?.[1] ? `; most: ${most[0]} ${percent(most[1] / all)}` : ''}`;
}
customElements.define('p35-timeline', Timeline);
