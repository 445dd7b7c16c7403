/**
 * @fileoverview Writes values as people read them: four digits and a unit.
 *
 *     formatValue(3856123, "nanoseconds");  // "3.856 ms"
 *     formatValue(1536, "bytes");           // "1.5 kB"
 */

const SCALES = {
  nanoseconds: [[1e9, "s"], [1e6, "ms"], [1e3, "µs"], [1, "ns"]],
  // A kB is 1024 bytes, as pprof has it.
  bytes: [[2 ** 30, "GB"], [2 ** 20, "MB"], [2 ** 10, "kB"], [1, "B"]],
  count: [[1e9, "G"], [1e6, "M"], [1, ""]],
};

/** 12345 is "12,345". Intl would take 20 ms before the first. */
export function formatCount(count) {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Four significant digits: 3.856, 38.56, 12,345; zeros at the end are cut. */
function digits(value) {
  const size = Math.abs(value);
  if (size >= 1000) return formatCount(value);
  if (size > 0 && size < 0.001) return value < 0 ? "-0.001" : "<0.001";
  return String(Number(value.toPrecision(4)));
}

/**
 * @param {number} value
 * @param {string} unit "nanoseconds", "bytes", "count" or any word
 * @return {string}
 */
export function formatValue(value, unit) {
  const scales = SCALES[unit];
  if (!scales) return unit ? `${digits(value)} ${unit}` : digits(value);
  const size = Math.abs(value);
  const [scale, name] =
      scales.find((row) => size >= row[0] * 0.99995) || scales.at(-1);
  return name ? `${digits(value / scale)} ${name}` : digits(value / scale);
}

/** 0.6092 is "60.9 %". */
export function formatShare(share) {
  if (!Number.isFinite(share)) return "–";
  const percent = share * 100;
  const size = Math.abs(percent);
  if (size >= 99.95 || size === 0) return `${percent.toFixed(0)} %`;
  if (size < 0.05) return percent < 0 ? "-<0.1 %" : "<0.1 %";
  return `${percent.toFixed(1)} %`;
}

/** How far from the truth it may be, at 95 %: 0.021 is "±2.1 %". */
export function formatError(share) {
  const percent = share * 100;
  if (percent < 0.05) return "±<0.1 %";
  return `±${percent >= 9.95 ? percent.toFixed(0) : percent.toFixed(1)} %`;
}

/** How much longer to run: 0.3 seconds are "1 s", 400 are "7 min". */
export function formatWait(seconds) {
  if (seconds >= 7200) return `${Math.ceil(seconds / 3600)} h`;
  if (seconds >= 120) return `${Math.ceil(seconds / 60)} min`;
  return `${Math.max(1, Math.ceil(seconds))} s`;
}
