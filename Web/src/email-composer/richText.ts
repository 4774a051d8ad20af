/** The elements of a mail's text: what the server keeps of one, too. */
const kept = new Set([
  ...['p', 'div', 'br', 'b', 'strong', 'i', 'em', 'u', 's', 'a', 'ul', 'ol', 'li', 'blockquote'],
  ...['h1', 'h2', 'h3', 'pre', 'code', 'hr'],
]);
/** Those whose content is nothing that someone wrote. */
const dropped = new Set([
  ...['script', 'style', 'title', 'template', 'noscript', 'iframe', 'object', 'textarea', 'select'],
  ...['audio', 'video', 'canvas'],
]);
const deepest = 50;

/**
 * HTML from wherever, reduced to what a mail may hold.
 *
 * It is parsed in a template, which runs and loads nothing, and built again from the few elements above: nothing of the source
 * is passed on but text, and addresses of the web and of mail.
 */
export function sanitized(html: string): string {
  const source = document.createElement('template');
  source.innerHTML = html;
  const result = document.createElement('div');
  copyChildren(source.content, result, 0);
  return result.innerHTML;
}

function copyChildren(from: Node, to: HTMLElement, depth: number): void {
  for (const node of from.childNodes) {
    if (node instanceof Text) {
      to.append(node.data);
    } else if (node instanceof HTMLElement && !dropped.has(node.localName)) {
      copyChildren(node, depth < deepest ? copied(node, to) : to, depth + 1);
    }
  }
}

/** The element's copy, or where its content goes when only that stays. */
function copied(element: HTMLElement, to: HTMLElement): HTMLElement {
  if (!kept.has(element.localName)) return to;
  const copy = document.createElement(element.localName);
  if (element.localName === 'a') {
    const address = element.getAttribute('href')?.trim() ?? '';
    if (!/^(?:https?|mailto):/i.test(address)) return to;
    copy.setAttribute('href', address);
  }
  to.append(copy);
  return copy;
}
