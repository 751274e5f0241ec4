import { html } from 'lit';
import { Component } from '../component.js';
import { KEYS } from '../keys.js';

class Help extends Component {
  open() {
    this.querySelector('dialog').showModal();
  }

  render() {
    return html`<dialog aria-labelledby="title-keys" @click=${event => event.target.localName === 'dialog' && event.target.close()}>
      <form method="dialog" class="help">
        <header><h2 id="title-keys">Keys</h2><button class="icon" aria-label="close">×</button></header>
        <dl>${KEYS.map(([key, words]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${words}</dd></div>`)}</dl>
        <p class="quiet">On the timeline: arrows move, Shift and arrows select, Enter looks at the period.
          All times are UTC; hold the pointer over one to see your own.</p>
      </form>
    </dialog>`;
  }
}
customElements.define('p35-help', Help);
