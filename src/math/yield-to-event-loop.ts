const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();
// In Node an open port would keep the process from ending.
(channel.port1 as unknown as {unref?(): void}).unref?.();

/**
 * Resolves after other tasks had a chance to run: messages, and on the main thread input and painting. Unlike a timer, a
 * message to oneself is not delayed by the browser.
 * @throws {DOMException} `AbortError` if the signal is aborted by then.
 */
export async function yieldToEventLoop(signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(undefined);
  });
  signal?.throwIfAborted();
}
