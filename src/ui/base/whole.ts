/** Returns a whole number for readers: 12345 → “12,345”; “…” until it is known. */
export const whole = (value: number | undefined): string => value?.toLocaleString('en') ?? '…';
