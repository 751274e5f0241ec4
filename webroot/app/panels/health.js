import { html, nothing } from 'lit';
import { Component } from '../component.js';
import { instead, panelHead } from '../words.js';
import { LEVELS, shape } from '../shapes.js';
import { count, megabytes, span } from '../format.js';
import { redeploy, testDiscord } from '../actions.js';

const WORST = ['UP', 'DEGRADED', 'DOWN'];

/** E: is what we see to be trusted? Every verticle, Redis, the consumer group, Discord, the process. */
class Health extends Component {
  static reads = ['health', 'troubles', 'absent'];
  static properties = { asking: { state: true }, busy: { state: true }, said: { state: true }, discord: { state: true } };

  render() {
    const { health } = this.state;
    return html`${panelHead('e', 'Health')}${health ? this.#health(health) : instead('health')}`;
  }

  #health({ state, sentence, ingest, process, components, verticles }) {
    return html`<p class="health-sentence" data-level=${state}>${shape(LEVELS[state])}<b>${sentence}</b></p>
      <dl class="figures">
        ${figure('processed', count(ingest.processed))}
        ${figure('pending', count(ingest.pending))}
        ${figure('lag', typeof ingest.lag === 'number' ? count(ingest.lag) : ingest.lag ?? '–')}
        ${figure('behind', ingest.behindSeconds === undefined ? '–' : span(ingest.behindSeconds * 1000), 'behindSeconds')}
        ${figure('up', span(process.uptimeSeconds * 1000), 'uptime')}
        ${figure('memory', megabytes(process.residentBytes ?? process.heapBytes))}
        ${figure('version', process.version)}
      </dl>
      <ul class="components">${group(components, verticles).map(part => this.#component(part))}</ul>
      ${this.discord ? html`<div role="status"><ul class="discord">${this.discord.map(delivery)}</ul></div>` : nothing}
      ${this.said ? html`<p class="quiet" role="status">${this.said}</p>` : nothing}`;
  }

  #component({ name, level, sentences, runs }) {
    return html`<li data-component=${name} data-level=${level}>
      <span class="name">${shape(LEVELS[level])}<b>${name}</b>${runs.length ? html`<span class="low">${runs.map(instances).join(', ')}</span>` : nothing}</span>
      <span class="sentence">${level === 'UP' ? nothing : html`<b>${level}</b> `}${sentences.join('; ')}</span>
      <span class="row">${name === 'discord' ? this.#testButton() : nothing}${runs.length ? this.#redeployButton(name, runs) : nothing}</span></li>`;
  }

  #testButton() {
    return html`<button type="button" class="plain" data-do="discord-test" ?disabled=${this.busy} aria-label="test Discord"
      @click=${this.#test}>test</button>`;
  }

  #redeployButton(name, runs) {
    const asked = this.asking === name;
    return html`<button type="button" class=${asked ? 'main' : 'plain'} data-do="redeploy" ?disabled=${this.busy}
      @click=${() => this.#redeploy(name, runs)} @blur=${() => { this.asking = undefined; }}
      aria-label=${asked ? `really redeploy ${name}` : `redeploy ${name}`}>${asked ? 'really?' : 'redeploy'}</button>`;
  }

  /** Two presses: one press at night is an accident. In a cluster one node after the other. */
  async #redeploy(name, runs) {
    if (this.asking !== name) {
      this.asking = name;
      return;
    }
    this.asking = undefined;
    this.busy = true;
    this.said = `Redeploying ${name} …`;
    this.said = await this.#redeployAll(name, runs);
    this.busy = false;
  }

  /** Ends at the first that fails: the next would take the same configuration. */
  async #redeployAll(name, runs) {
    const wanted = runs.filter(run => run.wanted);
    const done = [];
    for (const { node } of wanted.length ? wanted : runs) {
      const trouble = await redeploy(name, node);
      if (trouble) {
        return `${name} was not redeployed${node ? ` on ${node}` : ''}: ${trouble}${done.length ? ` (done: ${done.join(', ')})` : ''}`;
      }
      done.push(node);
    }
    return `${name} is redeployed: new instances first, then the old ones went.`;
  }

  async #test() {
    this.busy = true;
    this.discord = [{ name: '', delivered: true, sentence: 'Posting, editing and deleting a message …' }];
    this.discord = await testDiscord();
    this.busy = false;
  }
}

const delivery = ({ name, delivered, sentence }) => html`<li ?data-wrong=${!delivered}>${shape(delivered ? 'disc' : 'cross')}
  <span>${name ? html`<b>${name}</b> ` : nothing}${sentence}</span></li>`;

const instances = ({ node, running, wanted }) => `${node ? `${node} ` : ''}${running} of ${wanted}`;

const figure = (name, value, key = name) => html`<div><dt>${name}</dt><dd data-figure=${key}>${value}</dd></div>`;

/** One line a component, however many instances report. */
function group(components, verticles) {
  const parts = new Map();
  for (const { component, level, sentence } of components) {
    const part = parts.get(component) ?? { name: component, level: 'UP', sentences: [], runs: [] };
    if (WORST.indexOf(level) > WORST.indexOf(part.level)) part.level = level;
    if (!part.sentences.includes(sentence)) part.sentences.push(sentence);
    parts.set(component, part);
  }
  for (const { name, node, wanted, running, error } of verticles ?? []) {
    const part = parts.get(name) ?? { name, level: wanted && !running ? 'DOWN' : 'UP', sentences: [], runs: [] };
    part.runs.push({ node, wanted, running });
    if (error && !part.sentences.some(sentence => sentence.includes(error))) part.sentences.push(error);
    parts.set(name, part);
  }
  for (const part of parts.values()) {
    if (!part.sentences.length) part.sentences.push(part.runs.some(run => run.wanted) ? 'has not reported yet' : 'not wanted');
  }
  return [...parts.values()];
}
customElements.define('p35-health', Health);
