/**
 * @fileoverview How well a share is known from the samples that there are.
 *
 *     shareError(0.5, 400);  // 0.049: a half of 400 samples is 50 % ± 4.9 %
 */

const Z95 = 1.96;

/**
 * Half of the width of Wilson's interval at 95 %. Unlike p(1-p)/n it is not 0 for
 * a function that has one sample of three, or all of them.
 *
 * @param {number} share 0 to 1
 * @param {number} samples
 * @return {number} in the share's unit; 1 if nothing is known
 */
export function shareError(share, samples) {
  if (!(samples > 0)) return 1;
  const p = Math.min(1, Math.max(0, share));
  const z2 = Z95 * Z95;
  return Z95 * Math.sqrt(p * (1 - p) / samples + z2 / (4 * samples * samples)) /
      (1 + z2 / samples);
}
