/** What a camera reads off a code on the screen. */

import jsQR from 'jsqr';
import type { Locator } from 'playwright';

const PIXELS = 400;

/** @returns null when there is nothing to read in it */
export async function scan(code: Locator): Promise<string | null> {
  const pixels = await code.evaluate(draw, PIXELS);
  return jsQR(Uint8ClampedArray.from(pixels), PIXELS, PIXELS)?.data ?? null;
}

/** Runs in the page. */
async function draw(code: Element, size: number): Promise<number[]> {
  const image = new Image(size, size);
  const { fill, color } = getComputedStyle(code);
  const markup = new XMLSerializer().serializeToString(code);
  const copy = new DOMParser().parseFromString(markup, 'image/svg+xml').documentElement;
  copy.setAttribute('width', `${size}`);
  copy.setAttribute('height', `${size}`);
  copy.setAttribute('style', `color: ${color}; fill: ${fill}`);
  image.src = `data:image/svg+xml,${encodeURIComponent(copy.outerHTML)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser cannot draw');
  context.fillStyle = 'white';
  context.fillRect(0, 0, size, size);
  context.drawImage(image, 0, 0, size, size);
  return [...context.getImageData(0, 0, size, size).data];
}
