import { html, nothing } from 'lit';
import { Component } from '../component.js';
import { breakable, command, filled, instead, isCommand, tight, when } from '../words.js';
import { look, shape } from '../shapes.js';
import { clock, count, minute, precise, span } from '../format.js';
import { loadGate, openGate } from '../actions.js';
import { store } from '../store.js';

/** Why are we not trading, since when, and what is the next step? The rest of the page is evidence. */
class Answer extends Component {
  static reads = ['why', 'guides', 'entries', 'tick', 'troubles'];

  #loaded;

  /** The gate's guide, and each minute a plan that it stopped lately. */
  updated() {
    const { why, minute: now } = this.state;
    const wanted = why?.gate && `${now} ${why.gate}`;
    if (wanted === this.#loaded) return;
    this.#loaded = wanted;
    if (wanted) loadGate(why.gate);
  }

  render() {
    const { why } = this.state;
    if (!why) return this.#waiting();
    const state = look(why);
    return html`<section class="answer" aria-labelledby="sentence" data-state=${why.state} data-tone=${state.tone}>
      <div class="words">
        <p class="state" data-state=${why.state}>${shape(state.shape)}<b>${state.word}</b>${why.since
          ? html`<span>${span(store.now() - Date.parse(why.since))}</span>` : nothing}</p>
        <h1 id="sentence" tabindex="-1">${sentence(why)}</h1>
        <p class="facts">${this.#facts(why)}</p>
        ${why.findings.length ? html`<ul class="findings">${why.findings.map(finding => html`<li>${finding}</li>`)}</ul>` : nothing}
      </div>
      ${why.actions.length ? this.#next(why) : nothing}
    </section>`;
  }

  #waiting() {
    const trouble = this.state.troubles.why;
    return html`<section class="answer waiting" aria-busy=${!trouble}><div class="words">
      <p class="state">${shape('ring')}<b>${trouble ? 'No answer' : 'Asking'}</b></p>
      <h1 id="sentence" tabindex="-1">Are we trading?</h1>
      <div class="facts">${trouble ? html`${instead('why')}<p>Panel E says how each part of the service is.</p>`
        : html`<p>Waiting for the first answer.</p>`}</div></div></section>`;
  }

  #facts(why) {
    const { name, from, to, total } = why.window;
    const unread = why.state === 'REDIS_DOWN' && !total;
    return html`<span>last EXECUTE ${why.lastExecute
      ? html`<b>${when(why.lastExecute, precise)}</b>, ${span(store.now() - Date.parse(why.lastExecute))} ago` : html`<b>${unread ? 'not known' : 'never'}</b>`}</span>
      ${unread ? nothing : html`<span>${count(total)} decisions in ${name}, ${minute(from)} to ${clock(to)} UTC</span>`}`;
  }

  #next(why) {
    const [first, ...others] = why.actions.map(text => this.#filled(text, why));
    const guide = this.state.guides[why.gate];
    // the guide's actions come last; before them are places to look
    const begin = guide?.actions ? others.length - guide.actions.length : others.findIndex(text => !isCommand(text));
    const looks = begin < 0 ? others : others.slice(0, begin);
    const steps = begin < 0 ? [] : others.slice(begin);
    return html`<section class="next" aria-labelledby="title-next">
      <h2 id="title-next">Do this first</h2>
      ${guide?.meaning ? html`<p>${guide.meaning}</p>` : nothing}
      ${isCommand(first) ? command(first) : html`<p class="step">${first}</p>`}
      ${steps.length ? html`<h3>Then</h3><ul>${steps.map(text => html`<li>${step(text)}</li>`)}</ul>` : nothing}
      ${looks.length ? html`<details><summary>${looks.length === 1 ? 'one more place' : `${looks.length} more places`} to look</summary>${
        looks.map(text => (isCommand(text) ? command(text) : html`<p class="step">${text}</p>`))}</details>` : nothing}
      ${why.gate ? html`<p><a href="#c" @click=${() => openGate(why.gate)}>whole guide and newest decisions</a></p>` : nothing}
    </section>`;
  }

  #filled(text, { gate }) {
    return filled(text, this.state.entries[gate]?.decisions?.find(entry => entry.planId)?.planId);
  }
}

/** The sentence as it came, with its gate marked; what is in brackets, or comes after it, is said in a lower voice. */
function sentence({ sentence: text, gate }) {
  const end = text.search(/\.\s(?=[A-Z0-9])/) + 1;
  const [main, more] = end ? [text.slice(0, end), text.slice(end)] : [text, ''];
  const parts = main.split(/(\([^)]*\)\.?)/).map(part => (part.startsWith('(')
    ? html`<span class="low" ?data-last=${part.endsWith('.')}>${tight(part)}</span>` : marked(part, gate)));
  return html`<span>${parts}</span>${more ? html`<span class="more">${tight(more)}</span>` : nothing}`;
}

function marked(text, gate) {
  const at = gate ? text.indexOf(gate) : -1;
  if (at < 0) return tight(text);
  const parts = gate.split(/(?<=:)/).map(part => html`<span>${breakable(part)}</span>`);
  return html`${tight(text.slice(0, at))}<mark>${parts}</mark>${tight(text.slice(at + gate.length))}`;
}

/** "no or stale snapshot: restart the pipeline (1–5 min)" → when, what, how long. */
function step(text) {
  const [, condition, action, time] = text.match(/^(?:([^:]{3,60}): )?(.*?)(?: \(([^()]*)\))?$/s);
  return html`${condition ? html`<span class="low">${condition}: </span>` : nothing}${action}${
    time ? html`<span class="time"> (${time})</span>` : nothing}`;
}
customElements.define('p35-answer', Answer);
