const channel = new MessageChannel();
const waiting: (() => void)[] = [];
// In Node an open port keeps the process from ending: wanted while someone waits, and only then.
const port = channel.port1 as MessagePort & {ref?(): void; unref?(): void};
port.onmessage = () => {
  waiting.shift()?.();
  if (waiting.length === 0) port.unref?.();
};
port.unref?.();

/**
 * Resolves after other tasks had a chance to run: messages, and on the main thread input and painting. Unlike a timer, a
 * message to oneself is not delayed by the browser.
 * @throws {DOMException} `AbortError` if the signal is aborted by then.
 */
export async function yieldToEventLoop(signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    waiting.push(resolve);
    port.ref?.();
    channel.port2.postMessage(undefined);
  });
  signal?.throwIfAborted();
}
