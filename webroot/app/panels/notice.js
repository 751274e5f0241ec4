import { html, nothing } from 'lit';
import { Component } from '../component.js';
import { clock } from '../format.js';

/** While nothing comes any more the page says so and since when; what is on it is greyed by the styles. */
class Notice extends Component {
  static reads = ['fresh', 'connection', 'why'];

  render() {
    const { fresh, connection, why } = this.state;
    if (fresh.state === 'lost') {
      return html`<div class="notice" role="note"><b>Not connected since ${clock(connection.since)} UTC.</b>
        Trying again by itself. ${why ? `What you see is from ${clock(why.asOf)} UTC, of the last ${why.window.name}.` : 'Is the service running? ./p35 run starts it.'}</div>`;
    }
    if (fresh.state === 'stale' && why && why.state !== 'REDIS_DOWN') {
      return html`<div class="notice" role="note"><b>No new answer since ${clock(why.asOf)} UTC.</b>
        The service is connected, and its insight does not speak: panel E says how it is.</div>`;
    }
    return nothing;
  }
}
customElements.define('p35-notice', Notice);
