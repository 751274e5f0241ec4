// The drawing of the timeline. ECharts is large: it is loaded when the first chart is drawn, after the answer.
import { OUTCOMES } from '../outcomes.js';
import { minute, near } from '../format.js';
import { SEVERITIES } from '../shapes.js';

const SYMBOLS = { triangle: 'triangle', diamond: 'diamond', square: 'rect' };
const LABEL = 3; // lines wide is a time
const EDGE = { left: 4, right: 6, top: 18 };

export class Chart {
  #echarts;
  #chart;
  #newest;
  #sizes;
  #schemes = matchMedia('(prefers-color-scheme: dark)');

  /** @param onDrawn places on the chart are known anew */
  constructor(canvas, onDrawn) {
    this.canvas = canvas;
    this.onDrawn = onDrawn;
    this.#sizes = new ResizeObserver(() => {
      this.#chart?.resize();
      this.onDrawn();
    });
    this.#sizes.observe(canvas);
    this.#schemes.addEventListener('change', this.#repaint);
  }

  #repaint = () => this.#newest && this.draw(...this.#newest);

  async draw(points, alerts) {
    this.#newest = [points, alerts];
    this.#echarts ??= await import('echarts');
    if (!this.canvas.isConnected || this.#newest[0] !== points) return;
    this.#chart ??= this.#echarts.init(this.canvas, null, { renderer: 'canvas', useDirtyRect: false });
    this.#chart.setOption(this.#option(points, alerts), { notMerge: false, lazyUpdate: false });
    this.onDrawn();
  }

  #option(points, alerts) {
    const colour = name => paint(this.canvas, name);
    const first = Date.parse(points[0]?.at ?? 0);
    const last = Date.parse(points.at(-1)?.at ?? 0);
    // one that began in the last step stands at the edge
    const step = points.length > 1 ? Date.parse(points[1].at) - first : 0;
    const shown = alerts.filter(({ since }) => Date.parse(since) >= first && Date.parse(since) < last + step)
      .map(({ since, severity }) => ({ at: new Date(Math.min(Date.parse(since), last)).toISOString(), severity }));
    const line = { color: colour('--line') };
    return {
      animation: false,
      useUTC: true,
      grid: { ...EDGE, bottom: 1.5 * this.#rem, outerBoundsMode: 'none' }, // or labels would move the edges that x() counts on
      xAxis: {
        type: 'time', boundaryGap: false, axisLine: { lineStyle: line }, axisTick: { show: false }, splitLine: { show: false },
        min: points[0]?.at, max: points.at(-1)?.at,
        axisLabel: { color: colour('--ink-2'), fontFamily: 'system-ui, sans-serif', fontSize: this.#letter, margin: this.#rem / 3, hideOverlap: true,
          formatter: time => this.#label(time, points) },
      },
      yAxis: { type: 'value', show: false, max: ({ max }) => Math.max(1, max) },
      series: [
        ...OUTCOMES.map(outcome => ({
          id: outcome, type: 'line', stack: 'all', symbol: 'none', silent: true, lineStyle: { width: 0 },
          areaStyle: { color: colour(`--${outcome.toLowerCase()}`), opacity: 1 },
          data: points.map(point => [point.at, point.decisions[outcome] ?? 0]),
        })),
        {
          id: 'alerts', type: 'line', data: [], silent: true,
          markLine: {
            symbol: ['none', 'none'], silent: true, animation: false, label: { show: false },
            lineStyle: { color: colour('--ink'), type: [2, 3], width: 1 },
            data: shown.map(({ at }) => ({ xAxis: at })),
          },
          markPoint: {
            silent: true, animation: false, symbolSize: 9, itemStyle: { color: colour('--wrong') },
            data: shown.map(({ at, severity }) => ({ x: this.x(at, points), y: 9, symbol: SYMBOLS[SEVERITIES[severity]] })),
          },
        },
      ],
    };
  }

  get #rem() {
    return parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  /** --tiny, in pixels. */
  get #letter() {
    return 0.75 * this.#rem;
  }

  /** The day at midnight; nothing where it would be cut at the edge. */
  #label(time, points) {
    const at = new Date(time).toISOString();
    const x = this.x(at, points);
    const half = (LABEL * this.#letter) / 2;
    if (x < half || x > this.canvas.clientWidth - half) return '';
    return at.slice(11, 16) === '00:00' ? near(at, 0).slice(0, -6) : minute(at);
  }

  /** Pixels from the left edge; arithmetic, so that it is right before the chart is drawn too. */
  x(time, points = this.#newest?.[0]) {
    if (!points?.length || time === undefined) return 0;
    const [first, length, width] = this.#scale(points);
    return EDGE.left + ((Date.parse(time) - first) / length) * width;
  }

  time(x) {
    if (!this.#newest?.[0].length) return undefined;
    const [first, length, width] = this.#scale(this.#newest[0]);
    return first + ((x - EDGE.left) / width) * length;
  }

  #scale(points) {
    const first = Date.parse(points[0].at);
    return [first, Math.max(1, Date.parse(points.at(-1).at) - first), Math.max(1, this.canvas.clientWidth - EDGE.left - EDGE.right)];
  }

  close() {
    this.#sizes.disconnect();
    this.#schemes.removeEventListener('change', this.#repaint);
    this.#chart?.dispose();
    this.#newest = undefined;
  }
}

/** What a custom property paints just now: light-dark() is only resolved where it is used. */
function paint(element, name) {
  element.style.color = `var(${name})`;
  const { color } = getComputedStyle(element);
  element.style.color = '';
  return color;
}
