import { html, nothing } from 'lit';
import { Component } from '../component.js';
import { chooseTheme, chooseWindow } from '../actions.js';
import { LEVELS, look, shape } from '../shapes.js';
import { WINDOWS } from '../view.js';
import { plural } from '../format.js';

const THEMES = {
  auto: { next: 'light', shape: 'half' }, light: { next: 'dark', shape: 'sun' }, dark: { next: 'auto', shape: 'moon' },
};

/** Stays in sight: the state's shape, how fresh the page is, what fires, the window. */
class Bar extends Component {
  static reads = ['why', 'fresh', 'alerts', 'health', 'view', 'theme'];

  render() {
    const { why, fresh, alerts, health, view, theme } = this.state;
    const unwell = health && health.state !== 'UP' && why?.state !== 'REDIS_DOWN';
    const state = look(why);
    const firing = alerts?.alerts.filter(alert => !alert.silenced && !alert.acknowledged).length ?? 0;
    return html`<div class="bar">
      <a class="brand" href="#" data-tone=${state.tone} @click=${event => { event.preventDefault(); scrollTo({ top: 0 }); }}
        aria-label="P3.5 Decision Intelligence: ${state.word}, to the top">${shape(state.shape)}<strong>P3.5</strong> <span
        class="wide">Decision Intelligence</span></a>
      <span id="connection" class="fresh" data-state=${fresh.state}><i aria-hidden="true"></i>${fresh.words}</span>
      ${firing ? html`<a class="firing" href="#d">${shape('triangle')}${plural(firing, 'alert')}</a>` : nothing}
      ${unwell ? html`<a class="firing" href="#e" title=${health.sentence}>${shape(LEVELS[health.state])}service
        ${health.state.toLowerCase()}</a>` : nothing}
      <span class="grow"></span>
      <div class="switch" role="group" aria-label="window">${WINDOWS.map(window => html`<button type="button"
        data-window=${window} aria-pressed=${window === view.window} @click=${() => chooseWindow(window)}>${window}</button>`)}</div>
      <button type="button" class="icon theme" data-theme-now=${theme} aria-label="colours: ${theme}; switch to ${THEMES[theme].next}"
        title="colours: ${theme}" @click=${() => chooseTheme(THEMES[theme].next)}>${shape(THEMES[theme].shape)}</button>
      <button type="button" class="icon keys" aria-label="keys" title="keys"
        @click=${() => document.querySelector('p35-help').open?.()}>?</button>
    </div>`;
  }
}
customElements.define('p35-bar', Bar);
