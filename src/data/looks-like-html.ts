/** So much of a text is looked at to tell whether it is HTML. */
const HTML_SAMPLE = 20_000;

/** Whether a text looks like a web page's source: then a model would learn its tags before its words. */
export function looksLikeHtml(text: string): boolean {
  const sample = text.slice(0, HTML_SAMPLE);
  if (/^\s*<(!doctype html|html|head|body)[\s>]/i.test(sample)) return true;
  const tags = sample.match(/<\/?[a-z][a-z0-9-]*(\s[^<>]*)?>/gi) ?? [];
  const share = tags.reduce((sum, tag) => sum + tag.length, 0) / sample.length;
  return tags.length >= 4 && share > 0.05;
}
