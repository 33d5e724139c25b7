/** Whether anything is drawn on a canvas: an untouched one is transparent. */
export function isPainted(canvas: HTMLCanvasElement): boolean {
  const {width, height} = canvas;
  if (width === 0 || height === 0) return false;
  const {data} = canvas.getContext('2d')!.getImageData(0, 0, width, height);
  return data.some((value, i) => i % 4 === 3 && value > 0);
}

/** Returns the color of a canvas at a point in CSS pixels, as `rgb(r, g, b)`. */
export function colorAt(canvas: HTMLCanvasElement, x: number, y: number): string {
  const ratio = canvas.width / canvas.clientWidth;
  const [r, g, b] = canvas.getContext('2d')!.getImageData(x * ratio, y * ratio, 1, 1).data;
  return `rgb(${r}, ${g}, ${b})`;
}
