import { forwardRef, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { ClipboardEvent, ReactNode } from 'react';
import { Button, IconButton } from '../../ui/Button';
import type { IconName } from '../../ui/Icon';
import { linkAddress } from '../linkAddress';
import { editorMessages } from '../messages';
import { sanitized } from '../richText';

/** What a composer does to the text besides typing. */
export interface RichTextHandle {
  /** Puts a line with a link where the cursor was, or at the end. */
  insertLink(label: string, address: string): void;
  /** Takes such a line away. */
  removeLink(address: string): void;
  plainText(): string;
}

const commands: Array<{ command: string; label: string; icon: IconName }> = [
  { command: 'bold', label: editorMessages.bold, icon: 'bold' },
  { command: 'italic', label: editorMessages.italic, icon: 'italic' },
  { command: 'insertUnorderedList', label: editorMessages.bullets, icon: 'bullets' },
  { command: 'insertOrderedList', label: editorMessages.numbers, icon: 'numbers' },
];

/** Text with bold, italic, lists and links. The element is the browser's; React gives it its first text only. */
export const RichTextEditor = forwardRef<
  RichTextHandle,
  { label: string; html: string; onChange: (html: string) => void; children?: ReactNode }
>(function RichTextEditor({ label, html, onChange, children }, ref) {
  const area = useRef<HTMLDivElement>(null);
  /** Where the cursor was last: another field, or a dialog, may have the focus by now. */
  const lastPlace = useRef<Range>();
  const [linkText, setLinkText] = useState<string>();
  const [linkProblem, setLinkProblem] = useState(false);

  useEffect(() => {
    if (area.current) area.current.innerHTML = sanitized(html) || '<p><br></p>';
    document.execCommand('defaultParagraphSeparator', false, 'p');
    const remember = () => {
      const selection = document.getSelection();
      const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined;
      if (range && area.current?.contains(range.commonAncestorContainer)) lastPlace.current = range.cloneRange();
    };
    document.addEventListener('selectionchange', remember);
    return () => document.removeEventListener('selectionchange', remember);
    // The text is the browser's from here on.
  }, []);

  const tell = () => onChange(sanitized(area.current?.innerHTML ?? ''));

  const returnToPlace = () => {
    area.current?.focus();
    const selection = document.getSelection();
    if (lastPlace.current && selection) {
      selection.removeAllRanges();
      selection.addRange(lastPlace.current);
    }
  };

  const run = (command: string, value?: string) => {
    returnToPlace();
    document.execCommand(command, false, value);
    tell();
  };

  const handlePaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text/html');
    if (!pasted) return;
    event.preventDefault();
    document.execCommand('insertHTML', false, sanitized(pasted));
    tell();
  };

  const setLink = () => {
    const address = linkAddress(linkText ?? '');
    setLinkProblem(!address);
    if (!address) return;
    setLinkText(undefined);
    returnToPlace();
    const selection = document.getSelection();
    if (selection && !selection.isCollapsed) run('createLink', address);
    else run('insertHTML', anchor(address, address));
  };

  useImperativeHandle(ref, () => ({
    insertLink: (words, address) => {
      const box = area.current;
      if (!box) return;
      const line = document.createElement('p');
      line.innerHTML = sanitized(`${escaped(words)} ${anchor(address, address)}`);
      const place = lastPlace.current;
      // A block of its own, after the one that the cursor is in.
      let block: Node | null = place?.commonAncestorContainer ?? null;
      while (block && block !== box && block.parentNode !== box) block = block.parentNode;
      if (block && block !== box) box.insertBefore(line, block.nextSibling);
      else box.append(line);
      tell();
    },
    removeLink: (address) => {
      for (const link of area.current?.querySelectorAll('a') ?? []) {
        if (link.getAttribute('href') !== address) continue;
        const line = link.closest('p');
        if (line && area.current?.contains(line)) line.remove();
        else link.remove();
      }
      tell();
    },
    plainText: () => area.current?.innerText.trim() ?? '',
  }));

  return (
    <div className="rich-text">
      <div className="rich-text-tools" role="toolbar" aria-label={editorMessages.toolbar}>
        {commands.map(({ command, label: name, icon }) => (
          <IconButton
            key={command}
            icon={icon}
            label={name}
            // Pressing must not take the selection away.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => run(command)}
          />
        ))}
        <IconButton
          icon="link"
          label={editorMessages.link}
          aria-expanded={linkText !== undefined}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setLinkText((text) => (text === undefined ? '' : undefined))}
        />
        {linkText !== undefined && (
          <span className="rich-text-link">
            <input
              type="text"
              inputMode="url"
              aria-label={editorMessages.linkAddress}
              aria-invalid={linkProblem || undefined}
              placeholder={editorMessages.linkPlaceholder}
              value={linkText}
              autoFocus
              onChange={(event) => {
                setLinkText(event.target.value);
                setLinkProblem(false);
              }}
              onKeyDown={(event) => {
                if (event.key === 'Enter') {
                  event.preventDefault();
                  setLink();
                } else if (event.key === 'Escape') {
                  event.preventDefault();
                  setLinkText(undefined);
                  returnToPlace();
                }
              }}
            />
            <Button onClick={setLink}>{editorMessages.addLink}</Button>
          </span>
        )}
      </div>
      <div
        ref={area}
        className="rich-text-area"
        role="textbox"
        aria-multiline="true"
        aria-label={label}
        contentEditable
        suppressContentEditableWarning
        tabIndex={0}
        onInput={tell}
        onPaste={handlePaste}
      />
      {children}
    </div>
  );
});

function anchor(address: string, words: string): string {
  return `<a href="${escaped(address)}">${escaped(words)}</a>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
