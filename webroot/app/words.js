// Small pieces of template that several panels share.
import { html, noChange, nothing } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import { local, near } from './format.js';
import { store } from './store.js';

/** Custom properties of an element. The content security policy forbids style attributes, not this. */
class Vars extends Directive {
  render() {
    return noChange;
  }

  update(part, [values]) {
    for (const [name, value] of Object.entries(values)) part.element.style.setProperty(name, value);
    return noChange;
  }
}
export const vars = directive(Vars);

/** Long codes may break after _ and :, and nowhere else while that is enough. */
export function breakable(text) {
  return text.split(/(?<=_|[^0-9]:(?!\/))/).map((part, i) => (i ? html`<wbr>${part}` : part));
}

/** Words with their figures in one piece each: "1 234" and "62 %" do not break, and the text stays as it came. */
export function tight(text) {
  return text.split(/(\d{1,3}(?: \d{3})+|\d+ %)/).map((part, i) => (i % 2 ? html`<span class="figure">${part}</span>` : breakable(part)));
}

/** A gate in two steps: the family, and what it says more. */
export function gateName(code) {
  const colon = code.indexOf(':');
  if (colon < 0) return html`<span class="code">${breakable(code)}</span>`;
  return html`<span class="code">${breakable(code.slice(0, colon))}</span><wbr><span class="detail">${
    breakable(code.slice(colon))}</span>`;
}

/** On one line: a place to break would be taken even where nothing else breaks. */
export const gateLine = code => {
  const colon = code.indexOf(':');
  return colon < 0 ? html`<span class="code">${code}</span>`
    : html`<span class="code">${code.slice(0, colon)}</span><span class="detail">${code.slice(colon)}</span>`;
};

/** @param print a function of the time and now */
export const when = (time, print = near) => (time
  ? html`<time datetime=${time} title=${local(time)}>${print(time, store.now())}</time>`
  : nothing);

/** Of a symbol. Not known where it is not kept: of `other`, which is many, and of those past the bound of what is kept. */
export const executedLast = ({ symbol, decisions, lastExecute }) => (lastExecute ? when(lastExecute)
  : symbol === 'other' || decisions.EXECUTE ? 'not known' : 'never');

/** A text to paste into a shell, with a button that copies it. Remarks after # are for the reader. */
export function command(text) {
  const remark = text.indexOf('  #');
  return html`<span class="command"><code tabindex="0">${remark < 0 ? text : text.slice(0, remark)}</code>${
    remark < 0 ? nothing : html`<small>${text.slice(remark + 3).trim()}</small>`}${copyButton(text)}</span>`;
}

/** A command that can be pasted as it is: a real plan and symbol where the guide has <plan_id> and <S>. */
export function filled(text, plan, symbol) {
  const plain = word => word && /^[\w:.-]+$/.test(word);
  return text.replaceAll('<plan_id>', plain(plan) ? plan : '<plan_id>').replaceAll('<S>', plain(symbol) ? symbol : '<S>');
}

export const isCommand = text => /^(redis-cli|systemctl|journalctl|curl|\.\/p35)\s/.test(text);

function copyButton(text) {
  return html`<button type="button" class="copy" aria-label="copy the command: ${text}"
    @click=${event => copy(text, event.currentTarget)}>copy</button>`;
}

async function copy(text, button) {
  button.textContent = (await copied(text)) ? 'copied' : 'select it';
  setTimeout(() => { button.textContent = 'copy'; }, 2000);
}

async function copied(text) {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(() => true, () => false);
  }
  // over plain http from another machine there is no clipboard object
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'unseen';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}

export const csv = (path, what) =>
  html`<a class="tool" href=${path} download aria-label="${what} as CSV">CSV</a>`;

export function panelHead(letter, title, tools = nothing) {
  return html`<header class="panel-head"><h2 id="title-${letter}" tabindex="-1"><kbd aria-hidden="true">${
    letter.toUpperCase()}</kbd>${title}</h2><div class="tools">${tools}</div></header>`;
}

/** What stands where figures will be, or cannot be. */
export function instead(slice, waiting = 'Asking …') {
  const trouble = store.state.troubles[slice];
  if (trouble) {
    return html`<p class="trouble" role="note">This could not be read: ${trouble.message}${trouble.status === 400 ? '' : ' Trying again.'}</p>`;
  }
  return html`<p class="skeleton" aria-busy="true"><span></span><span></span><span></span><i class="unseen">${waiting}</i></p>`;
}

/** Figures are shown, but the newest question about them failed. They may be of another window than the one chosen since. */
export function stillTrouble(slice) {
  const { troubles, view, [slice]: { window } } = store.state;
  const trouble = troubles[slice];
  if (!trouble) return nothing;
  const of = window && window.name !== view.window ? ` These figures are of the last ${window.name}.` : '';
  return html`<p class="trouble" role="note">Not up to date since ${near(trouble.since, store.now())} UTC: ${trouble.message}${of}</p>`;
}

/** Of an answer without figures: "No gate stopped a decision in the last 5m." */
export const none = ({ state, window }, words) => (state === 'REDIS_DOWN' ? 'Not known while Redis does not answer.'
  : `${words} in the last ${window.name}.`);
