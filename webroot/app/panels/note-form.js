// Who says it, and a note: the form that an alert and a silence open, and what is the same about sending it.
import { html, nothing } from 'lit';
import { Component } from '../component.js';
import { myName, rememberName } from '../actions.js';

export class NoteForm extends Component {
  static properties = { open: { state: true }, trouble: { state: true } };

  /** What has the focus when the form is gone. */
  static opener = 'button';

  #busy = false;

  show = async () => {
    this.open = true;
    await this.updateComplete;
    this.querySelector(myName() ? 'input[name=note]' : 'input[name=by]').focus();
  };

  close = async () => {
    this.open = false;
    this.trouble = undefined;
    await this.updateComplete;
    this.querySelector(this.constructor.opener)?.focus();
  };

  fields(label, placeholder) {
    return html`<label>your name<input name="by" required maxlength="60" autocomplete="nickname" .value=${myName()}></label>
      <label>${label}<input name="note" maxlength="300" placeholder=${placeholder}></label>`;
  }

  wrong() {
    return this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing;
  }

  /** @param deed takes name and note, and gives what went wrong, if anything */
  async send({ elements: { by, note } }, deed) {
    if (this.#busy) return; // its buttons stay enabled: a disabled one would lose the focus
    rememberName(by.value.trim());
    this.#busy = true;
    this.trouble = await deed(by.value.trim(), note.value.trim());
    this.#busy = false;
    if (!this.trouble) this.close();
  }
}
