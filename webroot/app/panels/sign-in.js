import { html, nothing } from 'lit';
import { Component } from '../component.js';
import { signIn } from '../actions.js';

/** Trades the token for a session cookie. */
class SignIn extends Component {
  static reads = ['connection'];
  static properties = { trouble: { state: true }, busy: { state: true } };

  willUpdate() {
    const locked = this.state.connection.state === 'locked';
    if (this.hidden === locked) {
      this.hidden = !locked;
      if (locked) this.updateComplete.then(() => this.querySelector('#token').focus());
    }
  }

  render() {
    return html`<form class="panel sign-in" @submit=${this.#submit}>
      <h1>This service asks for its token</h1>
      <p class="quiet">It is what P35_API_TOKEN holds where the service runs. This browser stays signed in for 7 days.</p>
      <input hidden name="username" autocomplete="username" value="p35">
      <div class="row"><input id="token" name="token" type="password" autocomplete="current-password" required
          aria-label="token" aria-describedby="token-trouble"><button type="submit" class="main" ?disabled=${this.busy}>Open</button></div>
      <p id="token-trouble" class="trouble" role="alert">${this.trouble ?? nothing}</p>
    </form>`;
  }

  async #submit(event) {
    event.preventDefault();
    const field = event.target.elements.token;
    this.busy = true;
    this.trouble = await signIn(field.value);
    this.busy = false;
    if (!this.trouble) field.value = '';
  }
}
customElements.define('p35-sign-in', SignIn);
