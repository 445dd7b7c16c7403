/**
 * @fileoverview Makes a screenshot a third of its size: of the thousands of colours
 * that smooth letters have, the 256 most frequent stay, and the others become the
 * nearest of them.
 *
 *     fs.writeFileSync("report.png", smallPng(await pixelsOf(page, png)));
 */
import zlib from "node:zlib";

/** The pixels of a PNG, by a page. @return {{width, height, rgba: Buffer}} */
export async function pixelsOf(page, png) {
  const {width, height, data} = await page.evaluate(async (encoded) => {
    const image = new Image();
    image.src = `data:image/png;base64,${encoded}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const bytes = context.getImageData(0, 0, image.width, image.height).data;
    let text = "";
    for (let i = 0; i < bytes.length; i += 32768) {
      text += String.fromCharCode(...bytes.subarray(i, i + 32768));
    }
    return {width: image.width, height: image.height, data: btoa(text)};
  }, png.toString("base64"));
  return {width, height, rgba: Buffer.from(data, "base64")};
}

const colourAt = (rgba, i) => (rgba[i] << 16) | (rgba[i + 1] << 8) | rgba[i + 2];

/** How often each colour is there. @return {!Map<number, number>} */
export function coloursOf({rgba}) {
  const counts = new Map();
  for (let i = 0; i < rgba.length; i += 4) {
    const colour = colourAt(rgba, i);
    counts.set(colour, (counts.get(colour) || 0) + 1);
  }
  return counts;
}

function nearest(palette, colour) {
  let best = 0;
  let least = Infinity;
  palette.forEach((other, i) => {
    const distance = [16, 8, 0].reduce((sum, shift) =>
      sum + (((colour >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);
    if (distance < least) {
      least = distance;
      best = i;
    }
  });
  return best;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const size = Buffer.alloc(4);
  const check = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  check.writeUInt32BE(zlib.crc32(body));
  return Buffer.concat([size, body, check]);
}

/** @return {!Buffer} a PNG with a palette */
export function smallPng(picture) {
  const {width, height, rgba} = picture;
  const palette = [...coloursOf(picture)].sort((a, b) => b[1] - a[1]).slice(0, 256)
      .map(([colour]) => colour);
  const indices = new Map(palette.map((colour, i) => [colour, i]));
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; ++y) {
    for (let x = 0; x < width; ++x) {
      const colour = colourAt(rgba, 4 * (y * width + x));
      if (!indices.has(colour)) indices.set(colour, nearest(palette, colour));
      rows[y * (width + 1) + 1 + x] = indices.get(colour);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8);  // bits of an index; of a palette
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(
        palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk("IDAT", zlib.deflateSync(rows, {level: 9})),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
