import {defineMiddleware} from 'astro:middleware';

const STYLE_SHEET = /<link rel="stylesheet" href="([^"]+)"[^>]*>/g;

/**
 * Leaves each style sheet once in a page. Fenced code and the component <Code> bring the same one each, and while a page has one
 * twice, Chromium loads all its fonts again, and lays out the whole page, at every link that a script adds.
 */
export const onRequest = defineMiddleware(async (_, next) => {
  const response = await next();
  if (!response.headers.get('content-type')?.includes('text/html')) return response;
  const seen = new Set<string>();
  const html = (await response.text()).replace(STYLE_SHEET, (link, href: string) => {
    const isFirst = !seen.has(href);
    seen.add(href);
    return isFirst ? link : '';
  });
  return new Response(html, response);
});
