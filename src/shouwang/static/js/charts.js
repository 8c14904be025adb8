// Charts from <div data-chart="id of a json_script">. ECharts is large, so it is loaded by the first page that needs it.
// The tooltip is drawn on the canvas ("richText"): its HTML form needs inline styles, which our policy forbids.

let library;
const echarts = () =>
  (library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.body.dataset.echarts;
    script.onload = () => resolve(window.echarts);
    script.onerror = reject;
    document.head.append(script);
  }));

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const TONES = ["brand", "lamp", "info-solid", "violet-solid", "quiet-solid", "warn-solid"];
const toneOf = (series, at) => token(series.tone ? `${series.tone}-solid` : TONES[at % TONES.length]);
const figure = (value) => (value == null ? "–" : value.toLocaleString("en").replaceAll(",", "\u2009"));
const PATTERNS = ["solid", "dashed", "dotted"];

function axis(spec) {
  const words = { color: token("ink-3"), fontSize: 12 };
  const labels = {
    type: "category",
    data: spec.labels,
    axisLine: { lineStyle: { color: token("line-strong") } },
    axisTick: { show: false },
    axisLabel: { ...words, hideOverlap: true },
    boundaryGap: spec.kind !== "line",
  };
  const values = {
    type: "value",
    minInterval: spec.places ? undefined : 1,
    min: spec.min,
    max: spec.max,
    axisLabel: { ...words, formatter: figure },
    splitNumber: 4,
    splitLine: { lineStyle: { color: token("line") } },
  };
  return spec.across ? { yAxis: { ...labels, inverse: true }, xAxis: values } : { xAxis: labels, yAxis: values };
}

function one(series, at, spec) {
  const colour = toneOf(series, at);
  const line = spec.kind === "line";
  const drawn = {
    name: series.name,
    type: line ? "line" : "bar",
    data: series.values,
    stack: spec.kind === "stack" ? "all" : undefined,
    color: colour,
    itemStyle: { color: colour, borderRadius: line || spec.kind === "stack" ? 0 : 2 },
    barMaxWidth: 26,
    lineStyle: { width: 2.5, type: PATTERNS[at % PATTERNS.length], color: colour },
    symbol: ["circle", "rect", "triangle"][at % 3],
    symbolSize: 6,
    connectNulls: false,
    label: { show: Boolean(spec.written), formatter: ({ value }) => figure(value), position: spec.across ? "right" : "top", color: token("ink-2"), fontSize: 12 },
  };
  if (at === 0 && spec.threshold) {
    drawn.markLine = {
      silent: true,
      symbol: "none",
      lineStyle: { color: token("danger-solid"), type: "dashed" },
      label: { formatter: spec.threshold.name, color: token("danger"), position: "insideEndTop" },
      data: [{ [spec.across ? "xAxis" : "yAxis"]: spec.threshold.value }],
    };
  }
  return drawn;
}

function option(spec) {
  const several = spec.series.length > 1;
  return {
    animation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches && spec.labels.length < 100,
    animationDuration: 300,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: token("ink") },
    grid: { left: 4, right: spec.written && spec.across ? 40 : 20, top: (several ? 34 : 14) + (spec.written && !spec.across ? 12 : 0), bottom: 4, containLabel: true },
    legend: several ? { top: 0, left: 0, itemWidth: 18, itemHeight: 10, textStyle: { color: token("ink-2"), fontSize: 12 } } : undefined,
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      valueFormatter: figure,
      confine: true,
      backgroundColor: token("panel"),
      borderColor: token("line-strong"),
      textStyle: { color: token("ink"), fontSize: 13 },
      axisPointer: { type: spec.kind === "line" ? "line" : "shadow" },
    },
    ...axis(spec),
    series: spec.series.map((series, at) => one(series, at, spec)),
  };
}

async function draw(box) {
  const spec = JSON.parse(document.getElementById(box.dataset.chart).textContent);
  const lib = await echarts();
  if (lib.getInstanceByDom(box)) return;
  const chart = lib.init(box, null, { renderer: "svg" });
  chart.setOption(option(spec));
  const watcher = new ResizeObserver(() => (box.isConnected ? chart.resize() : (chart.dispose(), watcher.disconnect())));
  watcher.observe(box);
}

export function drawCharts(root) {
  for (const box of root.querySelectorAll("[data-chart]")) {
    draw(box).catch(() => box.parentElement.querySelector("details")?.setAttribute("open", "")); // the table says the same
  }
}
