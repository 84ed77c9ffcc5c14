import type { EventEntry } from './event-entry.js';
import { find, onAction } from './find.js';

/** The table of events, newest first, with its filter. */
export class EventLog {
  readonly #rows = find('#log-rows', HTMLOListElement);
  readonly #panel = find('#log', HTMLElement);
  readonly #form = find('.log-filter', HTMLFormElement);

  constructor() {
    this.#form.addEventListener('change', () => this.#filter());
    onAction('clear-log', () => {
      this.#rows.replaceChildren();
      this.#showWhetherEmpty();
    });
    this.#filter();
  }

  add(entry: EventEntry): void {
    const row = document.createElement('li');
    row.dataset['group'] = entry.group;
    row.hidden = !this.#isShown(entry.group);
    const time = document.createElement('time');
    time.dateTime = entry.at.toISOString();
    time.textContent = formatTime(entry.at);
    row.append(time, toNode('span', entry.player), toNode('code', entry.type));
    row.append(toNode('span', entry.detail));
    this.#rows.prepend(row);
    // Frequent events must not push out the ones that tell something.
    const sameGroup = this.#rows.querySelectorAll(`li[data-group="${entry.group}"]`);
    if (sameGroup.length > MOST_ROWS_PER_GROUP) sameGroup[sameGroup.length - 1]?.remove();
    this.#showWhetherEmpty();
  }

  #filter(): void {
    for (const row of this.#rows.querySelectorAll('li')) {
      row.hidden = !this.#isShown(row.dataset['group']);
    }
    this.#showWhetherEmpty();
  }

  #isShown(group: string | undefined): boolean {
    return new FormData(this.#form).getAll('group').includes(group ?? '');
  }

  #showWhetherEmpty(): void {
    const isEmpty = this.#rows.querySelector('li:not([hidden])') === null;
    this.#panel.classList.toggle('is-empty', isEmpty);
  }
}

const MOST_ROWS_PER_GROUP = 150;

function toNode(name: 'span' | 'code', text: string): HTMLElement {
  const node = document.createElement(name);
  node.textContent = text;
  return node;
}

function formatTime(at: Date): string {
  const clock = at.toLocaleTimeString('en-GB', { hour12: false });
  return `${clock}.${Math.floor(at.getMilliseconds() / 100)}`;
}
